import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';

import type { CompositionChange } from '../../../domain/composition/change.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { placementContracts, type SettledByHand } from '../../../domain/wire/placement.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { AskReason } from '../parts/AskReason.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { usePaged } from '../parts/paged.ts';
import { Answered } from '../parts/Pages.tsx';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import { PersonPicker, type Picked } from '../people/PersonPicker.tsx';
import classes from './composition.module.css';
import { PinForm } from './PinForm.tsx';

const KINDS = ['pin', 'decision', 'quota'] as const;
type Kind = (typeof KINDS)[number];

/** What organizers and units settled of single people: pins, decisions, representatives; each with its reason. */
export function ByHand({
  conference,
  propose,
}: {
  conference: string;
  propose: ((change: CompositionChange) => void) | null;
}) {
  const { t } = useWords();
  const [kind, setKind] = useState<Kind>('pin');
  const [choosing, setChoosing] = useState(false);
  const [pinned, setPinned] = useState<Picked | null>(null);
  const [takenBack, setTakenBack] = useState<SettledByHand | null>(null);
  const { list, items, more } = usePaged(['conference', conference, 'by hand', kind], (cursor, signal) =>
    call(
      placementContracts.settledByHand,
      { params: { conference }, query: { kind, limit: 100, cursor } },
      signal,
    ),
  );
  const takeBack = (one: SettledByHand) => {
    const [person] = one.people;
    if (one.clause !== null) setTakenBack(one);
    else if (person !== undefined) propose?.({ kind: 'unpin', person: person.person });
  };
  return (
    <section aria-label={t('composition.view.by-hand')}>
      <Group mb="sm">
        <SegmentedControl
          size="md"
          aria-label={t('byHand.kinds')}
          value={kind}
          data={KINDS.map((value) => ({ value, label: t(`byHand.kind.${value}`) }))}
          onChange={(value) => setKind(value)}
        />
        {kind === 'pin' && propose !== null ? (
          <Button onClick={() => setChoosing(true)}>{t('pin.add')}</Button>
        ) : null}
      </Group>
      <Answered query={list}>
        {() =>
          items.length === 0 ? (
            <Text>{t(`byHand.none.${kind}`)}</Text>
          ) : (
            <VirtualRows
              label={t(`byHand.kind.${kind}`)}
              count={items.length}
              rowHeight={72}
              keyOf={(index) =>
                `${items[index]?.clause} ${items[index]?.bridge} ${items[index]?.people[0]?.person}`
              }
              onEnd={more}
              render={(index) => {
                const one = items[index];
                return one === undefined ? null : (
                  <Line
                    one={one}
                    onTakeBack={propose === null || kind === 'quota' ? null : () => takeBack(one)}
                  />
                );
              }}
            />
          )
        }
      </Answered>
      {choosing ? (
        <Dialog title={t('pin.who')} onClose={() => setChoosing(false)}>
          <PersonPicker
            conference={conference}
            chosen={[]}
            most={1}
            onChange={([person]) => {
              setChoosing(false);
              setPinned(person ?? null);
            }}
          />
        </Dialog>
      ) : null}
      {pinned === null || propose === null ? null : (
        <PinForm conference={conference} person={pinned} onClose={() => setPinned(null)} propose={propose} />
      )}
      {takenBack === null || propose === null ? null : (
        <TakeBack one={takenBack} onClose={() => setTakenBack(null)} propose={propose} />
      )}
    </section>
  );
}

function Line({ one, onTakeBack }: { one: SettledByHand; onTakeBack: (() => void) | null }) {
  const { t, language } = useWords();
  const names = one.people.map(({ name }) => name).join(', ');
  return (
    <div className={classes['placed']}>
      <span>
        <b>{names === '' ? t('picker.nobody') : names}</b>
        <br />
        <span className={classes['more']}>{one.words ?? ''}</span>
      </span>
      <span>
        {one.bridgeName ?? t('pin.nowhere')}
        {one.clause === null ? '' : ` · ${one.clause}`}
        {one.seats === null
          ? ''
          : ` · ${t('quota.state', {
              named: formatNumber(one.people.length, language),
              seats: formatNumber(one.seats, language),
            })}`}
      </span>
      {onTakeBack === null ? null : (
        <Button variant="default" onClick={onTakeBack} aria-label={t('byHand.takeBackOf', { name: names })}>
          {t('byHand.takeBack')}
        </Button>
      )}
    </div>
  );
}

/** A decision goes with the ground on which it is taken back. */
function TakeBack({
  one: { clause, bridge },
  onClose,
  propose,
}: {
  one: SettledByHand;
  onClose: () => void;
  propose: (change: CompositionChange) => void;
}) {
  const { t } = useWords();
  return (
    <AskReason
      title={t('byHand.takeBack')}
      usual={[]}
      longest={500}
      submit={t('effect.see')}
      onClose={onClose}
      onReason={(decision) => {
        onClose();
        if (clause !== null && bridge !== null)
          propose({ kind: 'decision', clause, bridge, people: [], decision });
      }}
    />
  );
}
