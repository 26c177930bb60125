import { Button, Group, Kbd } from '@mantine/core';

import type { ReportState } from '../../../domain/reports/due-list.ts';
import { useWords } from '../app/language.ts';
import classes from './reports.module.css';

/** What the level above may say of a report that stands so: accept it, or return it, also one that it has accepted. */
export function Verdict({
  state,
  keys = false,
  busy = false,
  onAccept,
  onReturn,
}: {
  state: ReportState | 'draft';
  /** Whether the page hears the keys that stand beside the words. */
  keys?: boolean;
  busy?: boolean;
  onAccept: () => void;
  onReturn: () => void;
}) {
  const { t } = useWords();
  if (state !== 'submitted' && state !== 'accepted') return null;
  const key = (name: string) => (keys ? <Kbd className={classes['key'] ?? ''}>{name}</Kbd> : null);
  return (
    <Group gap="sm">
      {state === 'submitted' ? (
        <Button loading={busy} onClick={onAccept} rightSection={key('N')}>
          {t('verdict.accept')}
        </Button>
      ) : null}
      <Button variant="default" loading={busy} onClick={onReturn} rightSection={key('T')}>
        {t('verdict.return')}
      </Button>
    </Group>
  );
}
