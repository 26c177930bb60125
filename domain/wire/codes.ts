import { z } from 'zod';

import { Mode } from '../attendance/event.ts';
import { BridgeId, DeviceId, EventId, PersonId } from '../ids.ts';
import { Instant } from '../time.ts';
import { contract, page, PageQuery } from './contract.ts';

/** A code that was scanned at a bridge and that no list knows (mã lạ), until a person finds out whose it is. */
export const UnknownCodeRow = z.object({
  code: PersonId,
  bridge: BridgeId,
  bridgeName: z.string(),
  /** First come first. */
  arrivals: z.array(z.object({ event: EventId, device: DeviceId, time: Instant, mode: Mode })),
  /** Whom a pass with a right signature was issued for, where the roster has them: a proposal, no more. */
  proposed: z.object({ person: PersonId, name: z.string(), position: z.string() }).nullable(),
});
export type UnknownCodeRow = z.infer<typeof UnknownCodeRow>;

export const codeContracts = {
  codesToResolve: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/sessions/{session}/codes',
    summary: 'Codes that were scanned at a bridge and below it and that no list knows, in tree order',
    scope: { at: 'bridge', right: 'host' },
    query: PageQuery,
    answer: page(UnknownCodeRow).extend({ sequence: z.int() }),
    audit: 'look',
  }),
};
