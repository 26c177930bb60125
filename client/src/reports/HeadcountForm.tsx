import { Alert, Button, Group, NumberInput, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';

import { formatNumber } from '../../../domain/text/numbers.ts';
import type { AnswerOf } from '../../../domain/wire/contract.ts';
import {
  headcountContracts,
  type HeadcountContent,
  type HeadcountReport,
} from '../../../domain/wire/headcount.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { headcountKey } from '../api/queries.ts';
import { Failure } from '../parts/Pages.tsx';
import classes from './reports.module.css';

const NOTHING = { byClause: {}, byCategory: {}, chairName: null, chairPost: null, remark: null };
const CATEGORIES = ['partyMember', 'other'] as const;

/** What stands in a field of figures; undefined while it is empty. */
function headsOf(value: number | string): number | undefined {
  return value === '' ? undefined : Number(value);
}

/** What can be kept or sent; null while the total is open. */
function whole(content: Partial<HeadcountContent>): HeadcountContent | null {
  return content.total === undefined ? null : { ...NOTHING, ...content, total: content.total };
}

function textOf(content: Partial<HeadcountContent>): string {
  return JSON.stringify(whole(content));
}

interface Props {
  readonly conference: string;
  readonly bridge: string;
  readonly report: HeadcountReport | null;
  readonly sending: boolean;
  readonly onSend: (content: HeadcountContent) => void;
}

/** The figures of a report. What is typed is kept as a draft as one goes along; only what is sent counts. */
export function HeadcountForm({ conference, bridge, report, sending, onSend }: Props) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const begun = report?.draft ?? report?.content ?? null;
  const [content, setContent] = useState<Partial<HeadcountContent>>(begun ?? {});
  const kept = useRef(textOf(begun ?? {}));
  const save = useMutation({
    scope: { id: `headcount ${bridge}` },
    mutationFn: (body: HeadcountContent) =>
      call(headcountContracts.saveHeadcount, { params: { conference, bridge }, body }),
    onError: () => {
      kept.current = '';
    },
    onSuccess: (answer) =>
      queries.setQueryData(
        headcountKey(conference, bridge),
        (before: AnswerOf<typeof headcountContracts.headcount> | undefined) =>
          before && { ...before, report: answer },
      ),
  });
  const keep = () => {
    const draft = whole(content);
    const text = textOf(content);
    // Only what was changed: whoever just looks through the fields must not write over the draft of the unit.
    if (draft === null || text === kept.current) return;
    kept.current = text;
    save.mutate(draft);
  };
  const set = (change: Partial<HeadcountContent>) => setContent((before) => ({ ...before, ...change }));
  const sent = report !== null && report.revision > 0 ? report : null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const body = whole(content);
        if (body !== null) onSend(body);
      }}
      onBlur={keep}
    >
      <fieldset className={classes['fields']} disabled={report?.state === 'accepted'}>
        <NumberInput
          className={classes['total'] ?? ''}
          label={t('headcount.total')}
          description={t('headcount.totalHint')}
          inputMode="numeric"
          required
          min={0}
          max={1_000_000}
          allowDecimal={false}
          thousandSeparator="."
          decimalSeparator=","
          hideControls
          value={content.total ?? ''}
          onChange={(value) => {
            const { total: _, ...others } = content;
            const total = headsOf(value);
            setContent(total === undefined ? others : { ...others, total });
          }}
        />
        <Group grow>
          {CATEGORIES.map((category) => (
            <NumberInput
              key={category}
              label={t(`category.${category}`)}
              inputMode="numeric"
              min={0}
              max={1_000_000}
              allowDecimal={false}
              thousandSeparator="."
              decimalSeparator=","
              hideControls
              value={content.byCategory?.[category] ?? ''}
              onChange={(value) => {
                const { [category]: _, ...others } = content.byCategory ?? {};
                const heads = headsOf(value);
                set({ byCategory: heads === undefined ? others : { ...others, [category]: heads } });
              }}
            />
          ))}
        </Group>
        <TextInput
          label={t('headcount.chairName')}
          maxLength={200}
          value={content.chairName ?? ''}
          onChange={(event) => set({ chairName: event.currentTarget.value || null })}
        />
        <TextInput
          label={t('headcount.chairPost')}
          maxLength={300}
          value={content.chairPost ?? ''}
          onChange={(event) => set({ chairPost: event.currentTarget.value || null })}
        />
        <Textarea
          label={t('headcount.remark')}
          maxLength={2000}
          value={content.remark ?? ''}
          onChange={(event) => set({ remark: event.currentTarget.value || null })}
        />
        {sent === null || sent.draft === null ? null : (
          <Alert color="blue">
            {t('headcount.draftWaits', {
              n: sent.revision,
              total: formatNumber(sent.content.total, language),
            })}
          </Alert>
        )}
        <Text c="dimmed" role="status" mih="1.5em">
          {save.isPending ? t('app.saving') : save.isSuccess ? t('headcount.kept') : ''}
        </Text>
        {save.error === null ? null : <Failure error={save.error} />}
        <Button
          type="submit"
          size="lg"
          h={52}
          fullWidth
          loading={sending}
          disabled={content.total === undefined}
        >
          {t(report === null || report.state === 'draft' ? 'headcount.send' : 'headcount.sendAgain')}
        </Button>
      </fieldset>
    </form>
  );
}
