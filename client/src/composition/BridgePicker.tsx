import { NativeSelect, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';

import type { BridgeId } from '../../../domain/ids.ts';
import { bridgeContracts } from '../../../domain/wire/bridges.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { className } from '../../../domain/plan/sentences.ts';

const FOUND = 50;

/** A bridge of the conference, found by part of its name; of one class where one is asked for. */
export function BridgePicker({
  conference,
  bridgeClass = null,
  nowhere = null,
  value,
  onChange,
}: {
  conference: string;
  bridgeClass?: string | null;
  /** What choosing none means; null where one has to be chosen. */
  nowhere?: string | null;
  value: BridgeId | null;
  onChange: (bridge: BridgeId | null) => void;
}) {
  const { t, language } = useWords();
  const [text, setText] = useState('');
  const asked = useDeferredValue(text.trim());
  const bridges = useQuery({
    queryKey: ['conference', conference, 'bridges', 'found', asked],
    queryFn: ({ signal }) =>
      call(
        bridgeContracts.bridges,
        {
          params: { conference },
          query: { limit: FOUND, q: asked || undefined },
        },
        signal,
      ),
    placeholderData: keepPreviousData,
  });
  const found = (bridges.data?.items ?? []).filter(
    (bridge) => bridgeClass === null || bridge.class === bridgeClass,
  );
  return (
    <>
      <TextInput
        label={t('composition.searchBridge')}
        value={text}
        maxLength={100}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <NativeSelect
        label={t('picker.bridge')}
        value={value ?? ''}
        data={[
          { value: '', label: nowhere ?? t('picker.chooseBridge') },
          ...found.map((bridge) => ({
            value: bridge.id,
            label: `${bridge.name} (${className(bridge.class, language)})`,
          })),
        ]}
        onChange={(event) => onChange((event.currentTarget.value || null) as BridgeId | null)}
      />
    </>
  );
}
