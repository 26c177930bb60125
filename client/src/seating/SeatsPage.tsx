import { Anchor, Button, Menu, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';

import { formatDateTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { urlOf } from '../../../domain/wire/request.ts';
import { seatingContracts, type SeatChange, type SeatsRevision } from '../../../domain/wire/seating.ts';
import { holdsBelow, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { bridgeOf } from '../api/queries.ts';
import { Crumbs } from '../parts/Crumbs.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { Answered, Failure, Nothing, PageHead } from '../parts/Pages.tsx';
import { ImportSeats } from './ImportSeats.tsx';
import { NumberSeats } from './NumberSeats.tsx';
import classes from './seating.module.css';
import { SeatList } from './SeatList.tsx';
import { seatsOf, type At } from './seats.ts';

/** Seat numbers (số ghế) of one bridge: typed, given to the whole hall, taken away, and as a file. */
export function SeatsPage() {
  const { t } = useWords();
  const at = useParams({ from: '/signed-in/shell/conferences/$conference/bridges/$bridge/seats' });
  const node = useQuery(bridgeOf(at.conference, at.bridge));
  return (
    <>
      <PageHead title={t('seating.title', { name: node.data?.bridge.name ?? '' })} />
      <Crumbs
        path={node.data?.path ?? []}
        bridge={at.bridge}
        renderStep={(step) => (
          <Link
            to="/conferences/$conference/bridges/$bridge/seats"
            params={{ conference: at.conference, bridge: step.id }}
          >
            {step.name}
          </Link>
        )}
      />
      <Seats key={at.bridge} at={at} />
    </>
  );
}

function Seats({ at }: { readonly at: At }) {
  const { t } = useWords();
  const seats = useQuery(seatsOf(at));
  const mayWrite = holdsBelow(useMe().data, at.conference, 'organize');
  return (
    <Answered query={seats}>
      {({ items, change }) =>
        items.length === 0 ? (
          <Nothing title={t('seating.none')}>
            <Text>{t('seating.noneMore')}</Text>
            {mayWrite ? (
              <Anchor
                renderRoot={(props) => (
                  <Link
                    to="/conferences/$conference/placement"
                    params={{ conference: at.conference }}
                    {...props}
                  />
                )}
              >
                {t('seating.toPlacement')}
              </Anchor>
            ) : null}
          </Nothing>
        ) : (
          <>
            <Deeds at={at} mayWrite={mayWrite} />
            {mayWrite ? <LastDeed at={at} change={change} /> : null}
            <SeatList at={at} rows={items} mayWrite={mayWrite} />
          </>
        )
      }
    </Answered>
  );
}

/** What can be done with all seats of a bridge. Each is asked about on people and numbers that were just read. */
function Deeds({ at, mayWrite }: { readonly at: At; readonly mayWrite: boolean }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<'number' | 'clear' | 'import' | null>(null);
  const fresh = useMutation({
    mutationFn: async (deed: 'number' | 'clear') => ({
      deed,
      hall: await queries.fetchQuery({ ...seatsOf(at), staleTime: 0 }),
    }),
    onSuccess: ({ deed }) => setAsked(deed),
  });
  const params = { ...at };
  const hall = fresh.data?.hall;
  const close = () => setAsked(null);
  const done = () => {
    close();
    void queries.invalidateQueries({ queryKey: seatsOf(at).queryKey });
  };
  const fileAt = (format: 'xlsx' | 'csv') =>
    urlOf(seatingContracts.exportSeats, { params, query: { format, language } });
  return (
    <>
      <div className={classes['deeds']}>
        {mayWrite ? (
          <>
            <Button
              loading={fresh.isPending && fresh.variables === 'number'}
              onClick={() => fresh.mutate('number')}
            >
              {t('seating.number')}
            </Button>
            <Button
              variant="default"
              loading={fresh.isPending && fresh.variables === 'clear'}
              onClick={() => fresh.mutate('clear')}
            >
              {t('seating.clear')}
            </Button>
          </>
        ) : null}
        <Menu position="bottom-start" withinPortal>
          <Menu.Target>
            <Button variant="default">{t('seating.file')}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            {(['xlsx', 'csv'] as const).map((format) => (
              <Menu.Item key={format} mih={44} component="a" download href={fileAt(format)}>
                {t(format === 'xlsx' ? 'seating.exportXlsx' : 'seating.exportCsv')}
              </Menu.Item>
            ))}
            {mayWrite ? (
              <Menu.Item mih={44} onClick={() => setAsked('import')}>
                {t('seating.import')}
              </Menu.Item>
            ) : null}
          </Menu.Dropdown>
        </Menu>
      </div>
      {fresh.error === null ? null : <Failure error={fresh.error} />}
      {asked === 'number' && hall !== undefined ? (
        <NumberSeats at={at} hall={hall} onClose={close} onDone={done} />
      ) : null}
      {asked === 'clear' && hall !== undefined ? (
        <ClearSeats
          at={at}
          revision={hall.revision}
          people={hall.items.filter(({ number }) => number !== null).length}
          onClose={close}
          onDone={done}
        />
      ) : null}
      {asked === 'import' ? <ImportSeats at={at} onClose={close} onDone={done} /> : null}
    </>
  );
}

interface ClearProps {
  readonly at: At;
  readonly revision: SeatsRevision;
  readonly people: number;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function ClearSeats({ at, revision, people, onClose, onDone }: ClearProps) {
  const { t, language } = useWords();
  const clear = useMutation({
    mutationFn: () => call(seatingContracts.clearSeats, { params: { ...at }, body: { revision } }),
    onSuccess: onDone,
  });
  return (
    <Dialog title={t('seating.clearAsk', { n: formatNumber(people, language) })} onClose={onClose}>
      <Text mb="md">{t('seating.clearMore')}</Text>
      {clear.error === null ? null : <Failure error={clear.error} />}
      <Button disabled={people === 0} loading={clear.isPending} onClick={() => clear.mutate()}>
        {t('seating.clearNow')}
      </Button>
    </Dialog>
  );
}

/** Says what was done to all last, by whom, and takes it back. */
function LastDeed({ at, change }: { readonly at: At; readonly change: SeatChange | null }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const undo = useMutation({
    mutationFn: (id: string) => call(seatingContracts.undoSeats, { params: { ...at, change: id } }),
    onSettled: () => queries.invalidateQueries({ queryKey: seatsOf(at).queryKey }),
  });
  const told = undo.data;
  return (
    <div className={classes['last']} role="status">
      {told === undefined ? null : (
        <Text>
          {t('seating.undone', { n: formatNumber(told.changed, language) })}{' '}
          {told.left > 0 ? t('seating.undoneLeft', { n: formatNumber(told.left, language) }) : ''}
        </Text>
      )}
      {change === null ? null : (
        <div className={classes['deeds']}>
          <Text>
            {change.message}{' '}
            <span className={classes['dim']}>
              {t('seating.lastBy', {
                at: formatDateTime(change.at, language),
                name: change.byName ?? t('seating.byMachine'),
              })}
            </span>
          </Text>
          <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate(change.id)}>
            {t('seating.undo')}
          </Button>
        </div>
      )}
      {undo.error === null ? null : <Failure error={undo.error} />}
    </div>
  );
}
