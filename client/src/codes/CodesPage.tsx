import { Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

import { BridgeId, SessionId } from '../../../domain/ids.ts';
import { type Resolution, resolveCode } from '../../../domain/passes/resolve.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { Instant } from '../../../domain/time.ts';
import { attendanceContracts } from '../../../domain/wire/attendance.ts';
import { passContracts } from '../../../domain/wire/passes.ts';
import { codeContracts, type UnknownCodeRow } from '../../../domain/wire/codes.ts';
import { holdsSomewhere, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { bridgeOf, sessionsOf } from '../api/queries.ts';
import { clockOffset } from '../api/socket.ts';
import { asMachine } from '../devices/introduce.ts';
import { machineKey } from '../devices/machineKey.ts';
import { pairAtDesk } from '../devices/pair.ts';
import { deviceId, newEventId } from '../door/ids.ts';
import { Crumbs } from '../parts/Crumbs.tsx';
import { MoreButton } from '../parts/MoreButton.tsx';
import { usePaged } from '../parts/paged.ts';
import { Answered, Failure, Loading, Nothing, PageHead } from '../parts/Pages.tsx';
import { useSessionOfNow } from '../parts/sessions.ts';
import { CodeList } from './CodeList.tsx';
import { type CodeToResolve, type FoundPerson, reasonOf } from './codes.ts';

const PAGE = 100;
const LOOK_AGAIN_MS = 15_000;
const MOST_FOUND = 8;

/** Codes of a bridge and everything below it that somebody has to resolve. */
export function CodesPage() {
  const { t } = useWords();
  const { conference, bridge } = useParams({
    from: '/signed-in/shell/conferences/$conference/bridges/$bridge/codes',
  });
  const search: { session?: string } = useSearch({ strict: false });
  const node = useQuery(bridgeOf(conference, bridge));
  const sessions = useQuery(sessionsOf(conference));
  const onNow = useSessionOfNow(sessions.data?.items);
  const session = search.session ?? onNow?.id;
  if (node.isPending || sessions.isPending) return <Loading />;
  return (
    <>
      <PageHead title={t('codes.pageOf', { name: node.data?.bridge.name ?? '' })} />
      <Crumbs
        path={node.data?.path ?? []}
        bridge={bridge}
        renderStep={(step) => (
          <Link to="/conferences/$conference/bridges/$bridge/codes" params={{ conference, bridge: step.id }}>
            {step.name}
          </Link>
        )}
      />
      <Text my="sm" maw="60rem">
        {t('codes.about')}
      </Text>
      {session === undefined ? (
        <Nothing title={t('door.noSession')}>
          <Text>{t('live.noSession')}</Text>
        </Nothing>
      ) : (
        <Codes key={`${bridge} ${session}`} conference={conference} bridge={bridge} session={session} />
      )}
    </>
  );
}

interface At {
  readonly conference: string;
  readonly bridge: string;
  readonly session: string;
}

function Codes({ conference, bridge, session }: At) {
  const { t, language } = useWords();
  const { data: me } = useMe();
  const codes = usePaged(
    ['conference', conference, 'codes', bridge, session],
    (cursor, signal) =>
      call(
        codeContracts.codesToResolve,
        { params: { conference, bridge, session }, query: { limit: PAGE, cursor } },
        signal,
      ),
    { refetchInterval: LOOK_AGAIN_MS },
  );
  const resolve = useMutation({
    // The events are made once: asked again after a lost answer, the same ones are sent.
    mutationFn: async ({ at, events }: { at: string; events: unknown[] }) => {
      const body = { session: SessionId.parse(session), bridge: BridgeId.parse(at), language, events };
      const params = { conference, bridge: at };
      if (holdsSomewhere(me, conference, 'devices')) await pairAtDesk(params);
      const { items } = await call(attendanceContracts.record, { params, body }, undefined, asMachine);
      return items.find(({ outcome }) => outcome !== 'recorded')?.message ?? null;
    },
    onSuccess: () => codes.list.refetch(),
    retry: 2,
  });
  const find = useCallback(
    async (code: CodeToResolve, text: string): Promise<readonly FoundPerson[]> => {
      const ask = (at: string) =>
        call(passContracts.passes, {
          params: { conference, bridge: at },
          body: { limit: MOST_FOUND, q: text },
        });
      const here = await ask(code.bridge);
      // Somebody of another bridge may have come here.
      return here.items.length > 0 ? here.items : (await ask(bridge)).items;
    },
    [conference, bridge],
  );
  const onResolve = async (code: CodeToResolve, resolution: Resolution, name: string): Promise<void> => {
    // What is written down bears the machine's name, which follows from its key.
    await machineKey();
    const now = Date.now();
    const events = resolveCode(code.arrivals, resolution, reasonOf(resolution, name, t), {
      session: SessionId.parse(session),
      bridge: BridgeId.parse(code.bridge),
      device: deviceId(),
      now: Instant.parse(now),
      offset: clockOffset(),
      newId: () => newEventId(now),
    });
    resolve.mutate({ at: code.bridge, events });
  };
  return (
    <>
      {resolve.error === null ? null : <Failure error={resolve.error} />}
      <Text role="status" mih="1.5em">
        {resolve.isSuccess ? (resolve.data ?? t('codes.resolved')) : ''}
      </Text>
      <Answered query={codes.list}>
        {() => {
          const rows = codes.items;
          return rows.length === 0 ? (
            <Nothing title={t('codes.none')}>
              <Text>{t('codes.noneMore')}</Text>
            </Nothing>
          ) : (
            <>
              <Text>{t('codes.count', { n: formatNumber(rows.length, language) })}</Text>
              <CodeList
                codes={rows.map(codeOf)}
                withBridge
                find={find}
                onResolve={(...asked) => void onResolve(...asked)}
              />
              <MoreButton of={codes}>{t('codes.more')}</MoreButton>
            </>
          );
        }}
      </Answered>
    </>
  );
}

/** A code as the list shows it. */
export function codeOf({ code, bridge, bridgeName, arrivals, proposed }: UnknownCodeRow): CodeToResolve {
  const first = Instant.parse(Math.min(...arrivals.map(({ time }) => time)));
  return { code, bridge, bridgeName, first, times: arrivals.length, arrivals, proposed };
}
