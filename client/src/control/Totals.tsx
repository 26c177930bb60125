import { formatNumber, formatPercent } from '../../../domain/text/numbers.ts';
import type { ControlTile } from '../../../domain/wire/control.ts';
import { useWords } from '../app/language.ts';
import { type State, StateMark } from '../parts/StateMark.tsx';
import classes from './control.module.css';

/** The one big number, what it is of, and in which condition the bridges are. */
export function Totals({ node }: { node: ControlTile }) {
  const { t, language } = useWords();
  const number = (n: number) => formatNumber(n, language);
  const rows: readonly (readonly [State, number])[] = [
    ['open', node.opened - node.lost - node.closed],
    ['closed', node.closed],
    ['lost', node.lost],
    ['unopened', node.bridges - node.opened],
  ];
  return (
    <div className={classes['totals']}>
      <p className={classes['big']} data-testid="present">
        {number(node.present)}
      </p>
      <p className={classes['bigWord']}>{t('live.allPresent')}</p>
      <p className={classes['share']}>
        <b>{formatPercent(node.came, node.summoned, language)}</b>{' '}
        {t('control.ofSummoned', { n: number(node.came), of: number(node.summoned) })}
      </p>
      <p className={classes['dim']}>
        {t('control.reported', { n: number(node.opened), of: number(node.bridges) })}
      </p>
      <ul className={classes['conditions']}>
        {rows.map(([state, n]) => (
          <li key={state}>
            <StateMark state={state} /> <b className="number">{number(n)}</b>
          </li>
        ))}
      </ul>
      <p className={classes['dim']}>
        {t('control.late', { n: number(node.lateBridges), never: number(node.neverBridges) })}
      </p>
    </div>
  );
}
