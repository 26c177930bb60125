import { z } from 'zod';

import { Instant } from '../time.ts';
import { contract, page, PageQuery } from './contract.ts';

/** A signed statement over the heads of all chains, as of one place in the ledger. */
export const CheckpointRow = z.object({
  number: z.int(),
  at: Instant,
  /** The ledger's last event that it covers. */
  seq: z.int(),
  events: z.int(),
  chains: z.int(),
  root: z.string(),
  /** Short name of the statement for paper: `K7QF-2M9X-4TZA-9C3D`. */
  fingerprint: z.string(),
  /** The text that is signed. Whoever keeps it can hold every later export against it. */
  statement: z.string(),
  /** Ed25519, in base64url. */
  signature: z.string(),
});
export type CheckpointRow = z.infer<typeof CheckpointRow>;

const LedgerQuery = z.object({
  /** Numbers or fingerprints of checkpoints that somebody kept, with commas between: bridges are shown under them too. */
  under: z
    .string()
    .max(2000)
    .regex(/^[\dA-Za-z, -]*$/)
    .brand<'Checkpoints'>()
    .optional(),
  /** Without what people wrote (names of walk-ins, reasons) the export verifies all the same. */
  texts: z.stringbool().default(true),
});

export const ledgerContracts = {
  ledgerKey: contract({
    method: 'get',
    path: '/ledger/key',
    summary: 'The public key with which checkpoints and exports of the ledger are signed',
    scope: { at: 'public' },
    answer: z.object({ algorithm: z.literal('Ed25519'), key: z.string() }),
  }),
  ledgerVerifier: contract({
    method: 'get',
    path: '/ledger/verifier',
    summary: 'A program in one file that verifies an export with nothing but Node and the public key',
    scope: { at: 'public' },
    answer: 'stream',
    streams: ['text/javascript'],
  }),
  checkpoints: contract({
    method: 'get',
    path: '/conferences/{conference}/checkpoints',
    summary: 'Signed checkpoints over the whole ledger, newest first',
    scope: { at: 'conference', right: 'belong' },
    query: PageQuery,
    answer: page(CheckpointRow),
  }),
  exportBridgeLedger: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/sessions/{session}/ledger',
    summary: 'The ledger of one bridge as lines of JSON that anyone with the public key can verify',
    scope: { at: 'bridge', right: 'people' },
    query: LedgerQuery,
    answer: 'stream',
    streams: ['application/x-ndjson'],
    audit: 'look',
  }),
  exportLedger: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/sessions/{session}/ledger-export',
    summary: 'The same of a bridge and everything below it',
    scope: { at: 'bridge', right: 'people', below: true },
    query: LedgerQuery,
    answer: 'stream',
    streams: ['application/x-ndjson'],
    audit: 'look',
  }),
};
