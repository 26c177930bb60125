import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';

import type { CompositionChange } from '../../../domain/composition/change.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { BodyInput } from '../../../domain/wire/contract.ts';
import {
  placementContracts,
  type PlacedPerson,
  type PlacementSummary,
} from '../../../domain/wire/placement.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { usePaged } from '../parts/paged.ts';
import { Failure } from '../parts/Pages.tsx';
import { SearchField } from '../parts/SearchField.tsx';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import classes from './composition.module.css';
import { PinForm } from './PinForm.tsx';

type Body = BodyInput<typeof placementContracts.placements>;
/** Which of the placements are shown. */
interface Wanted extends Pick<Body, 'unplaced' | 'reason'> {
  readonly bridge?: string;
  readonly clause?: string;
}
type Reason = PlacementSummary['unseated'][number]['reason'];

/** Everybody with their seat and its reason; those without a seat by the reason that they have none. */
export function Seats({
  conference,
  summary,
  clause,
  propose,
}: {
  conference: string;
  summary: PlacementSummary;
  clause: string | null;
  propose: ((change: CompositionChange) => void) | null;
}) {
  const { t, language } = useWords();
  const [show, setShow] = useState<'all' | 'unplaced' | Reason>('all');
  const wanted: Wanted = {
    ...(show === 'all' ? {} : show === 'unplaced' ? { unplaced: true } : { reason: show }),
    ...(clause === null ? {} : { clause }),
  };
  const number = (n: number) => formatNumber(n, language);
  return (
    <section aria-label={t('placement.who')}>
      <NativeSelect
        label={t('placement.show')}
        mb="xs"
        maw={480}
        value={show}
        data={[
          { value: 'all', label: `${t('placement.showAll')} (${number(summary.people)})` },
          { value: 'unplaced', label: `${t('placement.showUnplaced')} (${number(summary.unplaced)})` },
          ...summary.unseated.map(({ reason, words, people }) => ({
            value: reason,
            label: `— ${words} (${number(people)})`,
          })),
        ]}
        onChange={(event) => setShow(event.currentTarget.value as typeof show)}
      />
      {clause === null ? null : <Text mb="xs">{t('composition.ofClause', { clause })}</Text>}
      <PlacedList conference={conference} wanted={wanted} propose={propose} />
    </section>
  );
}

/** A searched list of people with their seats. */
export function PlacedList({
  conference,
  wanted,
  propose,
}: {
  conference: string;
  wanted: Wanted;
  propose: ((change: CompositionChange) => void) | null;
}) {
  const { t, language } = useWords();
  const [query, setQuery] = useState('');
  const [pinned, setPinned] = useState<PlacedPerson | null>(null);
  const {
    list,
    items: people,
    more,
    hasMore,
  } = usePaged(
    ['conference', conference, 'placements', wanted, query],
    (cursor, signal) =>
      call(
        placementContracts.placements,
        { params: { conference }, body: { ...(wanted as Body), limit: 200, cursor, q: query || undefined } },
        signal,
      ),
    { placeholderData: keepPreviousData },
  );
  return (
    <>
      <SearchField label={t('people.search')} onSearch={setQuery} />
      {list.error === null ? null : <Failure error={list.error} onRetry={() => void list.refetch()} />}
      <p className={classes['count']} role="status">
        {list.data === undefined
          ? t('app.loading')
          : people.length === 0
            ? t(wanted.unplaced === true && query === '' ? 'placement.allSeated' : 'people.nobody')
            : t(hasMore ? 'people.shownFirst' : 'people.shown', {
                n: formatNumber(people.length, language),
              })}
      </p>
      <VirtualRows
        label={t('placement.who')}
        count={people.length}
        rowHeight={96}
        keyOf={(index) => people[index]?.person ?? String(index)}
        onEnd={more}
        render={(index) => {
          const person = people[index];
          return person === undefined ? null : (
            <PlacedLine person={person} onPin={propose === null ? null : () => setPinned(person)} />
          );
        }}
      />
      {pinned === null || propose === null ? null : (
        <PinForm
          conference={conference}
          person={{ id: pinned.person, name: pinned.name }}
          onClose={() => setPinned(null)}
          propose={propose}
        />
      )}
    </>
  );
}

function PlacedLine({ person, onPin }: { person: PlacedPerson; onPin: (() => void) | null }) {
  const { t } = useWords();
  return (
    <div className={classes['placed']}>
      <span>
        <b>{person.name}</b>
        <br />
        <span className={classes['more']}>{person.positions.join(' · ')}</span>
      </span>
      <span>
        <span className={person.bridge === null ? classes['unplaced'] : undefined}>
          {person.bridgeName ?? t('placement.nowhere')}
          {person.as === 'chair' ? ` · ${t('placement.chair')}` : ''}
          {person.basis === null ? '' : ` · ${t(`basis.${person.basis}`)}`}
        </span>
        <br />
        <span className={classes['more']}>{person.why}</span>
      </span>
      {onPin === null ? null : (
        <Group>
          <Button variant="default" onClick={onPin} aria-label={t('pin.of', { name: person.name })}>
            {t('pin.open')}
          </Button>
        </Group>
      )}
    </div>
  );
}
