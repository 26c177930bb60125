import { Button, Select, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';

import { BRIDGE_CLASSES, BridgeClass } from '../../../domain/bridges/bridge.ts';
import type { BridgeNode } from '../../../domain/bridges/forest.ts';
import { sayBridgeClass } from '../../../domain/bridges/sentences.ts';
import type { BridgeId } from '../../../domain/ids.ts';
import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Failure } from '../parts/Pages.tsx';
import type { DialogProps } from './asked.ts';
import { BridgePicker } from './BridgePicker.tsx';

/** A bridge beside those that follow from the plan: a ministry, a Party bloc, an enterprise, a second room. */
export function AddBridge({
  forest,
  deeds,
  under,
  onClose,
  onAdded,
}: DialogProps & { readonly under: BridgeNode; readonly onAdded: (bridge: BridgeId) => void }) {
  const { t, language } = useWords();
  const [parent, setParent] = useState(under.id);
  const [ofClass, setOfClass] = useState<string>(under.level === 0 ? 'agency' : 'grassroots');
  const [name, setName] = useState('');
  const add = useMutation({
    mutationFn: async () => {
      const body = {
        class: BridgeClass.parse(ofClass),
        name: name.trim(),
        unit: null,
        organisation: name.trim().slice(0, 300),
      };
      const id = await deeds.add(parent, body, t('bridges.added', { name: body.name }));
      onClose();
      onAdded(id);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') add.mutate();
  };
  const known = Object.keys(BRIDGE_CLASSES).map((one) => BridgeClass.parse(one));
  return (
    <Dialog title={t('bridges.addTitle')} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack>
          <Select
            label={t('bridges.class')}
            value={ofClass}
            allowDeselect={false}
            data={known.map((one) => ({ value: one, label: sayBridgeClass(one, language) }))}
            onChange={(value) => value !== null && setOfClass(value)}
          />
          <TextInput
            label={t('bridges.newName')}
            placeholder={t('bridges.newNameExample')}
            required
            data-autofocus
            maxLength={300}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <BridgePicker
            forest={forest}
            label={t('bridges.under')}
            value={parent}
            onPick={(id) => id !== null && setParent(id)}
          />
          {add.error === null ? null : <Failure error={add.error} />}
          <Button type="submit" disabled={name.trim() === ''} loading={add.isPending}>
            {t('bridges.add')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
