import { Anchor, Button, NativeSelect, NumberInput, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';

import {
  BRIDGE_STANDINGS,
  CODES_FOR,
  type BridgeStanding,
  type CodesFor,
} from '../../../domain/activation/state.ts';
import { formatDateTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import {
  activationContracts,
  CODE_DAYS,
  type CodeBatch,
  type HostCounts,
  type HostRow,
} from '../../../domain/wire/activation.ts';
import { call } from '../api/call.ts';
import { download } from '../api/download.ts';
import { bridgeOf } from '../api/queries.ts';
import { useWords } from '../app/language.ts';
import { Crumbs } from '../parts/Crumbs.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { MoreButton } from '../parts/MoreButton.tsx';
import { usePaged } from '../parts/paged.ts';
import { Answered, Failure, PageHead } from '../parts/Pages.tsx';
import classes from './activation.module.css';

const ROWS = 100;

interface At {
  readonly conference: string;
  readonly bridge: string;
}
const keyOf = ({ conference, bridge }: At) => ['conference', conference, 'hosts', bridge] as const;

/** Which bridges of a subtree have a host, and codes for those that have none. */
export function HostsPage() {
  const { t } = useWords();
  const at = useParams({ from: '/signed-in/shell/conferences/$conference/bridges/$bridge/hosts' });
  const node = useQuery(bridgeOf(at.conference, at.bridge));
  return (
    <>
      <PageHead title={t('hosts.title', { name: node.data?.bridge.name ?? '' })} />
      <Crumbs
        path={node.data?.path ?? []}
        bridge={at.bridge}
        renderStep={(step) => <ToNode at={{ ...at, bridge: step.id }} name={step.name} />}
      />
      <Text my="sm" maw="60rem">
        {t('hosts.about')}
      </Text>
      <Hosts key={at.bridge} at={at} />
    </>
  );
}

function ToNode({ at, name }: { readonly at: At; readonly name: string }) {
  const { conference, bridge } = at;
  return (
    <Anchor
      renderRoot={(props) => (
        <Link
          to="/conferences/$conference/bridges/$bridge/hosts"
          params={{ conference, bridge }}
          {...props}
        />
      )}
    >
      {name}
    </Anchor>
  );
}

function Hosts({ at }: { readonly at: At }) {
  const { t, language } = useWords();
  const counts = usePaged(keyOf(at), (cursor, signal) =>
    call(activationContracts.hostCounts, { params: { ...at }, query: { limit: ROWS, cursor } }, signal),
  );
  const number = (n: number) => formatNumber(n, language);
  return (
    <Answered query={counts.list}>
      {() => {
        const { first, items: rows } = counts;
        if (first === undefined) return null;
        return (
          <>
            <p className={classes['sums']}>
              {(['bridges', ...BRIDGE_STANDINGS] as const).map((figure) => (
                <span key={figure}>
                  {t(`hosts.${figure}`)}: <b>{number(first.all[figure])}</b>
                </span>
              ))}
            </p>
            <Make at={at} all={first.all} />
            {first.below === 0 ? null : (
              <section className={classes['section']} aria-label={t('hosts.below')}>
                <Title order={2}>{t('hosts.below')}</Title>
                <table className={classes['table']}>
                  <thead>
                    <tr>
                      <th scope="col">{t('hosts.bridge')}</th>
                      {(['bridges', ...BRIDGE_STANDINGS] as const).map((figure) => (
                        <th key={figure} scope="col">
                          {t(`hosts.${figure}`)}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    <CountRow name={t('hosts.own')} counts={first.own} />
                    {rows.map((row) => (
                      <CountRow
                        key={row.bridge}
                        name={<ToNode at={{ ...at, bridge: row.bridge }} name={row.name} />}
                        counts={row}
                      />
                    ))}
                  </tbody>
                </table>
                <MoreButton of={counts}>
                  {t('hosts.more', { n: number(first.below - rows.length) })}
                </MoreButton>
              </section>
            )}
            <List at={at} />
            <BatchList batches={first.batches} />
          </>
        );
      }}
    </Answered>
  );
}

function CountRow({ name, counts }: { readonly name: ReactNode; readonly counts: HostCounts }) {
  const { t, language } = useWords();
  return (
    <tr>
      <th scope="row">{name}</th>
      {(['bridges', ...BRIDGE_STANDINGS] as const).map((figure) => (
        <td key={figure} data-label={t(`hosts.${figure}`)}>
          {formatNumber(counts[figure], language)}
        </td>
      ))}
    </tr>
  );
}

/** For how many bridges codes would be made. */
function wanted(all: HostCounts, codesFor: CodesFor): number {
  if (codesFor === 'all') return all.bridges;
  return all.expired + all.none + (codesFor === 'without-host' ? all.waiting : 0);
}

function Make({ at, all }: { readonly at: At; readonly all: HostCounts }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [codesFor, setFor] = useState<CodesFor>('uncovered');
  const [days, setDays] = useState<number | string>(CODE_DAYS.usual);
  const [revoking, setRevoking] = useState(false);
  const refresh = () => queries.invalidateQueries({ queryKey: keyOf(at).slice(0, 3) });
  const make = useMutation({
    mutationFn: () =>
      download(activationContracts.makeCodes, {
        params: { ...at },
        body: { for: codesFor, days: Number(days), language },
      }),
    onSettled: refresh,
  });
  const revoke = useMutation({
    mutationFn: () => call(activationContracts.revokeCodes, { params: { ...at } }),
    onSuccess: refresh,
  });
  const n = formatNumber(wanted(all, codesFor), language);
  return (
    <section className={classes['section']} aria-label={t('hosts.make')}>
      <Title order={2}>{t('hosts.make')}</Title>
      <Text my="xs" maw="60rem">
        {t('hosts.once')}
      </Text>
      <form
        className={classes['controls']}
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <NativeSelect
          label={t('hosts.for')}
          value={codesFor}
          data={CODES_FOR.map((value) => ({ value, label: t(`hosts.forWhich.${value}`) }))}
          onChange={(event) => setFor(event.currentTarget.value as CodesFor)}
        />
        <NumberInput
          label={t('hosts.days')}
          min={CODE_DAYS.least}
          max={CODE_DAYS.most}
          w="11rem"
          allowDecimal={false}
          value={days}
          onChange={setDays}
        />
        <Button type="submit" loading={make.isPending} disabled={wanted(all, codesFor) === 0 || days === ''}>
          {t('hosts.makeNow', { n })}
        </Button>
        <Button
          variant="default"
          disabled={all.waiting === 0}
          loading={revoke.isPending}
          onClick={() => setRevoking(true)}
        >
          {t('hosts.revoke', { n: formatNumber(all.waiting, language) })}
        </Button>
      </form>
      {codesFor === 'uncovered' ? null : <Text>{t('hosts.replaces')}</Text>}
      {make.error === null ? null : <Failure error={make.error} />}
      {revoke.error === null ? null : <Failure error={revoke.error} />}
      <Text role="status" mih="1.5em">
        {make.data === undefined || make.isPending ? '' : t('hosts.made', { file: make.data })}
        {revoke.data === undefined
          ? ''
          : ` ${t('hosts.revoked', { n: formatNumber(revoke.data.revoked, language) })}`}
      </Text>
      {revoking ? (
        <Dialog
          title={t('hosts.revokeAsk', { n: formatNumber(all.waiting, language) })}
          onClose={() => setRevoking(false)}
        >
          <Text mb="md">{t('hosts.revokeMore')}</Text>
          <Button
            onClick={() => {
              setRevoking(false);
              revoke.mutate();
            }}
          >
            {t('hosts.revokeNow')}
          </Button>
        </Dialog>
      ) : null}
    </section>
  );
}

/** Bridge by bridge: who has come in, and who has not. */
function List({ at }: { readonly at: At }) {
  const { t, language } = useWords();
  const [standing, setStanding] = useState<BridgeStanding | ''>('');
  const list = usePaged([...keyOf(at), 'list', standing], (cursor, signal) =>
    call(
      activationContracts.hosts,
      { params: { ...at }, query: { limit: ROWS, cursor, ...(standing !== '' && { standing }) } },
      signal,
    ),
  );
  const number = (n: number) => formatNumber(n, language);
  return (
    <section className={classes['section']} aria-label={t('hosts.list')}>
      <Title order={2}>{t('hosts.list')}</Title>
      <div className={classes['controls']}>
        <NativeSelect
          label={t('hosts.standing')}
          value={standing}
          data={[
            { value: '', label: t('hosts.everyone') },
            ...BRIDGE_STANDINGS.map((value) => ({ value, label: t(`hosts.${value}`) })),
          ]}
          onChange={(event) => setStanding(event.currentTarget.value as BridgeStanding | '')}
        />
      </div>
      <Answered query={list.list}>
        {() => {
          const { first, items: rows } = list;
          const total = first?.total ?? 0;
          return (
            <>
              <Text role="status">{t('hosts.shown', { n: number(rows.length), of: number(total) })}</Text>
              <table className={classes['table']}>
                <thead>
                  <tr>
                    <th scope="col">{t('hosts.bridge')}</th>
                    <th scope="col" className={classes['words']}>
                      {t('hosts.standing')}
                    </th>
                    <th scope="col" className={classes['words']}>
                      {t('hosts.host')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <BridgeHost key={row.bridge} at={at} row={row} />
                  ))}
                </tbody>
              </table>
              <MoreButton of={list}>{t('hosts.more', { n: number(total - rows.length) })}</MoreButton>
            </>
          );
        }}
      </Answered>
    </section>
  );
}

function BridgeHost({ at, row }: { readonly at: At; readonly row: HostRow }) {
  const { t, language } = useWords();
  const { bridge, name, upper, standing, hosts, moreHosts, expiresAt } = row;
  return (
    <tr>
      <th scope="row">
        <ToNode at={{ ...at, bridge }} name={name} />
        {upper === null ? null : <span className={classes['dim']}>{upper}</span>}
      </th>
      <td className={classes['words']} data-label={t('hosts.standing')}>
        <span>
          {t(`hosts.${standing}`)}
          {expiresAt === null || standing === 'in' ? null : (
            <span className={classes['dim']}>
              {t(standing === 'expired' ? 'hosts.expiredAt' : 'hosts.goodUntil', {
                at: formatDateTime(expiresAt, language),
              })}
            </span>
          )}
        </span>
      </td>
      <td className={classes['words']} data-label={t('hosts.host')}>
        {hosts.length === 0 ? '–' : hosts.join(', ')}
        {moreHosts > 0 ? ` ${t('hosts.andMore', { n: formatNumber(moreHosts, language) })}` : ''}
      </td>
    </tr>
  );
}

function BatchList({ batches }: { readonly batches: readonly CodeBatch[] }) {
  const { t, language } = useWords();
  if (batches.length === 0) return null;
  const number = (n: number) => formatNumber(n, language);
  return (
    <section className={classes['section']} aria-label={t('hosts.batches')}>
      <Title order={2}>{t('hosts.batches')}</Title>
      <ul>
        {batches.map((batch) => (
          <li key={batch.id}>
            {t('hosts.batch', {
              at: formatDateTime(batch.at, language),
              bridge: batch.bridgeName,
              by: batch.by ?? t('hosts.operator'),
              codes: number(batch.codes),
              used: number(batch.used),
              open: number(batch.open),
              until: formatDateTime(batch.expiresAt, language),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}
