import { Button, Checkbox, Group, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';

import type { CompositionChange } from '../../../domain/composition/change.ts';
import type { BridgeId } from '../../../domain/ids.ts';
import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import type { Picked } from '../people/PersonPicker.tsx';
import { BridgePicker } from './BridgePicker.tsx';

/** "This person sits here", or nowhere, with the reason that is kept. */
export function PinForm({
  conference,
  person,
  onClose,
  propose,
}: {
  conference: string;
  person: Picked;
  onClose: () => void;
  propose: (change: CompositionChange) => void;
}) {
  const { t } = useWords();
  const [bridge, setBridge] = useState<BridgeId | null>(null);
  const [out, setOut] = useState(false);
  const [note, setNote] = useState('');
  const ready = note.trim() !== '' && (out || bridge !== null);
  return (
    <Dialog title={t('pin.of', { name: person.name })} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!ready) return;
          onClose();
          propose({ kind: 'pin', person: person.id, bridge: out ? null : bridge, note: note.trim() });
        }}
      >
        <Stack>
          {out ? null : <BridgePicker conference={conference} value={bridge} onChange={setBridge} />}
          <Checkbox
            checked={out}
            label={t('pin.nowhere')}
            onChange={(event) => setOut(event.currentTarget.checked)}
          />
          <Textarea
            label={t('pin.reason')}
            required
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button type="submit" disabled={!ready}>
              {t('effect.see')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
