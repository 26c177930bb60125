import type { ReactNode } from 'react';

import { countedHeads } from '../../../domain/attendance/ratios.ts';
import { sayIncidents } from '../../../domain/media/sentences.ts';
import { ratioSentence } from '../../../domain/reports/sentences.ts';
import { formatDateTime, formatLongDate } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { civilDateOf } from '../../../domain/time.ts';
import type { BridgeSummary } from '../../../domain/wire/summary.ts';
import { useWords } from '../app/language.ts';
import { StateMark } from '../parts/StateMark.tsx';
import { Names } from './Names.tsx';
import classes from './summary.module.css';

/** The sheet itself, the same on the screen and on paper. */
export function Sheet({ summary }: { summary: BridgeSummary }) {
  const { t, language } = useWords();
  const { conference, session, bridge, chair } = summary;
  return (
    <article className={classes['sheet']}>
      <header className={classes['head']}>
        <p>{bridge.upper ?? conference.issuer ?? ''}</p>
        <p className={classes['bridge']}>{bridge.name}</p>
      </header>
      <h1 className={classes['title']}>{t('chairSummary.title')}</h1>
      <p className={classes['of']}>{conference.banner ?? conference.title}</p>
      <p className={classes['of']}>
        {session.title === conference.title ? '' : `${session.title}, `}
        {formatDateTime(session.startsAt, language)}
        {conference.number === null ? '' : ` · ${t('chairSummary.plan', { number: conference.number })}`}
      </p>
      {summary.notices.length === 0 ? null : (
        <section className={classes['notices']} role="status" aria-label={t('chairSummary.notices')}>
          <p>
            <b>{t('chairSummary.notices')}</b>
          </p>
          <ul>
            {summary.notices.map(({ message }) => (
              <li key={message}>{message}</li>
            ))}
          </ul>
        </section>
      )}
      <dl className={classes['facts']}>
        <Fact label={t('chairSummary.state')}>
          <StateMark state={bridge.state} />
        </Fact>
        {bridge.address === null ? null : <Fact label={t('chairSummary.address')}>{bridge.address}</Fact>}
        <Turn label={t('chairSummary.opened')} turn={summary.opened} />
        <Turn label={t('chairSummary.closed')} turn={summary.closed} />
        {summary.line === null ? null : (
          <Fact label={t('chairSummary.line')}>
            {sayIncidents(summary.line.incidents, summary.line.lastedMs, language)}
          </Fact>
        )}
        <Fact label={t('chairSummary.chair')}>
          {chair === null
            ? t('chairSummary.noChair')
            : `${chair.name}${chair.position === '' ? '' : `, ${chair.position}`} (${t(
                chair.present ? 'chairSummary.chairHere' : 'chairSummary.chairAway',
              )})`}
        </Fact>
      </dl>
      <Figures summary={summary} />
      <Names label={t('chairSummary.withReason')} people={summary.withReason} more={({ reason }) => reason} />
      <Names label={t('chairSummary.withoutReason')} people={summary.withoutReason} />
      <Names label={t('chairSummary.unmarked')} people={summary.unmarked} />
      <Names label={t('chairSummary.elsewhere')} people={summary.elsewhere} more={({ at }) => at} />
      <Names
        label={t('chairSummary.walkIns')}
        people={summary.walkIns.map(({ name, unit }, at) => ({
          person: `${at}`,
          name,
          position: '',
          unit,
        }))}
      />
      <Proof summary={summary} />
      <section className={classes['signing']} aria-label={t('chairSummary.signing')}>
        <p className={classes['date']}>
          {formatLongDate(civilDateOf(summary.closed?.at ?? summary.asOf), language)}
        </p>
        <p className={classes['role']}>{t('chairSummary.role')}</p>
        <p className={classes['hint']}>{t('chairSummary.sign')}</p>
        <p className={classes['line']} aria-hidden="true" />
        <p className={classes['signer']}>{chair?.name ?? ' '}</p>
      </section>
    </article>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Turn({ label, turn }: { label: string; turn: BridgeSummary['opened'] }) {
  const { t, language } = useWords();
  return (
    <Fact label={label}>
      {turn === null
        ? t('chairSummary.noTurn')
        : `${formatDateTime(turn.at, language)}${turn.device === null ? '' : ` (${turn.device})`}`}
    </Fact>
  );
}

function Figures({ summary }: { summary: BridgeSummary }) {
  const { t, language } = useWords();
  const { figures, below, partyMembers } = summary;
  const number = (n: number) => formatNumber(n, language);
  const rows: [string, string][] = [
    [t('chairSummary.summoned'), number(figures.summoned)],
    [
      t('chairSummary.ofExpected'),
      ratioSentence({ part: figures.ofExpected, whole: figures.summoned }, language),
    ],
    [t('chairSummary.online'), number(figures.online)],
    [t('chairSummary.nElsewhere'), number(figures.attendedElsewhere)],
    [t('chairSummary.nWithReason'), number(figures.absentWithReason + figures.excused)],
    [t('chairSummary.nWithoutReason'), number(figures.absentWithout)],
    ...(figures.unmarked === 0
      ? []
      : ([[t('chairSummary.nUnmarked'), number(figures.unmarked)]] as [string, string][])),
    [t('chairSummary.guests'), `${number(figures.ofInvited)}/${number(figures.invited)}`],
    [t('chairSummary.nWalkIns'), number(figures.walkIn)],
    [t('chairSummary.counted'), number(countedHeads(figures))],
    [t('chairSummary.allPresent'), number(figures.attended + countedHeads(figures))],
    [
      t('chairSummary.members'),
      t('chairSummary.membersOf', {
        yes: number(partyMembers.yes),
        no: number(partyMembers.no),
        unknown: number(partyMembers.unknown),
      }),
    ],
    ...(below === null
      ? []
      : ([
          [
            t('chairSummary.below', { closed: number(below.closed), bridges: number(below.bridges) }),
            ratioSentence({ part: below.figures.ofExpected, whole: below.figures.summoned }, language),
          ],
        ] as [string, string][])),
  ];
  return (
    <table className={classes['figures']}>
      <caption>{t('chairSummary.figures')}</caption>
      <tbody>
        {rows.map(([label, figure]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{figure}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Which version of the report this is, and the fingerprint by which anyone can show that the book was not changed later. */
function Proof({ summary }: { summary: BridgeSummary }) {
  const { t, language } = useWords();
  const { version, checkpoint } = summary;
  const number = (n: number) => formatNumber(n, language);
  return (
    <section className={classes['proof']} aria-label={t('chairSummary.proof')}>
      <p>
        {version === null
          ? t('chairSummary.noVersion')
          : t('chairSummary.version', {
              version: version.version,
              at: formatDateTime(version.at, language),
            })}
      </p>
      {checkpoint === null ? (
        <p>
          <b>{t('chairSummary.noCheckpoint')}</b>
        </p>
      ) : (
        <>
          <p>
            {t('chairSummary.fingerprint')}{' '}
            <b className={classes['fingerprint']} data-testid="fingerprint">
              {checkpoint.fingerprint}
            </b>
          </p>
          <p className={classes['hint']}>
            {t('chairSummary.checkpoint', {
              number: number(checkpoint.number),
              at: formatDateTime(checkpoint.at, language),
              place: number(checkpoint.place),
            })}
          </p>
        </>
      )}
      <p className={classes['hint']}>
        {t('chairSummary.asOf', {
          at: formatDateTime(summary.asOf, language),
          sequence: number(summary.sequence),
        })}
      </p>
    </section>
  );
}
