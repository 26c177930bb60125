import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';

import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';

/** Somebody who is in no list. */
export function WalkInDialog({
  name: given,
  onClose,
  onWalkIn,
}: {
  name: string;
  onClose: () => void;
  onWalkIn: (name: string, unit: string) => void;
}) {
  const { t } = useWords();
  const [name, setName] = useState(given);
  const [unit, setUnit] = useState('');
  return (
    <Dialog title={t('walkIn.title')} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') onWalkIn(name.trim(), unit.trim());
        }}
      >
        <Stack>
          <Text>{t('walkIn.about')}</Text>
          <TextInput
            label={t('walkIn.name')}
            required
            // Else the browser itself keeps a list of all guests, in the open.
            autoComplete="off"
            maxLength={200}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t('walkIn.unit')}
            autoComplete="off"
            maxLength={300}
            value={unit}
            onChange={(event) => setUnit(event.currentTarget.value)}
          />
          <Button type="submit">{t('walkIn.record')}</Button>
        </Stack>
      </form>
    </Dialog>
  );
}

/** Says what closing does before it is done. */
export function CloseDialog({
  sentence,
  onClose,
  onConfirm,
}: {
  sentence: string;
  onClose: () => void;
  onConfirm: () => void;
}) {
  const { t } = useWords();
  return (
    <Dialog title={t('door.close')} onClose={onClose}>
      <Stack>
        <Text>{sentence}</Text>
        <Group>
          <Button onClick={onConfirm}>{t('door.closeNow')}</Button>
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('app.cancel')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
