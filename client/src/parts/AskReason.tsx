import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';

import { useWords } from '../app/language.ts';
import { Dialog } from './Dialog.tsx';
import { Failure } from './Pages.tsx';

interface Props {
  readonly title: string;
  /** What will happen, where the title does not say all. */
  readonly about?: string;
  readonly usual: readonly string[];
  /** Whether a usual reason is sent at once, without a look at it: where people stand in a queue. */
  readonly atOnce?: boolean;
  readonly longest: number;
  readonly submit: string;
  readonly busy?: boolean;
  readonly error?: unknown;
  readonly onClose: () => void;
  readonly onReason: (reason: string) => void;
}

/** Says what a deed does before it is done, and asks for the reason that is kept with it. */
export function AskReason({
  title,
  about,
  usual,
  atOnce = false,
  longest,
  submit,
  busy = false,
  error = null,
  onClose,
  onReason,
}: Props) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() !== '') onReason(reason.trim());
        }}
      >
        <Stack>
          {about === undefined ? null : <Text>{about}</Text>}
          <Group gap="xs">
            {usual.map((one) => (
              <Button key={one} variant="default" onClick={() => (atOnce ? onReason(one) : setReason(one))}>
                {one}
              </Button>
            ))}
          </Group>
          <Textarea
            label={t('door.reason')}
            required
            autoComplete="off"
            data-autofocus
            maxLength={longest}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {error === null ? null : <Failure error={error} />}
          <Button type="submit" disabled={reason.trim() === ''} loading={busy}>
            {submit}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
