import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';

import { withChange, type Forest, type NodeChange } from '../../../domain/bridges/forest.ts';
import type { BridgeId } from '../../../domain/ids.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { bridgeContracts } from '../../../domain/wire/bridges.ts';
import type { BodyInput } from '../../../domain/wire/contract.ts';
import { call } from '../api/call.ts';
import { forestQuery } from '../api/queries.ts';
import { useWords } from '../app/language.ts';
import type { Remember } from '../parts/useLastDeed.ts';

export type FieldChange = BodyInput<typeof bridgeContracts.changeBridge>;
export type ManyChange = BodyInput<typeof bridgeContracts.changeBridges>['change'];
export type NewBridge = BodyInput<typeof bridgeContracts.addBridge>;

/** A change that was made, and where it can be taken back. */
export interface BridgeChange {
  readonly change: string;
  readonly top: BridgeId;
}

/**
 * Everything that this page does to bridges. What changes no place shows at once and goes back where the server refuses;
 * each throws the refusal. Each is remembered with how it is taken back.
 */
export function useDeeds(conference: string, rememberDeed: Remember) {
  const queries = useQueryClient();
  const { t, language } = useWords();
  const { queryKey } = forestQuery(conference);

  const renew = useCallback(
    () => queries.invalidateQueries({ queryKey: ['conference', conference] }),
    [queries, conference],
  );
  const undo = useCallback(
    async ({ change, top }: BridgeChange): Promise<string> => {
      const params = { conference, bridge: top, change };
      const { changed, left } = await call(bridgeContracts.undoBridgeChange, { params });
      await renew();
      const undone = t('bridges.undone', { n: formatNumber(changed, language) });
      return left === 0
        ? undone
        : `${undone} ${t('bridges.undoneLeft', { n: formatNumber(left, language) })}`;
    },
    [conference, language, renew, t],
  );
  const remember = useCallback(
    (change: string | null, top: BridgeId, message: string) =>
      rememberDeed(change === null ? null : { message, undo: () => undo({ change, top }) }),
    [rememberDeed, undo],
  );
  /** Shows a change before it is known to be kept; gives what takes that back. */
  const show = useCallback(
    (bridge: BridgeId, shown: NodeChange) => {
      const turn = (change: (forest: Forest) => Forest) =>
        queries.setQueryData(queryKey, (known) => known && { ...known, forest: change(known.forest) });
      const { forest } = queries.getQueryData(queryKey) ?? {};
      const node = forest?.nodes[forest.placeOf.get(bridge) ?? -1];
      turn((now) => withChange(now, bridge, shown));
      return () => {
        if (node === undefined) return;
        const fields = Object.keys(shown) as (keyof NodeChange)[];
        const before = Object.fromEntries(fields.map((field) => [field, node[field]])) as NodeChange;
        turn((now) => withChange(now, bridge, before));
      };
    },
    [queries, queryKey],
  );

  return useMemo(
    () => ({
      async change(bridge: BridgeId, body: FieldChange, shown: NodeChange, message: string) {
        const takeBack = show(bridge, shown);
        try {
          const changed = await call(bridgeContracts.changeBridge, { params: { conference, bridge }, body });
          remember(changed.change, bridge, message);
          await Promise.all([
            queries.invalidateQueries({ queryKey: ['conference', conference, 'bridge', bridge] }),
            queries.invalidateQueries({ queryKey: ['conference', conference, 'bridge-changes'] }),
          ]);
        } catch (error) {
          takeBack();
          throw error;
        }
      },
      async move(bridge: BridgeId, parent: BridgeId, top: BridgeId, message: string) {
        const body = { parent };
        const moved = await call(bridgeContracts.changeBridge, { params: { conference, bridge }, body });
        remember(moved.change, top, message);
        await renew();
      },
      async add(under: BridgeId, body: NewBridge, message: string): Promise<BridgeId> {
        const added = await call(bridgeContracts.addBridge, { params: { conference, bridge: under }, body });
        remember(added.change, under, message);
        await renew();
        return added.id;
      },
      async changeMany(top: BridgeId, bridges: BridgeId[], change: ManyChange, message: string) {
        const body = { bridges, change };
        const done = await call(bridgeContracts.changeBridges, { params: { conference, bridge: top }, body });
        remember(done.change, top, message);
        await renew();
        return done.changed;
      },
      async removeMany(top: BridgeId, bridges: BridgeId[], message: string) {
        const done = await call(bridgeContracts.removeBridges, {
          params: { conference, bridge: top },
          body: { bridges },
        });
        remember(done.change, top, message);
        await renew();
        return done.changed;
      },
      /** One of the list of changes; what was done last here is not told any more then. */
      async undo(change: BridgeChange) {
        await undo(change);
        rememberDeed(null);
      },
    }),
    [conference, queries, remember, rememberDeed, renew, show, undo],
  );
}
export type Deeds = ReturnType<typeof useDeeds>;
