import { Button, Divider, PasswordInput, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';

import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import classes from '../signin/form.module.css';
import type { Vault } from './database.ts';
import { mayUsePasskey } from './passkey.ts';
import { faultOfPin, LONGEST_PIN, type PinFault, pinOf } from './pin.ts';
import { Fault, ProofForm } from './Unlock.tsx';
import { addLock, makeVault, type NewLock, type Opening, openVault, type Proof } from './vault.ts';

interface Props {
  readonly account: { readonly id: string; readonly name: string };
  /** The vault whose ways are to be changed; null makes the first one. */
  readonly vault: Vault | null;
  readonly onClose: () => void;
}

/** Sets the PIN of this machine, or adds a passkey. */
export function Protect({ account, vault, onClose }: Props) {
  const { t } = useWords();
  const [proof, setProof] = useState<Proof | null>(null);
  const [busy, setBusy] = useState<NewLock['kind'] | null>(null);
  const [answer, setAnswer] = useState<Opening | null>(null);
  const mayPasskey = useMayPasskey();
  const lock = async (how: NewLock) => {
    setBusy(how.kind);
    setAnswer(null);
    const opening =
      vault === null
        ? await makeVault(account.id, how)
        : proof === null
          ? null
          : await addLock(vault.id, proof, how);
    setBusy(null);
    setAnswer(opening);
    if (opening?.ok === true) onClose();
  };
  if (vault !== null && proof === null) {
    return (
      <Dialog title={t('vault.change')} onClose={onClose}>
        <Stack>
          <Text>{t('vault.changeAbout')}</Text>
          <ProofForm
            vault={vault}
            submit={t('vault.next')}
            autoFocus
            onProof={async (given) => {
              // A passkey is asked once, when the new way is added.
              const opening = given.kind === 'pin' ? await openVault(vault.id, given) : { ok: true as const };
              if (opening.ok) setProof(given);
              return opening;
            }}
          />
        </Stack>
      </Dialog>
    );
  }
  return (
    <Dialog title={t(vault === null ? 'vault.set' : 'vault.change')} onClose={onClose}>
      <Stack>
        <Text>{t('vault.setAbout')}</Text>
        <Text>{t('vault.setRules')}</Text>
        <NewPin busy={busy === 'pin'} onPin={(pin) => void lock({ kind: 'pin', pin })} />
        <Fault opening={answer} />
        {mayPasskey ? (
          <>
            <Divider label={t('vault.or')} />
            <Text>{t('vault.passkeyAbout')}</Text>
            <Button
              variant="default"
              loading={busy === 'passkey'}
              onClick={() => void lock({ kind: 'passkey', name: account.name })}
            >
              {t('vault.passkey')}
            </Button>
          </>
        ) : null}
      </Stack>
    </Dialog>
  );
}

function NewPin({ busy, onPin }: { busy: boolean; onPin: (pin: string) => void }) {
  const { t } = useWords();
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [fault, setFault] = useState<PinFault | 'different' | null>(null);
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        const found = faultOfPin(pin) ?? (pinOf(pin) === pinOf(again) ? null : 'different');
        setFault(found);
        if (found === null && !busy) onPin(pin);
      }}
    >
      <PasswordInput
        label={t('vault.newPin')}
        autoComplete="off"
        inputMode="numeric"
        maxLength={LONGEST_PIN}
        required
        data-autofocus
        value={pin}
        error={fault === 'short' || fault === 'plain' ? t(`vault.${fault}`) : undefined}
        onChange={(event) => setPin(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': t('vault.show') }}
      />
      <PasswordInput
        label={t('vault.newPinAgain')}
        autoComplete="off"
        inputMode="numeric"
        maxLength={LONGEST_PIN}
        required
        value={again}
        error={fault === 'different' ? t('vault.different') : undefined}
        onChange={(event) => setAgain(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': t('vault.show') }}
      />
      <Button type="submit" loading={busy}>
        {t('vault.setPin')}
      </Button>
    </form>
  );
}

function useMayPasskey(): boolean {
  const [may, setMay] = useState(false);
  useEffect(() => {
    void mayUsePasskey().then(setMay);
  }, []);
  return may;
}
