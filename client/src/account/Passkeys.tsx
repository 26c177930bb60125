import { Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { formatDateTime } from '../../../domain/text/dates.ts';
import { passkeyContracts, type Passkey } from '../../../domain/wire/passkeys.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Answered, Failure } from '../parts/Pages.tsx';
import { BrokenOff, hasPasskeys, makePasskey } from '../signin/passkey.ts';
import { ways } from '../signin/ways.ts';
import classes from './account.module.css';
import { myPasskeys } from './queries.ts';
import { useProven } from './useProven.tsx';

/** The own passkeys: making, naming and removing them. */
export function Passkeys() {
  const { t } = useWords();
  const queries = useQueryClient();
  const { run, asking } = useProven();
  const passkeys = useQuery(myPasskeys);
  const may = useQuery(ways).data?.passkeys === true && hasPasskeys();
  const [naming, setNaming] = useState<Passkey | 'new' | null>(null);
  const changed = async () => {
    setNaming(null);
    await queries.invalidateQueries({ queryKey: ['my-account'] });
  };
  const add = useMutation({ mutationFn: (name: string) => run(() => makePasskey(name)), onSuccess: changed });
  const rename = useMutation({
    mutationFn: (input: { id: string; name: string }) => call(passkeyContracts.namePasskey, { body: input }),
    onSuccess: changed,
  });
  const remove = useMutation({
    mutationFn: (id: string) => run(() => call(passkeyContracts.removePasskey, { body: { id } })),
    onSuccess: changed,
  });
  return (
    <section className={classes['section']} aria-label={t('account.passkeys')}>
      <Title order={2}>{t('account.passkeys')}</Title>
      <Text>{t('account.passkeysAbout')}</Text>
      <Answered query={passkeys}>
        {({ items }) =>
          items.length === 0 ? (
            <Text c="dimmed">{t(may ? 'account.noPasskeys' : 'account.noPasskeysHere')}</Text>
          ) : (
            <ul className={classes['rows']}>
              {items.map((passkey) => (
                <Row
                  key={passkey.id}
                  passkey={passkey}
                  onName={() => setNaming(passkey)}
                  onRemove={() => remove.mutate(passkey.id)}
                />
              ))}
            </ul>
          )
        }
      </Answered>
      {remove.error === null ? null : <Failure error={remove.error} />}
      {may ? (
        <Button variant="default" onClick={() => setNaming('new')}>
          {t('account.addPasskey')}
        </Button>
      ) : null}
      {naming === null ? null : (
        <Naming
          title={naming === 'new' ? t('account.addPasskey') : t('account.renameOf', { name: naming.name })}
          first={naming === 'new' ? '' : naming.name}
          busy={add.isPending || rename.isPending}
          error={naming === 'new' ? add.error : rename.error}
          onName={(name) => (naming === 'new' ? add.mutate(name) : rename.mutate({ id: naming.id, name }))}
          onClose={() => {
            setNaming(null);
            add.reset();
            rename.reset();
          }}
        />
      )}
      {asking}
    </section>
  );
}

interface RowProps {
  readonly passkey: Passkey;
  readonly onName: () => void;
  readonly onRemove: () => void;
}

function Row({ passkey, onName, onRemove }: RowProps) {
  const { t, language } = useWords();
  const { name, since, lastUsed } = passkey;
  return (
    <li className={classes['row']}>
      <span>
        <b>{name}</b>
        <span className={classes['dim']}>
          {t('account.since', { at: formatDateTime(since, language) })} ·{' '}
          {lastUsed === null
            ? t('account.unused')
            : t('account.used', { at: formatDateTime(lastUsed, language) })}
        </span>
      </span>
      <span className={classes['deeds']}>
        <Button variant="default" onClick={onName} aria-label={t('account.renameOf', { name })}>
          {t('account.rename')}
        </Button>
        <Button variant="default" onClick={onRemove} aria-label={t('account.removeOf', { name })}>
          {t('account.remove')}
        </Button>
      </span>
    </li>
  );
}

interface NamingProps {
  readonly title: string;
  readonly first: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
}

function Naming({ title, first, busy, error, onName, onClose }: NamingProps) {
  const { t } = useWords();
  const [name, setName] = useState(first);
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onName(name.trim());
        }}
      >
        <Stack>
          <TextInput
            label={t('account.passkeyName')}
            description={t('account.passkeyHint')}
            autoComplete="off"
            required
            maxLength={60}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {error === null ? null : error instanceof BrokenOff ? (
            <Text role="alert">{t('account.cancelled')}</Text>
          ) : (
            <Failure error={error} />
          )}
          <Button type="submit" loading={busy}>
            {first === '' ? t('account.addPasskey') : t('account.rename')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
