import { Alert, Button, Text, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';

import type { ReportPart } from '../../../domain/reports/headcount.ts';
import {
  contentOf,
  fieldsOf,
  figuresOf,
  totalOf,
  type HeadcountFigures,
} from '../../../domain/reports/headcount-form.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { HeadcountContent, HeadcountReport } from '../../../domain/wire/headcount.ts';
import { useWords } from '../app/language.ts';
import { Failure } from '../parts/Pages.tsx';
import classes from './HeadcountForm.module.css';
import shared from './reports.module.css';
import { Stepper } from './Stepper.tsx';
import { keptHere, useDraft, type DraftForm, type DraftState } from './useDraft.ts';

interface Props {
  readonly conference: string;
  readonly bridge: string;
  readonly report: HeadcountReport | null;
  readonly clauses: readonly { readonly id: string; readonly text: string }[];
  /** People placed at the bridge. */
  readonly placed: number;
  readonly sending: boolean;
  readonly onSend: (content: HeadcountContent, sent: () => void) => void;
  /** What those below have reported, between the figures and the rest. */
  readonly below: ReactNode;
}

/** The figures of a report, with the total that they add up to. What is typed is kept as one goes along; only what is sent counts. */
export function HeadcountForm(props: Props) {
  const { conference, bridge, report, clauses, placed, sending, onSend } = props;
  const { t, language } = useWords();
  const fields = fieldsOf(clauses);
  const revision = report?.revision ?? 0;
  const [form, setForm] = useState<DraftForm>(() => {
    const begun = report?.draft ?? report?.content ?? null;
    return (
      keptHere(conference, bridge, revision) ?? {
        figures: figuresOf(begun, fields),
        chairName: begun?.chairName ?? '',
        chairPost: begun?.chairPost ?? '',
        remark: begun?.remark ?? '',
      }
    );
  });
  const draft = useDraft(conference, bridge, revision);
  const { figures } = form;
  const total = totalOf(figures);
  const contentIn = (of: DraftForm): HeadcountContent | null => {
    const counted = contentOf(of.figures, fields);
    return (
      counted && {
        ...counted,
        chairName: of.chairName.trim() || null,
        chairPost: of.chairPost.trim() || null,
        remark: of.remark.trim() || null,
      }
    );
  };
  const set = (change: Partial<DraftForm>) => {
    const next = { ...form, ...change };
    setForm(next);
    draft.keep(next, contentIn(next));
  };
  const count = (change: Partial<HeadcountFigures>) => set({ figures: { ...figures, ...change } });
  const n = (heads: number) => formatNumber(heads, language);
  const sent = report !== null && revision > 0 ? report : null;
  const returned = report?.state === 'returned' ? report : null;
  /** The remark beside the field that it is about. */
  const said = (part: ReportPart): string | null =>
    returned?.returnedAbout === part ? returned.returnedWith : null;
  return (
    <form
      className={classes['fields']}
      onSubmit={(event) => {
        event.preventDefault();
        const content = contentIn(form);
        if (content !== null) onSend(content, draft.forget);
      }}
    >
      {fields.keys.map((key, at) => (
        <Stepper
          key={key}
          label={
            fields.by === 'category'
              ? t(key === 'partyMember' ? 'category.partyMember' : 'category.other')
              : (clauses[at]?.text ?? '')
          }
          value={figures.parts[key]}
          error={at === 0 ? (said('clauses') ?? (fields.by === 'category' ? said('members') : null)) : null}
          onChange={(value) => count({ parts: { ...figures.parts, [key]: value } })}
        />
      ))}
      {fields.by === 'category' && figures.rest === undefined ? null : (
        <Stepper
          label={t(fields.by === 'category' ? 'headcount.unsorted' : 'headcount.rest')}
          value={figures.rest}
          onChange={(rest) => count({ rest })}
        />
      )}
      {fields.by === 'category' ? null : (
        <Stepper
          label={t('headcount.members')}
          value={figures.members}
          max={total ?? 0}
          error={said('members')}
          onChange={(members) => count({ members })}
        />
      )}
      <div className={classes['sum']}>
        <span>{t('headcount.total')}</span>
        <output aria-label={t('headcount.total')}>{total === null ? '–' : n(total)}</output>
        {said('total') === null ? null : <p className={classes['said']}>{said('total')}</p>}
        <p className={shared['dim']}>
          {total === null ? t('headcount.totalHint') : t('headcount.addsUp')}
          {placed === 0 ? '' : ` ${t('headcount.placed', { n: n(placed) })}`}
        </p>
        {total === null ? (
          <Button variant="default" onClick={() => count({ rest: 0 })}>
            {t('headcount.nobody')}
          </Button>
        ) : null}
      </div>
      {props.below}
      <TextInput
        size="md"
        label={t('headcount.chairName')}
        autoComplete="off"
        maxLength={200}
        error={said('chair')}
        value={form.chairName}
        onChange={(event) => set({ chairName: event.currentTarget.value })}
      />
      <TextInput
        size="md"
        label={t('headcount.chairPost')}
        autoComplete="off"
        maxLength={300}
        value={form.chairPost}
        onChange={(event) => set({ chairPost: event.currentTarget.value })}
      />
      <Textarea
        size="md"
        label={t('headcount.remark')}
        autosize
        minRows={1}
        maxLength={2000}
        error={said('remark')}
        value={form.remark}
        onChange={(event) => set({ remark: event.currentTarget.value })}
      />
      {sent === null || sent.draft === null ? null : (
        <Alert color="blue">
          {t('headcount.draftWaits', { n: sent.revision, total: n(sent.content.total) })}
        </Alert>
      )}
      {draft.state.at === 'refused' ? <Failure error={draft.state.error} /> : null}
      <div className={classes['sendBar']}>
        <DraftLine state={draft.state} />
        <Button type="submit" size="lg" h={56} fullWidth loading={sending} disabled={total === null}>
          {total === null
            ? t('headcount.send')
            : t(sent === null ? 'headcount.sendTotal' : 'headcount.sendAgainTotal', { total: n(total) })}
        </Button>
      </div>
    </form>
  );
}

/** Where what is typed is kept by now. */
function DraftLine({ state }: { state: DraftState }) {
  const { t } = useWords();
  const words = {
    nowhere: '',
    refused: '',
    saving: 'app.saving',
    saved: 'headcount.kept',
    here: 'headcount.keptHere',
  } as const;
  const key = words[state.at];
  return (
    <Text size="sm" role="status" mih="1.6em" className={classes['draft'] ?? ''} data-at={state.at}>
      {key === '' ? '' : t(key)}
    </Text>
  );
}
