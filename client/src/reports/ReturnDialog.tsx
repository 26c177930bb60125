import { Button, Group, NativeSelect, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';

import { REPORT_PARTS, type ReportPart } from '../../../domain/reports/headcount.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import type { Decidable } from './useDecisions.ts';

/** Reasons that come again and again, each with the field that the unit reads it beside. */
const USUAL = [
  ['figure', 'total'],
  ['clauses', 'clauses'],
  ['chair', 'chair'],
] as const;

interface Props {
  readonly nodes: readonly Decidable[];
  readonly onClose: () => void;
  readonly onReturn: (remark: string, about: ReportPart | null) => void;
}

function isPart(value: string): value is ReportPart {
  return REPORT_PARTS.some((one) => one === value);
}

/** Asks why reports are returned, and about which field. */
export function ReturnDialog({ nodes, onClose, onReturn }: Props) {
  const { t, language } = useWords();
  const [remark, setRemark] = useState('');
  const [about, setAbout] = useState<ReportPart | ''>('');
  return (
    <Dialog
      title={
        nodes.length === 1
          ? t('giveBack.one', { name: nodes[0]?.name ?? '' })
          : t('giveBack.many', { n: formatNumber(nodes.length, language) })
      }
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (remark.trim() !== '') onReturn(remark.trim(), about === '' ? null : about);
        }}
      >
        <Stack>
          <Text>{t('giveBack.about')}</Text>
          <Group gap="xs">
            {USUAL.map(([reason, part]) => (
              <Button
                key={reason}
                variant="default"
                onClick={() => {
                  setRemark(t(`giveBack.${reason}`));
                  setAbout(part);
                }}
              >
                {t(`giveBack.${reason}`)}
              </Button>
            ))}
          </Group>
          <Textarea
            label={t('verdict.remark')}
            required
            autoComplete="off"
            autosize
            minRows={2}
            data-autofocus
            maxLength={2000}
            value={remark}
            onChange={(event) => setRemark(event.currentTarget.value)}
          />
          <NativeSelect
            size="md"
            label={t('giveBack.beside')}
            value={about}
            data={[
              { value: '', label: t('giveBack.whole') },
              ...REPORT_PARTS.map((part) => ({ value: part, label: t(`reportPart.${part}`) })),
            ]}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setAbout(isPart(value) ? value : '');
            }}
          />
          <Button type="submit" disabled={remark.trim() === ''}>
            {t('verdict.return')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
