import { Button, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { formatDateTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { StateShape } from '../parts/StateMark.tsx';
import type { Place, Vault } from './database.ts';
import classes from './Notices.module.css';
import door from './door.module.css';
import { giveUpTexts } from './outbox.ts';
import type { Roster } from './roster.ts';
import { send } from './sender.ts';
import { ProofForm } from './Unlock.tsx';
import { openVault } from './vault.ts';

/** Nothing is locked here yet, and so nothing kept: said until it is done, as it is too late once the line is gone. */
export function NoVault({ onProtect }: { onProtect: () => void }) {
  const { t } = useWords();
  return (
    <div className={door['notice']}>
      <StateShape state="review" />
      <p>{t('vault.none')}</p>
      <Button onClick={onProtect}>{t('vault.set')}</Button>
    </div>
  );
}

/** The bridge is not asked to this session: where it is, and that nothing which is recorded all the same gets lost. */
export function TakesNoPart({ conference, bridge, others }: { others: Others } & Omit<Place, 'session'>) {
  const { t, language } = useWords();
  return (
    <div className={door['notice']} role="status">
      <StateShape state="review" />
      <div>
        <p>{t('door.takesNoPart')}</p>
        <p>{t(others.length === 0 ? 'door.inNoSession' : 'door.inSessions')}</p>
        {others.length === 0 ? null : (
          <ul className={classes['sessions']}>
            {others.map(({ id, title, startsAt }) => (
              <li key={id}>
                <Link
                  className={door['footLink'] ?? ''}
                  to="/door/$conference/$session/$bridge"
                  params={{ conference, bridge, session: id }}
                >
                  {title} · {formatDateTime(startsAt, language)}
                </Link>
              </li>
            ))}
          </ul>
        )}
        <p>{t('door.recordedAllTheSame')}</p>
      </div>
    </div>
  );
}

type Others = NonNullable<Roster['head']['others']>;

/** What people wrote under a PIN that was forgotten since: it is sent as soon as somebody remembers it. */
export function LockedTexts({
  account,
  retired,
  count,
}: {
  account: string;
  retired: readonly Vault[];
  count: number;
}) {
  const { t, language } = useWords();
  const [asked, setAsked] = useState<'open' | 'give-up' | null>(null);
  if (count === 0) return null;
  const n = formatNumber(count, language);
  return (
    <div className={door['notice']}>
      <StateShape state="review" />
      <p>{t('vault.texts', { n })}</p>
      {retired.length === 0 ? null : <Button onClick={() => setAsked('open')}>{t('vault.oldPin')}</Button>}
      <Button variant="default" onClick={() => setAsked('give-up')}>
        {t('vault.withoutTexts')}
      </Button>
      {asked === 'open' ? (
        <Dialog title={t('vault.oldPin')} onClose={() => setAsked(null)}>
          {retired.map((vault) => (
            <ProofForm
              key={vault.id}
              vault={vault}
              submit={t('vault.open')}
              onProof={async (proof) => {
                const opening = await openVault(vault.id, proof);
                if (opening.ok) setAsked(null);
                return opening;
              }}
            />
          ))}
        </Dialog>
      ) : asked === 'give-up' ? (
        <Dialog title={t('vault.withoutTexts')} onClose={() => setAsked(null)}>
          <Stack>
            <Text>{t('vault.withoutTextsAbout', { n })}</Text>
            <Group>
              <Button
                color="red"
                onClick={() => {
                  void giveUpTexts(account, t('vault.lostText')).then(send);
                  setAsked(null);
                }}
              >
                {t('vault.withoutTexts')}
              </Button>
              <Button variant="default" data-autofocus onClick={() => setAsked(null)}>
                {t('app.cancel')}
              </Button>
            </Group>
          </Stack>
        </Dialog>
      ) : null}
    </div>
  );
}

/** This machine was revoked at the bridge: what happened, what was kept, what to do. */
export function Revoked({
  message,
  waiting,
  delivered,
}: {
  message: string;
  waiting: number;
  delivered: number;
}) {
  const { t, language } = useWords();
  return (
    <section className={door['notice']} data-kind="refused" role="alert">
      <StateShape state="lost" />
      <div>
        <p>
          <b>{t('revoked.title')}</b>
        </p>
        {message === '' ? null : <p>{message}</p>}
        <p>{t('revoked.wiped')}</p>
        <p>
          {waiting > 0
            ? t('revoked.waiting', { n: formatNumber(waiting, language) })
            : t('revoked.delivered', { n: formatNumber(delivered, language) })}
        </p>
        <p>{t('revoked.todo')}</p>
      </div>
    </section>
  );
}
