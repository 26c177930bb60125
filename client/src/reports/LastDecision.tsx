import { Alert, Button, CloseButton, Group, List, Text } from '@mantine/core';

import { formatNumber } from '../../../domain/text/numbers.ts';
import { useWords } from '../app/language.ts';
import { Failure } from '../parts/Pages.tsx';
import classes from './reports.module.css';
import type { Decisions } from './useDecisions.ts';

/** Of those that could not be decided on, so many are named. */
const NAMED = 10;

/** Says what was just decided, takes it back, and names those for which it did not hold. */
export function LastDecision({ decisions }: { decisions: Decisions }) {
  const { t, language } = useWords();
  const { last, decide, undo, takeBack, forget } = decisions;
  const n = (count: number) => formatNumber(count, language);
  const refused = undo.data?.refused ?? decide.data?.refused ?? [];
  const said = () => {
    if (last === null)
      return undo.data === undefined ? '' : t('reports.takenBack', { n: n(undo.data.done.length) });
    const [{ length }, how] = [last.reports, last.kind === 'accept' ? 'Accepted' : 'Returned'] as const;
    return length === 1
      ? t(`reports.one${how}`, { name: last.name })
      : t(`reports.many${how}`, { n: n(length) });
  };
  const error = undo.error ?? decide.error;
  return (
    <div className={classes['decision']} role="status">
      {said() === '' ? null : (
        <Group gap="sm" wrap="nowrap" className={classes['decided'] ?? ''}>
          <Text>{said()}</Text>
          {last === null ? null : (
            <>
              <Button variant="default" loading={undo.isPending} onClick={takeBack}>
                {t('reports.takeBack')}
              </Button>
              <CloseButton size={44} aria-label={t('app.close')} onClick={forget} />
            </>
          )}
        </Group>
      )}
      {refused.length === 0 ? null : (
        <Alert color="orange" title={t('reports.refused', { n: n(refused.length) })}>
          <List size="sm">
            {refused.slice(0, NAMED).map(({ bridge, name, message }) => (
              <List.Item key={bridge}>
                <b>{name}</b>: {message}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      {error === null ? null : <Failure error={error} />}
    </div>
  );
}
