import { Button, CopyButton, Group, Text } from '@mantine/core';
import { useEffect, useState } from 'react';

import { formatDateTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { Instant } from '../../../domain/time.ts';
import { useInstall } from '../app/install.ts';
import { useWords } from '../app/language.ts';
import { StateShape } from '../parts/StateMark.tsx';
import type { KeptHead, Place } from './database.ts';
import classes from './Details.module.css';
import door from './door.module.css';
import { PairingCode } from './later.ts';
import { copiedHead, shortHead, watchHead } from './receipts.ts';
import type { Readiness } from './useReadiness.ts';
import type { VaultView } from './useVault.ts';
import { lockVaults } from './vault.ts';

interface Props {
  readonly place: Place;
  readonly vault: VaultView;
  readonly readiness: Readiness;
  /** What this machine is called at the bridge. */
  readonly machine: string | null;
  /** Only a machine that is paired itself shows codes for others. */
  readonly isPaired: boolean;
  /** Events of other accounts that wait on this machine. */
  readonly others: number;
  readonly onProtect: () => void;
}

/** What this machine can do without a network, the lock, and the receipts that it keeps. */
export function Details({ place, vault, readiness, machine, isPaired, others, onProtect }: Props) {
  const { t, language } = useWords();
  const [pairing, setPairing] = useState(false);
  const head = useHead(place);
  const install = useInstall();
  const { page, list, kept } = readiness;
  const missing = [page === false, !list, kept === false].filter(Boolean).length;
  return (
    <details className={classes['details']}>
      <summary>
        <StateShape state={missing === 0 ? 'onTime' : 'review'} />{' '}
        {missing === 0 ? t('ready.all') : t('ready.missing', { n: missing })}
      </summary>
      <ul className={classes['ready']}>
        <Line ok={page} text={t(page === null ? 'ready.pageSoon' : page ? 'ready.page' : 'ready.noPage')} />
        <Line
          ok={list}
          text={t(list ? 'ready.list' : vault.state === 'impossible' ? 'ready.noListHttp' : 'ready.noList')}
        />
        <Line ok={kept} text={t(kept === false ? 'ready.notKept' : 'ready.kept')} />
        {machine === null ? null : <Line ok text={t('ready.machine', { name: machine })} />}
        {others > 0 ? (
          <Line ok={false} text={t('ready.others', { n: formatNumber(others, language) })} />
        ) : null}
        {install === null ? <Line ok text={t('ready.installed')} /> : null}
      </ul>
      {install === 'by-hand' ? <Text mb="xs">{t('ready.installByHand')}</Text> : null}
      <Group gap="xs">
        {typeof install === 'function' ? <Button onClick={install}>{t('ready.install')}</Button> : null}
        {vault.state === 'none' || vault.state === 'open' ? (
          <Button variant="default" onClick={onProtect}>
            {t(vault.state === 'none' ? 'vault.set' : 'vault.change')}
          </Button>
        ) : null}
        {vault.state === 'open' ? (
          <Button variant="default" onClick={lockVaults}>
            {t('vault.lock')}
          </Button>
        ) : null}
        {isPaired ? (
          <Button variant="default" onClick={() => setPairing(true)}>
            {t('pairing.makeFor')}
          </Button>
        ) : null}
      </Group>
      {pairing ? <PairingCode place={place} of="machine" onClose={() => setPairing(false)} /> : null}
      <Text fw={600} mt="sm">
        {t('receipt.title')}
      </Text>
      {head === null ? (
        <Text>{t('receipt.none')}</Text>
      ) : (
        <>
          <Text>{t('receipt.about')}</Text>
          <Group gap="xs">
            <code className={classes['head']}>{shortHead(head)}</code>
            <Text>{formatDateTime(head.receivedAt as Instant, language)}</Text>
            <CopyButton value={copiedHead(place, head)}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy}>
                  {t(copied ? 'receipt.copied' : 'receipt.copy')}
                </Button>
              )}
            </CopyButton>
          </Group>
        </>
      )}
    </details>
  );
}

/** The server has told this machine two histories: said at once and plainly. */
export function BrokenReceipt({ place }: { place: Place }) {
  const { t, language } = useWords();
  const head = useHead(place);
  const broken = head?.broken ?? null;
  if (broken === null) return null;
  const at = (hash: string) => shortHead({ place: broken.place, hash });
  return (
    <p role="alert" className={door['notice']} data-kind="refused">
      {t('receipt.broken', {
        n: formatNumber(broken.place, language),
        kept: at(broken.kept),
        told: at(broken.told),
      })}
    </p>
  );
}

function Line({ ok, text }: { ok: boolean | null; text: string }) {
  return (
    <li>
      <StateShape state={ok === null ? 'pending' : ok ? 'onTime' : 'review'} />
      <span>{text}</span>
    </li>
  );
}

function useHead({ conference, session, bridge }: Place): KeptHead | null {
  const [head, setHead] = useState<KeptHead | null>(null);
  useEffect(() => watchHead({ conference, session, bridge }, setHead), [conference, session, bridge]);
  return head;
}
