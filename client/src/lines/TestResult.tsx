import { List } from '@mantine/core';

import { LEAST_SECONDS } from '../../../domain/media/line-standing.ts';
import { LineMeasures } from '../../../domain/media/line-test.ts';
import { lineMeasureName, sayLineStanding, sayMeasure } from '../../../domain/media/sentences.ts';
import { formatDateTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { LineTest } from '../../../domain/wire/lines.ts';
import { useWords } from '../app/language.ts';
import { StateShape } from '../parts/StateMark.tsx';
import classes from './lines.module.css';
import { STANDING_SHAPES } from './standings.ts';

/** What one test found, what to do about it, and what it measured. */
export function TestResult({ test, isLarge = false }: { test: LineTest; isLarge?: boolean }) {
  const { t, language } = useWords();
  const { at, verdict, measures, findings, byName } = test;
  const seconds = formatNumber(test.seconds, language);
  return (
    <section className={classes['test']} aria-label={formatDateTime(at, language)}>
      <p className={classes['verdict']} data-large={isLarge || undefined}>
        <StateShape state={STANDING_SHAPES[verdict]} size={isLarge ? 28 : 16} />
        <b>{sayLineStanding(verdict, language)}</b>
        <span className={classes['dim']}>{formatDateTime(at, language)}</span>
      </p>
      {isLarge ? null : (
        <p className={classes['dim']}>
          {byName === null
            ? t('lineTest.bySomebody', { seconds })
            : t('lineTest.by', { name: byName, seconds })}
        </p>
      )}
      {test.seconds < LEAST_SECONDS ? <p>{t('lineTest.tooShort', { seconds })}</p> : null}
      {findings.length === 0 ? null : (
        <List size={isLarge ? 'md' : 'sm'}>
          {findings.map(({ message }) => (
            <List.Item key={message}>{message}</List.Item>
          ))}
        </List>
      )}
      <dl className={classes['measures']}>
        {LineMeasures.keyof().options.map((name) => (
          <div key={name}>
            <dt>{lineMeasureName(name, language)}</dt>
            <dd>{sayMeasure(name, measures, language) ?? t('lineTest.unmeasured')}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
