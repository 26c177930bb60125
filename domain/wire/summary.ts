import { z } from 'zod';

import { BridgeId, PersonId, SessionId } from '../ids.ts';
import { CivilDate, Instant } from '../time.ts';
import { BridgeState, TallyFigures } from './attendance.ts';
import { contract } from './contract.ts';

/** When a bridge opened or closed, and at which of its machines. */
const Turn = z.object({
  at: Instant,
  /** Null for a machine that never announced itself. */
  device: z.string().nullable(),
});

/** Somebody by name on the summary. */
const Named = z.object({ person: PersonId, name: z.string(), position: z.string(), unit: z.string() });

/** What the chair of a bridge signs after it has closed (bản tổng hợp của điểm cầu). */
export const BridgeSummary = z.object({
  conference: z.object({
    title: z.string(),
    banner: z.string().nullable(),
    number: z.string().nullable(),
    issuer: z.string().nullable(),
    issuedOn: CivilDate.nullable(),
  }),
  session: z.object({
    id: SessionId,
    title: z.string(),
    startsAt: Instant,
    endsAt: Instant,
    venue: z.string().nullable(),
  }),
  bridge: z.object({
    id: BridgeId,
    name: z.string(),
    class: z.string(),
    upper: z.string().nullable(),
    address: z.string().nullable(),
    state: BridgeState,
  }),
  chair: z.object({ name: z.string(), position: z.string(), present: z.boolean() }).nullable(),
  opened: Turn.nullable(),
  closed: Turn.nullable(),
  /** Of the bridge alone. */
  figures: TallyFigures,
  /** Of those who are present by name, as far as the roster says. */
  partyMembers: z.object({ yes: z.int(), no: z.int(), unknown: z.int() }),
  /** With all bridges below; null where none is. */
  below: z.object({ bridges: z.int(), opened: z.int(), closed: z.int(), figures: TallyFigures }).nullable(),
  /** Expected here and not here, each list in official order. */
  withReason: z.array(Named.extend({ reason: z.string() })),
  withoutReason: z.array(Named),
  /** Not checked in while the bridge is open. */
  unmarked: z.array(Named),
  elsewhere: z.array(Named.extend({ at: z.string() })),
  /** Of the bridge's line during the session; null where nobody there told how the program arrived. */
  line: z.object({ incidents: z.int(), lastedMs: z.int() }).nullable(),
  walkIns: z.array(z.object({ name: z.string(), unit: z.string() })),
  /** Last version of the bridge's attendance report. */
  version: z.object({ version: z.int(), at: Instant, sequence: z.int() }).nullable(),
  /** The signed checkpoint under which the bridge's book is closed. */
  checkpoint: z
    .object({
      number: z.int(),
      at: Instant,
      /** `K7QF-2M9X-4TZA-9C3D`: whoever keeps it can show that the book was not changed later. */
      fingerprint: z.string(),
      /** Events of the bridge under it. */
      place: z.int(),
    })
    .nullable(),
  asOf: Instant,
  /** Place in the ledger up to which the figures reach. */
  sequence: z.int(),
  /** What keeps it from being final, worst first: sentences for the one who signs. */
  notices: z.array(z.object({ kind: z.string(), message: z.string() })),
});
export type BridgeSummary = z.infer<typeof BridgeSummary>;

export const summaryContracts = {
  bridgeSummary: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/sessions/{session}/summary',
    summary:
      'What the chair of a bridge signs after it has closed, with the fingerprint of its closing checkpoint',
    scope: { at: 'bridge', right: 'people' },
    answer: BridgeSummary,
    audit: 'look',
  }),
};
