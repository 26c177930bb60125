import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';

import type { CompositionChange } from '../../../domain/composition/change.ts';
import type { BridgeId } from '../../../domain/ids.ts';
import type { ClauseForm } from '../../../domain/wire/placement.ts';
import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { PersonPicker, type Picked } from '../people/PersonPicker.tsx';
import { BridgePicker } from './BridgePicker.tsx';

/** Whom a decision names under a clause that leaves it to somebody. */
export function DecisionForm({
  conference,
  clause,
  onClose,
  propose,
}: {
  conference: string;
  clause: Pick<ClauseForm, 'clause' | 'text' | 'bridgeClass'>;
  onClose: () => void;
  propose: (change: CompositionChange) => void;
}) {
  const { t } = useWords();
  const [bridge, setBridge] = useState<BridgeId | null>(null);
  const [people, setPeople] = useState<readonly Picked[]>([]);
  const [decision, setDecision] = useState('');
  const ready = bridge !== null && people.length > 0 && decision.trim() !== '';
  return (
    <Dialog title={t('decision.title', { clause: clause.clause })} onClose={onClose}>
      <Stack>
        <Text>{clause.text}</Text>
        <BridgePicker
          conference={conference}
          bridgeClass={clause.bridgeClass}
          value={bridge}
          onChange={setBridge}
        />
        <TextInput
          label={t('decision.words')}
          description={t('decision.example')}
          required
          maxLength={500}
          value={decision}
          onChange={(event) => setDecision(event.currentTarget.value)}
        />
        <PersonPicker conference={conference} chosen={people} onChange={setPeople} />
        <Group justify="flex-end">
          <Button
            disabled={!ready}
            onClick={() => {
              if (bridge === null) return;
              propose({
                kind: 'decision',
                clause: clause.clause,
                bridge,
                people: people.map(({ id }) => id),
                decision: decision.trim(),
              });
            }}
          >
            {t('effect.see')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
