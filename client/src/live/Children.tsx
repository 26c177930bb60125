import { Link } from '@tanstack/react-router';
import { memo } from 'react';

import { allPresent, presentOfSummoned } from '../../../domain/attendance/ratios.ts';
import { formatNumber, formatPercent } from '../../../domain/text/numbers.ts';
import type { NodeFigures } from '../../../domain/wire/attendance.ts';
import { useWords } from '../app/language.ts';
import { type State, StateMark } from '../parts/StateMark.tsx';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import classes from './live.module.css';

interface Props {
  readonly conference: string;
  readonly session: string;
  readonly nodes: readonly NodeFigures[];
}

/** The bridges directly below, each with its whole subtree; one leads down. */
export function Children({ conference, session, nodes }: Props) {
  const { t } = useWords();
  if (nodes.length === 0) return <p className={classes['dim']}>{t('live.leaf')}</p>;
  return (
    <section aria-label={t('live.below')}>
      <h2 className={classes['heading']}>{t('live.below')}</h2>
      <VirtualRows
        label={t('live.below')}
        count={nodes.length}
        rowHeight={84}
        keyOf={(index) => nodes[index]?.bridge ?? String(index)}
        render={(index) => {
          const node = nodes[index];
          return node === undefined ? null : (
            <ChildLine conference={conference} session={session} node={node} />
          );
        }}
      />
    </section>
  );
}

const ChildLine = memo(function ChildLine({
  conference,
  session,
  node,
}: {
  conference: string;
  session: string;
  node: NodeFigures;
}) {
  const { t, language } = useWords();
  const number = (n: number) => formatNumber(n, language);
  const ratio = presentOfSummoned(node.subtree);
  const filled = ratio.whole === 0 ? 0 : Math.min(100, (ratio.part / ratio.whole) * 100);
  return (
    <Link
      to="/conferences/$conference/live/$bridge"
      params={{ conference, bridge: node.bridge }}
      search={{ session }}
      className={classes['child'] ?? ''}
    >
      <span>
        <span className={classes['name']}>{node.name}</span>
        <br />
        <StateMark state={stateOf(node)}>{node.bridges === 0 ? ` ${t('live.notAsked')}` : ''}</StateMark>
      </span>
      <span className={classes['dim']}>
        {node.bridges > 1 ? t('live.openedOf', { n: number(node.opened), of: number(node.bridges) }) : ''}
      </span>
      <span className="number">
        <b className={classes['present']}>{number(allPresent(node.subtree))}</b>
        <br />
        <span className={classes['dim']}>{t('live.present')}</span>
      </span>
      <span className="number">
        <b className={classes['present']}>{formatPercent(ratio.part, ratio.whole, language)}</b>
        <br />
        <span className={classes['dim']}>
          {number(ratio.part)}/{number(ratio.whole)} {t('live.summoned')}
        </span>
      </span>
      <span className={classes['meter']} aria-hidden="true">
        <span style={{ width: `${filled}%` }} />
      </span>
    </Link>
  );
});

/** Of a level that only adds up the bridges of the session below it, what they are; of one that recorded unasked, that. */
function stateOf({ takesPart, state, bridges, opened, closed }: NodeFigures): State {
  if (takesPart) return state;
  if (bridges === 0) return 'review';
  if (opened < bridges) return 'unopened';
  return closed === bridges ? 'closed' : 'open';
}
