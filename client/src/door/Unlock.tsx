import { Alert, Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';

import { formatNumber } from '../../../domain/text/numbers.ts';
import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Frame } from '../signin/Frame.tsx';
import classes from '../signin/form.module.css';
import type { Vault } from './database.ts';
import { takeEarly } from './earlyKeys.ts';
import { LONGEST_PIN } from './pin.ts';
import { giveUpVault, type Opening, openVault, type Proof } from './vault.ts';

interface Props {
  readonly vault: Vault;
  /** Over which door it stands, where this machine knows. */
  readonly bridgeName: string | null;
  readonly waiting: number;
  readonly name: string;
}

/** Asked before a door shows anybody's name: the PIN of this machine, or its passkey. */
export function Unlock({ vault, bridgeName, waiting, name }: Props) {
  const { t, language } = useWords();
  const [forgotten, setForgotten] = useState(false);
  const n = formatNumber(waiting, language);
  // What was typed beside the field while it was locked may have been a PIN: it does not come up in the open afterwards.
  useEffect(() => () => void takeEarly(), []);
  return (
    <Frame title={bridgeName ?? t('door.title')} about={t('vault.about', { name })}>
      <ProofForm
        vault={vault}
        submit={t('vault.open')}
        onProof={(proof) => openVault(vault.id, proof)}
        autoFocus
      />
      {waiting > 0 ? <Text>{t('vault.waiting', { n })}</Text> : null}
      <Button variant="subtle" onClick={() => setForgotten(true)}>
        {t('vault.forgotten')}
      </Button>
      {forgotten ? (
        <Dialog title={t('vault.forgotten')} onClose={() => setForgotten(false)}>
          <Stack>
            <Text>{t('vault.forgottenList')}</Text>
            <Text>{t('vault.forgottenEvents')}</Text>
            <Group>
              <Button color="red" onClick={() => void giveUpVault(vault.account)}>
                {t('vault.giveUp')}
              </Button>
              <Button variant="default" data-autofocus onClick={() => setForgotten(false)}>
                {t('app.cancel')}
              </Button>
            </Group>
          </Stack>
        </Dialog>
      ) : null}
    </Frame>
  );
}

interface FormProps {
  readonly vault: Vault;
  readonly submit: string;
  readonly onProof: (proof: Proof) => Promise<Opening>;
  readonly autoFocus?: boolean;
}

/** Asks for the PIN, or the passkey, whichever the vault has. */
export function ProofForm({ vault, submit, onProof, autoFocus = false }: FormProps) {
  const { t } = useWords();
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState<Proof['kind'] | null>(null);
  const [answer, setAnswer] = useState<Opening | null>(null);
  const [tries, setTries] = useState(0);
  const ways = new Set(vault.wraps.map((wrap) => wrap.kind));
  const prove = async (proof: Proof) => {
    setBusy(proof.kind);
    setAnswer(null);
    const opening = await onProof(proof);
    setBusy(null);
    setPin('');
    setAnswer(opening);
    setTries((before) => before + 1);
  };
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (pin !== '' && busy === null) void prove({ kind: 'pin', pin });
      }}
    >
      {ways.has('pin') ? (
        <>
          <PasswordInput
            label={t('vault.pin')}
            autoComplete="off"
            inputMode="numeric"
            maxLength={LONGEST_PIN}
            required
            autoFocus={autoFocus}
            value={pin}
            readOnly={busy !== null}
            onChange={(event) => setPin(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('vault.show') }}
          />
          <Fault key={tries} opening={answer} />
          <Button type="submit" loading={busy === 'pin'} fullWidth>
            {submit}
          </Button>
        </>
      ) : (
        <Fault key={tries} opening={answer} />
      )}
      {ways.has('passkey') ? (
        <Button
          variant={ways.has('pin') ? 'default' : 'filled'}
          loading={busy === 'passkey'}
          fullWidth
          onClick={() => void prove({ kind: 'passkey' })}
        >
          {t('vault.byPasskey')}
        </Button>
      ) : null}
    </form>
  );
}

/** Why it did not open, and how long to wait, counting down; a new one for each try. */
export function Fault({ opening }: { opening: Opening | null }) {
  const { t } = useWords();
  const wait = opening !== null && !opening.ok && opening.because === 'wait' ? opening.ms : 0;
  const [left, setLeft] = useState(Math.ceil(wait / 1000));
  useEffect(() => {
    if (wait === 0) return undefined;
    // By the clock: a browser lets a page in the background count more slowly, and not at all in its sleep.
    const until = Date.now() + wait;
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000))), 1000);
    return () => clearInterval(timer);
  }, [wait]);
  if (opening === null || opening.ok) return null;
  if (opening.because === 'wait' && left === 0) return null;
  return (
    <Alert color="red" variant="outline" role="alert">
      {opening.because === 'wait' ? t('vault.wait', { s: left }) : t(`vault.${opening.because}`)}
    </Alert>
  );
}
