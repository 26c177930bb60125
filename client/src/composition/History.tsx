import { useQuery } from '@tanstack/react-query';

import { placementContracts, type PlacementSummary } from '../../../domain/wire/placement.ts';
import { call } from '../api/call.ts';
import { LastChanges } from '../parts/LastChanges.tsx';

interface Props {
  readonly conference: string;
  readonly mayUndo: boolean;
  readonly onUndone: (placed: PlacementSummary) => Promise<void>;
}

/** The last changes of the composition; the newest that stands can be taken back. */
export function History({ conference, mayUndo, onUndone }: Props) {
  const { data } = useQuery({
    queryKey: ['conference', conference, 'composition changes'],
    queryFn: ({ signal }) => call(placementContracts.compositionChanges, { params: { conference } }, signal),
  });
  const items = data?.items ?? [];
  const last = items.find((change) => !change.undone);
  return (
    <LastChanges
      changes={items.map((change) => ({ ...change, canUndo: mayUndo && change === last }))}
      onUndo={async (place) =>
        await onUndone(
          await call(placementContracts.undoComposition, { params: { conference }, body: { place } }),
        )
      }
    />
  );
}
