import { formatTime } from '../../../domain/text/dates.ts';
import { formatDuration } from '../../../domain/text/durations.ts';
import type { ItemRun, ItemState } from '../../../domain/schedule/run.ts';
import { useWords } from '../app/language.ts';
import { type State, StateShape } from '../parts/StateMark.tsx';
import classes from './agenda.module.css';
import type { AgendaItem, AgendaNow } from './useAgenda.ts';

const SHAPES: Readonly<Record<ItemState, State>> = {
  waiting: 'unmarked',
  running: 'present',
  paused: 'late',
  done: 'accepted',
  skipped: 'absent',
};

/** Every item: planned, as it went, and when it is going to begin. */
export function AgendaItems({ agenda }: { agenda: AgendaNow }) {
  const { t } = useWords();
  return (
    <ol className={classes['items']} aria-label={t('agenda.items')}>
      {agenda.run.items.map((run, at) => {
        const item = agenda.items[at];
        return item === undefined ? null : <Item key={run.id} item={item} run={run} n={at + 1} />;
      })}
    </ol>
  );
}

function Item({ item, run, n }: { item: AgendaItem; run: ItemRun; n: number }) {
  const { t, language } = useWords();
  const { state, plannedStart, plannedMinutes, addedMinutes, startedAt, endedAt, forecastStart, actualMs } =
    run;
  const span =
    plannedMinutes === null
      ? t('agenda.untimed')
      : `${t('agenda.minutes', { n: plannedMinutes })}${addedMinutes > 0 ? ` + ${addedMinutes}` : ''}`;
  return (
    <li
      className={classes['item']}
      data-state={state}
      aria-current={state === 'running' ? 'step' : undefined}
    >
      <span className={classes['number']}>{n}</span>
      <span className={classes['what']}>
        <b>{item.title}</b>
        {item.presenter === null ? null : <span className={classes['dim']}>{item.presenter}</span>}
      </span>
      <span className={classes['state']}>
        <StateShape state={SHAPES[state]} /> {t(`agenda.state.${state}`)}
        {run.overrun === null ? null : (
          <span className={classes['over']}>
            {t('agenda.overBy', { span: formatDuration(run.overrun.byMs, language) })}
          </span>
        )}
      </span>
      <span className={classes['times']}>
        <span>
          {t('agenda.plan')}: {plannedStart === null ? '' : `${formatTime(plannedStart)}, `}
          {span}
        </span>
        <span>
          {startedAt === null
            ? forecastStart === null
              ? t('agenda.notHeld')
              : t('agenda.startsAt', { at: formatTime(forecastStart) })
            : t('agenda.held', {
                from: formatTime(startedAt),
                to: endedAt === null ? '…' : formatTime(endedAt),
                span: formatDuration(actualMs, language),
              })}
        </span>
      </span>
    </li>
  );
}
