import { Text } from '@mantine/core';

import type { Forest } from '../../../domain/bridges/forest.ts';
import { useWords } from '../app/language.ts';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import { wayTo } from './BridgeRows.tsx';

/** The bridges that a deed is about, before it is done: all of them, however many. */
export function WhichBridges({ forest, places }: { forest: Forest; places: readonly number[] }) {
  const { t } = useWords();
  return (
    <VirtualRows
      label={t('bridges.which')}
      count={places.length}
      rowHeight={44}
      maxHeight="30dvh"
      keyOf={(index) => String(places[index] ?? index)}
      render={(index) => {
        const node = forest.nodes[places[index] ?? -1];
        return node === undefined ? null : (
          <Text py={4} size="sm" truncate>
            <b>{node.name}</b> <span>{wayTo(forest, node)}</span>
          </Text>
        );
      }}
    />
  );
}
