import { Button, Checkbox, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

import { EventId } from '../../../domain/ids.ts';
import { formatDateTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { deviceContracts, type Decided, type HeldRow } from '../../../domain/wire/devices.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { StateShape } from '../parts/StateMark.tsx';
import { AskReason } from '../parts/AskReason.tsx';
import classes from './devices.module.css';

interface Props {
  readonly conference: string;
  readonly rows: readonly HeldRow[];
  readonly onDecided: (decided: Decided) => void;
}

type Deed = 'accept' | 'refuse';

/** What revoked machines sent, by machine: each event in words, and the decision, one by one or all at once. */
export function HeldList({ conference, rows, onDecided }: Props) {
  // By hand: browsers of Windows 7 do not have `Map.groupBy`.
  const machines = new Map<string, HeldRow[]>();
  for (const row of rows) {
    const key = `${row.bridge} ${row.device}`;
    machines.set(key, [...(machines.get(key) ?? []), row]);
  }
  return (
    <>
      {[...machines].map(([key, own]) => (
        <OfMachine key={key} conference={conference} rows={own} onDecided={onDecided} />
      ))}
    </>
  );
}

interface Asked {
  readonly deed: Deed;
  /** Null: all that wait of the machine, also those that the page does not show. */
  readonly events: readonly EventId[] | null;
}

function OfMachine({ conference, rows, onDecided }: Props) {
  const { t, language } = useWords();
  const [chosen, setChosen] = useState<ReadonlySet<EventId>>(new Set());
  const [asked, setAsked] = useState<Asked | null>(null);
  const decide = useMutation({
    mutationFn: ({ deed, events, reason }: Asked & { reason: string }) => {
      const [first] = rows;
      const which = events === null ? { device: first!.device } : { events: [...events] };
      return call(deed === 'accept' ? deviceContracts.acceptHeld : deviceContracts.refuseHeld, {
        params: { conference, bridge: first!.bridge },
        body: { reason, which },
      });
    },
    onSuccess: (decided) => {
      setAsked(null);
      setChosen(new Set());
      onDecided(decided);
    },
  });
  const [first] = rows;
  if (first === undefined) return null;
  const picked = rows.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
  const turn = (id: EventId, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const ask = (deed: Deed) => setAsked({ deed, events: picked.length === 0 ? null : picked });
  const n = formatNumber(picked.length, language);
  return (
    <section className={classes['held']} aria-label={`${first.deviceName}, ${first.bridgeName}`}>
      <div className={classes['heldHead']}>
        <h3>
          {first.deviceName} · {first.bridgeName}
        </h3>
        <span className={classes['deeds']}>
          <Button onClick={() => ask('accept')}>
            {picked.length === 0 ? t('quarantine.acceptAll') : t('quarantine.acceptSome', { n })}
          </Button>
          <Button variant="default" onClick={() => ask('refuse')}>
            {picked.length === 0 ? t('quarantine.refuseAll') : t('quarantine.refuseSome', { n })}
          </Button>
        </span>
      </div>
      <ul className={classes['rows']}>
        {rows.map((row) => (
          <li key={row.id} className={classes['row']}>
            <Checkbox
              label={row.says}
              checked={chosen.has(row.id)}
              onChange={(event) => turn(row.id, event.currentTarget.checked)}
            />
            <span>
              {t('quarantine.at', { at: formatDateTime(row.at, language) })}
              <span className={classes['dim']}>
                {t('quarantine.receivedAt', { at: formatDateTime(row.receivedAt, language) })} · {row.because}
              </span>
            </span>
            <Mark row={row} />
          </li>
        ))}
      </ul>
      {asked === null ? null : (
        <AskReason
          longest={500}
          title={t(`quarantine.${asked.deed}Title`, { name: first.deviceName })}
          about={
            asked.events === null
              ? t(`quarantine.${asked.deed}AllAbout`)
              : t(`quarantine.${asked.deed}SomeAbout`, { n: formatNumber(asked.events.length, language) })
          }
          usual={
            asked.deed === 'accept'
              ? [t('quarantine.reason.checked'), t('quarantine.reason.before')]
              : [t('quarantine.reason.false'), t('quarantine.reason.twice')]
          }
          submit={t(`quarantine.${asked.deed}`)}
          busy={decide.isPending}
          error={decide.error}
          onClose={() => setAsked(null)}
          onReason={(reason) => decide.mutate({ ...asked, reason })}
        />
      )}
    </section>
  );
}

/** What is to be known of an event before it is decided on; nothing for most. */
function Mark({ row }: { row: HeldRow }) {
  const { t } = useWords();
  const said = row.erased
    ? t('quarantine.erased')
    : row.state === 'accepting'
      ? t('quarantine.accepting')
      : row.inLedger
        ? t('quarantine.inLedger')
        : null;
  if (said === null) return <span />;
  return (
    <Text className={classes['state'] ?? ''} component="span">
      <StateShape state={row.erased ? 'review' : 'pending'} />
      {said}
    </Text>
  );
}
