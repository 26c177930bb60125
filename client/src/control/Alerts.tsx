import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { describeAlert, describeCall, describeRemedy } from '../../../domain/control/sentences.ts';
import type { Moment } from '../../../domain/control/standing.ts';
import { formatTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { controlContracts, type AlertRow, type ControlBoard } from '../../../domain/wire/control.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { Failure } from '../parts/Pages.tsx';
import { StateShape, type State } from '../parts/StateMark.tsx';
import classes from './control.module.css';

export const LEVEL_SHAPES: Readonly<Record<AlertRow['level'], State>> = {
  1: 'late',
  2: 'review',
  3: 'absent',
};

const LEVEL_WORDS = { 1: 'one', 2: 'two', 3: 'three' } as const;

/** What needs a person, worst first, each with whom to call; what somebody has taken on stands after the rest. */
export function Alerts({
  conference,
  board,
  moment,
}: {
  conference: string;
  board: ControlBoard;
  moment: Moment;
}) {
  const { t, language } = useWords();
  const { alerts, session } = board;
  const hidden = alerts.total - alerts.items.length;
  return (
    <section aria-label={t('control.alerts')}>
      <h2 className={classes['heading']}>
        {t('control.alerts')}{' '}
        <span className={classes['dim']}>
          {t('control.alertCount', {
            open: formatNumber(alerts.open, language),
            total: formatNumber(alerts.total, language),
          })}
        </span>
      </h2>
      {alerts.total === 0 ? <p className={classes['quiet']}>{t('control.noAlerts')}</p> : null}
      <ol className={classes['alertList']}>
        {alerts.items.map((alert) => (
          <Alert key={alert.id} conference={conference} session={session} alert={alert} moment={moment} />
        ))}
      </ol>
      {hidden > 0 ? (
        <p className={classes['dim']}>{t('control.moreAlerts', { n: formatNumber(hidden, language) })}</p>
      ) : null}
      <p>
        <Link
          to="/conferences/$conference/control/$bridge/alerts"
          params={{ conference, bridge: board.bridge }}
          search={{ session }}
          className={classes['link'] ?? ''}
        >
          {t('control.log')}
        </Link>
      </p>
    </section>
  );
}

function Alert({
  conference,
  session,
  alert,
  moment,
}: {
  conference: string;
  session: string;
  alert: AlertRow;
  moment: Moment;
}) {
  const { t, language } = useWords();
  const { acknowledged, level, bridges, bridge, contact } = alert;
  const take = useMutation({
    mutationFn: () =>
      call(controlContracts.acknowledgeAlert, {
        params: { conference, bridge, session, alert: alert.id },
        body: { level, bridges },
      }),
  });
  return (
    <li className={classes['alert']} data-level={level} data-taken={acknowledged !== null || undefined}>
      <p className={classes['alertWhat']}>
        <StateShape state={LEVEL_SHAPES[level]} />
        <span>
          <b>{t(`control.level.${LEVEL_WORDS[level]}`)}.</b> {describeAlert(alert, moment, language)}
        </span>
      </p>
      <p className={classes['alertDo']}>
        {contact?.phone == null ? (
          describeCall(contact, language)
        ) : (
          <a href={`tel:${contact.phone.replaceAll(/\s/g, '')}`}>{describeCall(contact, language)}</a>
        )}{' '}
        {describeRemedy(alert.kind, language)}
      </p>
      <p className={classes['alertFoot']}>
        <Link
          to="/conferences/$conference/control/$bridge"
          params={{ conference, bridge }}
          search={{ session }}
          className={classes['link'] ?? ''}
        >
          {t('control.show')}
        </Link>
        {acknowledged !== null ? (
          <span className={classes['taken']}>
            <StateShape state="accepted" />
            {t('control.takenBy', {
              by: acknowledged.by === '' ? t('control.somebody') : acknowledged.by,
              at: formatTime(acknowledged.at),
            })}
          </span>
        ) : (
          <Button variant="default" loading={take.isPending} onClick={() => take.mutate()}>
            {t('control.take')}
          </Button>
        )}
      </p>
      {take.error === null || acknowledged !== null ? null : <Failure error={take.error} />}
    </li>
  );
}
