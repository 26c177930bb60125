import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { mailContracts } from '../../../domain/wire/mail.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { faultsOf, sentenceOf } from '../parts/sentences.ts';
import { mailKey } from './letters.ts';

/** A letter to whoever asks whether mail works. */
export function TestLetter({ conference, onClose }: { conference: string; onClose: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [to, setTo] = useState('');
  const send = useMutation({
    mutationFn: () => call(mailContracts.sendTestLetter, { params: { conference }, body: { to } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: mailKey(conference) });
      onClose();
    },
  });
  const [fault] = faultsOf(send.error);
  return (
    <Dialog title={t('mail.test.title')} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate();
        }}
      >
        <Stack>
          <Text>{t('mail.test.what')}</Text>
          <TextInput
            label={t('mail.test.to')}
            type="email"
            autoComplete="email"
            maxLength={254}
            value={to}
            error={send.error === null ? null : (fault?.message ?? sentenceOf(send.error, t))}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
          <Button type="submit" disabled={to.trim() === ''} loading={send.isPending}>
            {t('mail.test.send')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
