import { Alert, Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useCallback, useState } from 'react';

import { INVITATION_STATES } from '../../../domain/invitations/life.ts';
import type { FreezeException } from '../../../domain/invitations/step.ts';
import { formatDateTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { postParts } from '../../../domain/text/posts.ts';
import { invitationContracts, type InvitationRow } from '../../../domain/wire/invitations.ts';
import { urlOf } from '../../../domain/wire/request.ts';
import { call } from '../api/call.ts';
import { bridgeOf } from '../api/queries.ts';
import { useWords } from '../app/language.ts';
import { FromTheTop } from '../bridges/FromTheTop.tsx';
import { Crumbs } from '../parts/Crumbs.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { Answered, Failure, Nothing, PageHead } from '../parts/Pages.tsx';
import { SearchField } from '../parts/SearchField.tsx';
import { StateFilter } from '../parts/StateFilter.tsx';
import { StateRow } from '../parts/StateRow.tsx';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import { ExceptionFields, isSaid, NO_EXCEPTION } from './ExceptionFields.tsx';
import { FreezeSettings } from './FreezeSettings.tsx';
import { InvitationDialog } from './InvitationDialog.tsx';
import { invitationsKey, SHAPES, useInvitations, type InvitationFilter } from './invitations.ts';
import classes from './invitations.module.css';

/** Invitations from the top of the tree, or from where the caller's view begins. */
export function InvitationsRootPage() {
  const { conference } = useParams({ from: '/signed-in/shell/conferences/$conference/invitations' });
  return (
    <FromTheTop conference={conference}>
      {(bridge) => <OfNode conference={conference} bridge={bridge} />}
    </FromTheTop>
  );
}

/** Those of one bridge and everything below it. */
export function InvitationsNodePage() {
  const { conference, bridge } = useParams({
    from: '/signed-in/shell/conferences/$conference/invitations/$bridge',
  });
  return <OfNode key={bridge} conference={conference} bridge={bridge} />;
}

/** Prepared, approved, sent, and what people answered. */
function OfNode({ conference, bridge }: { conference: string; bridge: string }) {
  const { t, language } = useWords();
  const node = useQuery(bridgeOf(conference, bridge));
  const [isSetting, setIsSetting] = useState(false);
  return (
    <>
      <PageHead title={t('invite.title', { name: node.data?.bridge.name ?? '' })}>
        <Button
          component="a"
          variant="default"
          download
          href={urlOf(invitationContracts.securityList, {
            params: { conference, bridge },
            query: { format: 'xlsx', language },
          })}
        >
          {t('invite.deed.security')}
        </Button>
        {node.data?.path.length === 1 ? (
          <>
            <Button
              variant="default"
              renderRoot={(props) => (
                <Link to="/conferences/$conference/letters" params={{ conference }} {...props} />
              )}
            >
              {t('letters.way')}
            </Button>
            <Button variant="default" onClick={() => setIsSetting(true)}>
              {t('invite.deed.settings')}
            </Button>
          </>
        ) : null}
      </PageHead>
      <Crumbs
        path={node.data?.path ?? []}
        bridge={bridge}
        renderStep={(step) => (
          <Link to="/conferences/$conference/invitations/$bridge" params={{ conference, bridge: step.id }}>
            {step.name}
          </Link>
        )}
      />
      <Invitations conference={conference} bridge={bridge} />
      {isSetting ? <FreezeSettings conference={conference} onClose={() => setIsSetting(false)} /> : null}
    </>
  );
}

type Deed = 'prepare' | 'approve' | 'mail' | 'paper' | 'seatless';

function Invitations({ conference, bridge }: { conference: string; bridge: string }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [filter, setFilter] = useState<InvitationFilter>({ q: '', state: null });
  const [open, setOpen] = useState<InvitationRow | null>(null);
  const [asking, setAsking] = useState<'prepare' | 'paper' | 'seatless' | null>(null);
  const { list, first, items, more } = useInvitations(conference, bridge, filter);
  const search = useCallback((q: string) => setFilter((now) => (now.q === q ? now : { ...now, q })), []);
  const n = (count: number) => formatNumber(count, language);
  const params = { conference, bridge };
  const act = useMutation({
    mutationFn: async ({ deed, exception }: { deed: Deed; exception: FreezeException | null }) => {
      const all = { invitations: null };
      if (deed === 'prepare') {
        const body = { exception };
        const done = await call(invitationContracts.prepareInvitations, { params, body });
        return t('invite.done.prepared', { n: n(done.prepared), moved: n(done.moved) });
      }
      if (deed === 'approve') {
        const done = await call(invitationContracts.approveInvitations, { params, body: all });
        return t('invite.done.approved', { n: n(done.approved) });
      }
      if (deed === 'seatless') {
        const body = { ...all, reason: t('invite.seatless'), exception };
        const done = await call(invitationContracts.withdrawInvitations, { params, body });
        return t('invite.done.withdrawn', { n: n(done.withdrawn) });
      }
      const done = await call(invitationContracts.sendInvitations, { params, body: { ...all, by: deed } });
      return deed === 'paper'
        ? t('invite.done.handed', { n: n(done.sent) })
        : t('invite.done.sent', { n: n(done.sent), without: n(done.withoutAddress) });
    },
    onSuccess: () => setAsking(null),
    onSettled: () => queries.invalidateQueries({ queryKey: invitationsKey(conference) }),
  });
  const isFrozen = first?.freeze.verdict === 'exception';
  const begin = (deed: Deed) => {
    act.reset();
    if (deed === 'paper' || (isFrozen && (deed === 'prepare' || deed === 'seatless'))) setAsking(deed);
    else act.mutate({ deed, exception: null });
  };
  return (
    <Answered query={list}>
      {() => {
        if (first === undefined) return null;
        const { counts, pending, freeze, mail } = first;
        const total = INVITATION_STATES.reduce((sum, state) => sum + counts[state], 0);
        const toPrepare = pending.toPrepare + pending.toMove;
        return (
          <>
            {mail === 'smtp' ? null : (
              <Alert color="yellow" variant="outline" mb="sm" role="status">
                {t(`invite.mail.${mail}`)}
              </Alert>
            )}
            {freeze.from === null ? null : (
              <Text c="dimmed" mb="xs">
                {t(`invite.freeze.${freeze.verdict}`, { at: formatDateTime(freeze.from, language) })}
              </Text>
            )}
            <ul className={classes['pending']}>
              {pending.toPrepare === 0 ? null : (
                <li>{t('invite.pending.prepare', { n: n(pending.toPrepare) })}</li>
              )}
              {pending.toMove === 0 ? null : <li>{t('invite.pending.move', { n: n(pending.toMove) })}</li>}
              {pending.withoutSeat === 0 ? null : (
                <li>{t('invite.pending.seatless', { n: n(pending.withoutSeat) })}</li>
              )}
            </ul>
            <Group gap="sm">
              <Button disabled={toPrepare === 0} loading={act.isPending} onClick={() => begin('prepare')}>
                {t('invite.deed.prepare')}
              </Button>
              {counts.prepared === 0 ? null : (
                <Button loading={act.isPending} onClick={() => begin('approve')}>
                  {t('invite.deed.approve', { n: n(counts.prepared) })}
                </Button>
              )}
              {counts.approved === 0 || mail === 'none' ? null : (
                <Button loading={act.isPending} onClick={() => begin('mail')}>
                  {t('invite.deed.mail', { n: n(counts.approved) })}
                </Button>
              )}
              {counts.approved === 0 ? null : (
                <Button variant="default" loading={act.isPending} onClick={() => begin('paper')}>
                  {t('invite.deed.paper')}
                </Button>
              )}
              {pending.withoutSeat === 0 ? null : (
                <Button variant="default" loading={act.isPending} onClick={() => begin('seatless')}>
                  {t('invite.deed.seatless')}
                </Button>
              )}
            </Group>
            {act.error === null || asking !== null ? null : <Failure error={act.error} />}
            <Text role="status" my="xs" mih={24}>
              {act.data ?? ''}
            </Text>
            {total === 0 ? (
              <Nothing title={t('invite.none')}>
                <Text>{t('invite.begin')}</Text>
              </Nothing>
            ) : (
              <>
                <SearchField label={t('invite.search')} onSearch={search} />
                <StateFilter
                  label={t('invite.states')}
                  states={INVITATION_STATES}
                  counts={counts}
                  shapes={SHAPES}
                  wordOf={(state) => t(state === null ? 'invite.all' : `invite.state.${state}`)}
                  shown={filter.state}
                  onShow={(state) => setFilter((now) => ({ ...now, state }))}
                />
                {items.length === 0 ? <Text>{t('invite.nothing')}</Text> : null}
                <VirtualRows
                  label={t('invite.list')}
                  count={items.length}
                  rowHeight={72}
                  keyOf={(at) => items[at]?.id ?? String(at)}
                  onEnd={more}
                  render={(at) => {
                    const row = items[at];
                    return row === undefined ? null : <Row row={row} onOpen={() => setOpen(row)} />;
                  }}
                />
              </>
            )}
            {asking === null ? null : (
              <Asked
                deed={asking}
                count={counts.approved}
                busy={act.isPending}
                error={act.error}
                onClose={() => setAsking(null)}
                onYes={(exception) => act.mutate({ deed: asking, exception })}
              />
            )}
            {open === null ? null : (
              <InvitationDialog
                conference={conference}
                bridge={open.bridge}
                id={open.id}
                name={open.name}
                isFrozen={isFrozen}
                onClose={() => setOpen(null)}
              />
            )}
          </>
        );
      }}
    </Answered>
  );
}

/** What is asked before a deed on many: that papers really are in people's hands, or who allows it after the freeze. */
function Asked({
  deed,
  count,
  busy,
  error,
  onClose,
  onYes,
}: {
  deed: 'prepare' | 'paper' | 'seatless';
  count: number;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onYes: (exception: FreezeException | null) => void;
}) {
  const { t, language } = useWords();
  const [exception, setException] = useState(NO_EXCEPTION);
  const isPaper = deed === 'paper';
  const title = isPaper
    ? t('invite.deed.paperOf', { n: formatNumber(count, language) })
    : t(`invite.deed.${deed}`);
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          onYes(isPaper ? null : exception);
        }}
      >
        {isPaper ? (
          <Text>{t('invite.deed.paperAbout')}</Text>
        ) : (
          <ExceptionFields value={exception} onChange={setException} />
        )}
        {error === null ? null : <Failure error={error} />}
        <Button type="submit" loading={busy} disabled={!isPaper && !isSaid(exception)}>
          {title}
        </Button>
      </form>
    </Dialog>
  );
}

function Row({ row, onOpen }: { row: InvitationRow; onOpen: () => void }) {
  const { t, language } = useWords();
  const { name, position, unit, bridgeName, kind, state, hasAddress, sentAt, answeredAt, placedAt } = row;
  const since = answeredAt ?? sentAt;
  const told = [
    since === null ? null : formatDateTime(since, language),
    row.substitute === null ? null : t('invite.by', { name: row.substitute.name }),
    row.reason,
  ];
  return (
    <StateRow
      title={name}
      under={postParts(position, unit).join(', ')}
      onOpen={onOpen}
      about={bridgeName}
      aboutUnder={
        <>
          {t(`invite.kind.${kind}`)}
          {hasAddress ? null : `, ${t('invite.noAddress').toLowerCase()}`}
          {placedAt === undefined
            ? null
            : `. ${placedAt === null ? t('invite.seatless') : t('invite.elsewhere', { name: placedAt.name })}`}
        </>
      }
      state={SHAPES[state]}
      word={t(`invite.state.${state}`)}
      stateUnder={told.filter((one) => one !== null).join('. ')}
    />
  );
}
