import { formatNumber } from '../../../domain/text/numbers.ts';
import type { HeadcountContent } from '../../../domain/wire/headcount.ts';
import { useWords } from '../app/language.ts';
import classes from './ReportFigures.module.css';
import shared from './reports.module.css';

interface Props {
  readonly content: HeadcountContent;
  readonly clauses: readonly { readonly id: string; readonly text: string }[];
  /** People placed at the bridge; 0 where nobody is. */
  readonly expected: number;
}

/** What a report says, figure by figure. */
export function ReportFigures({ content, clauses, expected }: Props) {
  const { t, language } = useWords();
  const n = (count: number) => formatNumber(count, language);
  const { total, byClause, byCategory, chairName, chairPost, remark } = content;
  const named = clauses.flatMap(({ id, text }) =>
    byClause[id] === undefined ? [] : [{ id, text, count: byClause[id] }],
  );
  const chair = [chairName, chairPost].filter(Boolean).join(', ');
  return (
    <dl className={classes['reportFigures']}>
      <div>
        <dt>{t('headcount.total')}</dt>
        <dd>
          <strong>{n(total)}</strong>
          {expected === 0 ? null : (
            <span className={shared['dim']}>
              {total === expected
                ? t('reports.asPlaced')
                : t('reports.placed', { n: n(expected), by: n(Math.abs(total - expected)) })}
            </span>
          )}
        </dd>
      </div>
      {named.map(({ id, text, count }) => (
        <div key={id}>
          <dt className={classes['clause']}>{text}</dt>
          <dd>{n(count)}</dd>
        </div>
      ))}
      {byCategory['partyMember'] === undefined ? null : (
        <div>
          <dt>{t('headcount.members')}</dt>
          <dd>{n(byCategory['partyMember'])}</dd>
        </div>
      )}
      {chair === '' ? null : (
        <div data-words>
          <dt>{t('headcount.chairName')}</dt>
          <dd>{chair}</dd>
        </div>
      )}
      {remark === null ? null : (
        <div data-words>
          <dt>{t('headcount.remark')}</dt>
          <dd>{remark}</dd>
        </div>
      )}
    </dl>
  );
}
