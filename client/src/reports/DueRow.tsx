import { Checkbox } from '@mantine/core';

import {
  isSameDay,
  lateness,
  missingIn,
  wayTo,
  type DueList,
  type DueNode,
} from '../../../domain/reports/due-list.ts';
import { formatDateTime, formatTime } from '../../../domain/text/dates.ts';
import { formatDuration } from '../../../domain/text/durations.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { Instant } from '../../../domain/time.ts';
import { useWords } from '../app/language.ts';
import { StateMark } from '../parts/StateMark.tsx';
import { CallLink } from './CallLink.tsx';
import classes from './DueRow.module.css';
import shared from './reports.module.css';
import { SHAPES } from './Tallies.tsx';
import type { Contact } from './useContacts.ts';

interface Props {
  readonly index: number;
  readonly list: DueList;
  readonly node: DueNode;
  readonly contact: Contact | undefined;
  readonly now: Instant;
  readonly isActive: boolean;
  readonly isChosen: boolean;
  /** Null where there is nothing to decide on. */
  readonly isMarked: boolean | null;
  readonly onMark: () => void;
  readonly onChoose: () => void;
  readonly onNode: () => void;
}

/** One bridge in the list of reports: where it hangs, how it stands, its figure, and what is below it. */
export function DueRow(props: Props) {
  const { t, language } = useWords();
  const { list, node, now, isMarked } = props;
  const { name, standing, total, expected, reminded, remindedAt, seen, end, place, sentAt } = node;
  const late = lateness(node, now);
  const n = (count: number) => formatNumber(count, language);
  const way = wayTo(list, node).slice(0, -1);
  const under = (way.length > 1 ? way.slice(1) : way).map((one) => one.name).toReversed();
  const sums = list.sums[place];
  const waits = standing === 'unsent' || standing === 'returned';
  const moment = (at: Instant) => (isSameDay(at, now) ? formatTime(at) : formatDateTime(at, language));
  return (
    <div className={classes['row']} data-chosen={props.isChosen || undefined} data-standing={standing}>
      <span>
        {isMarked === null ? null : (
          <Checkbox
            tabIndex={-1}
            aria-label={t('reports.mark', { name })}
            checked={isMarked}
            onChange={props.onMark}
          />
        )}
      </span>
      <span className={classes['who']}>
        <button
          type="button"
          className={shared['name']}
          data-row={props.index}
          tabIndex={props.isActive ? 0 : -1}
          onClick={props.onChoose}
        >
          {name}
        </button>
        <span className={shared['dim']}>{under.join(', ')}</span>
      </span>
      <span className={classes['how']}>
        <span className={classes['marks']}>
          <StateMark state={SHAPES[standing]} />
          {late > 0 ? <StateMark state="late"> {formatDuration(late, language)}</StateMark> : null}
        </span>
        {waits || sentAt === null ? null : <span className={shared['dim']}>{moment(sentAt)}</span>}
        {reminded === 0 || !waits || remindedAt === null ? null : (
          <span className={shared['dim']}>
            {t('reports.reminded', { n: n(reminded), at: moment(remindedAt) })}
            {' · '}
            {t(seen ? 'reports.seen' : 'reports.unseen')}
          </span>
        )}
      </span>
      <span className={classes['figure']}>
        <span className="number">{total === null ? '–' : n(total)}</span>
        <span className={shared['dim']}>
          {total === null
            ? t('reports.noFigure')
            : expected === 0
              ? ''
              : t('reports.ofPlaced', { n: n(expected) })}
        </span>
      </span>
      <span className={classes['then']}>
        {waits ? <CallLink contact={props.contact} of={name} /> : null}
        {end === place + 1 || sums === undefined ? null : (
          <button type="button" className={classes['below']} onClick={props.onNode}>
            {t('reports.belowMissing', {
              n: n(missingIn(list, node) - (waits ? 1 : 0)),
              of: n(sums.bridges - 1),
            })}
          </button>
        )}
      </span>
    </div>
  );
}
