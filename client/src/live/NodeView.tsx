import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import {
  allPresent,
  countedHeads,
  presentOfReported,
  presentOfSummoned,
} from '../../../domain/attendance/ratios.ts';
import { formatNumber, formatPercent } from '../../../domain/text/numbers.ts';
import { headcountContracts } from '../../../domain/wire/headcount.ts';
import type { NodeFigures } from '../../../domain/wire/attendance.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { sessionsOf } from '../api/queries.ts';
import { type State, StateMark } from '../parts/StateMark.tsx';
import classes from './live.module.css';
import { TakesNoPart } from './TakesNoPart.tsx';

const ROWS: readonly { figure: Exclude<keyof NodeFigures['subtree'], 'counted'>; state: State }[] = [
  { figure: 'inRoom', state: 'present' },
  { figure: 'online', state: 'online' },
  { figure: 'excused', state: 'excused' },
  { figure: 'absentWithReason', state: 'absentWithReason' },
  { figure: 'absentWithout', state: 'absent' },
  { figure: 'unmarked', state: 'unmarked' },
  { figure: 'toResolve', state: 'review' },
];

interface Props {
  readonly conference: string;
  readonly session: string;
  readonly node: NodeFigures;
}

/** One node with everything below it: the big number, both ratios by name, and who stands where. */
export function NodeView({ conference, session, node }: Props) {
  const { t, language } = useWords();
  const { subtree } = node;
  const number = (n: number) => formatNumber(n, language);
  const reported = useReported(conference, session, node.bridge);
  const first = presentOfSummoned(subtree);
  const second = presentOfReported(subtree, reported);
  const counted = countedHeads(subtree);
  return (
    <div className={classes['node']}>
      {node.bridges === 0 ? <TakesNoPart /> : null}
      <div className={classes['bigBox']}>
        <p className={classes['big']} data-testid="present">
          {number(allPresent(subtree))}
        </p>
        <p className={classes['bigWord']}>{t('live.allPresent')}</p>
        <p className={classes['dim']}>
          {t('live.bridges', {
            opened: number(node.opened),
            of: number(node.bridges),
            closed: number(node.closed),
          })}
        </p>
      </div>
      <dl className={classes['ratios']}>
        <div>
          <dt>{t('live.ofSummoned')}</dt>
          <dd>
            {formatPercent(first.part, first.whole, language)}
            <span className={classes['dim']}>
              {number(first.part)}/{number(first.whole)}
            </span>
          </dd>
        </div>
        <div>
          <dt>{t('live.ofReported')}</dt>
          <dd data-none={second === null || undefined}>
            {second === null ? t('live.notReported') : formatPercent(second.part, second.whole, language)}
            <span className={classes['dim']}>
              {second === null ? t('live.notReportedMore') : `${number(second.part)}/${number(second.whole)}`}
            </span>
          </dd>
        </div>
      </dl>
      <dl className={classes['figures']}>
        {ROWS.map(({ figure, state }) => (
          <div key={figure}>
            <dt>
              <StateMark state={state} />
            </dt>
            <dd>
              {figure === 'toResolve' && subtree.toResolve > 0 ? (
                <Link
                  to="/conferences/$conference/bridges/$bridge/codes"
                  params={{ conference, bridge: node.bridge }}
                  aria-label={`${t('codes.toCodes')}: ${number(subtree.toResolve)}`}
                >
                  {number(subtree.toResolve)}
                </Link>
              ) : (
                number(subtree[figure])
              )}
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('live.walkIn')}</dt>
          <dd>{number(subtree.walkIn)}</dd>
        </div>
        <div>
          <dt>{t('live.counted')}</dt>
          <dd>{number(counted)}</dd>
        </div>
        <div>
          <dt>{t('live.elsewhere')}</dt>
          <dd>{number(subtree.attendedElsewhere)}</dd>
        </div>
      </dl>
    </div>
  );
}

/** The headcount last reported by a node and everything below it; null while nobody has reported, or it is not ours to see. */
function useReported(conference: string, session: string, bridge: string): number | null {
  const sessions = useQuery(sessionsOf(conference));
  const held = sessions.data?.items.find(({ id }) => id === session);
  const isOfAll = held?.bridges === 'all' && held.kind !== 'follow-up';
  const due = useQuery({
    enabled: isOfAll,
    queryKey: ['conference', conference, 'reports', bridge, 'roll-up'],
    queryFn: ({ signal }) =>
      call(headcountContracts.reportsDue, { params: { conference, bridge }, query: { limit: 1 } }, signal),
    staleTime: 60_000,
    retry: false,
  });
  const rollUp = due.data?.rollUp;
  return !isOfAll || rollUp === undefined || rollUp.reported === 0 ? null : rollUp.total;
}
