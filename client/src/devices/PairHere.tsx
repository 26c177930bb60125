import { Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { bridgeOf } from '../api/queries.ts';
import { holdsSomewhere, type SignedInAccount } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { CAN_SEAL } from '../door/sealing.ts';
import { Failure } from '../parts/Pages.tsx';
import classes from './devices.module.css';
import { machineKey } from './machineKey.ts';
import { type AtBridge, pairAtDesk, type Paired, pairHere } from './pair.ts';

interface Props {
  readonly place: AtBridge;
  readonly account: SignedInAccount;
  /** The code that a link brought along. */
  readonly code?: string;
  /** This machine was revoked, and may come back as a new one. */
  readonly again?: boolean;
  readonly onPaired: (paired: Paired | null) => void;
}

/** Asks for the code that pairs this machine with a bridge. */
export function PairHere({ place, account, code = '', again = false, onPaired }: Props) {
  const { t } = useWords();
  const { conference, bridge } = place;
  const { data } = useQuery(bridgeOf(conference, bridge));
  const key = useQuery({
    queryKey: ['machine-key'],
    queryFn: async () => (await machineKey()) !== null,
    gcTime: 0,
  });
  const [typed, setTyped] = useState(code);
  const pairing = useMutation({ mutationFn: () => pairHere(place, typed), onSuccess: onPaired });
  const atOnce = useMutation({ mutationFn: () => pairAtDesk(place), onSuccess: onPaired });
  const error = pairing.error ?? atOnce.error;
  const busy = pairing.isPending || atOnce.isPending;
  const name = data?.bridge.name ?? '…';
  return (
    <section className={classes['pairing']} aria-label={t('pairing.title', { name })}>
      <Title order={2}>{again ? t('pairing.again') : t('pairing.title', { name })}</Title>
      {CAN_SEAL && key.data !== false ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (!busy && typed.trim() !== '') pairing.mutate();
          }}
        >
          <Stack>
            <Text>{t(again ? 'pairing.againAbout' : 'pairing.about')}</Text>
            <TextInput
              label={t('pairing.code')}
              description={t('pairing.codeHint')}
              classNames={{ input: classes['code'] ?? '' }}
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              size="lg"
              required
              maxLength={300}
              // What is scanned while the server is asked is no code of a machine: the door hears it.
              readOnly={busy}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            {error === null ? null : <Failure error={error} />}
            <Button type="submit" size="lg" loading={pairing.isPending} disabled={atOnce.isPending}>
              {t('pairing.pair')}
            </Button>
            {holdsSomewhere(account, conference, 'devices') ? (
              <>
                <Text c="dimmed">{t('pairing.pairNowAbout')}</Text>
                <Button
                  variant="default"
                  loading={atOnce.isPending}
                  disabled={pairing.isPending}
                  onClick={() => atOnce.mutate()}
                >
                  {t('pairing.pairNow')}
                </Button>
              </>
            ) : null}
          </Stack>
        </form>
      ) : (
        <Text role="alert">{t(CAN_SEAL ? 'pairing.noKey' : 'pairing.impossible')}</Text>
      )}
    </section>
  );
}
