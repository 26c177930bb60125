import { z } from 'zod';

import { BridgeId } from '../ids.ts';
import { LineStanding } from '../media/line-standing.ts';
import { LineMeasures } from '../media/line-test.ts';
import { INCIDENT_KINDS } from '../media/quality.ts';
import { Language } from '../text/language.ts';
import { Instant } from '../time.ts';
import { TableRevision } from './bridges.ts';
import { contract } from './contract.ts';

/** One test of a bridge's line, with what it found in sentences. */
export const LineTest = z.object({
  id: z.string(),
  at: Instant,
  /** Who ran it; null once the account is gone. */
  byName: z.string().nullable(),
  /** For how long it measured. */
  seconds: z.int(),
  measures: LineMeasures,
  verdict: z.enum(['fit', 'fit with remarks', 'unfit']),
  findings: z.array(z.object({ weight: z.enum(['remark', 'fault']), message: z.string() })),
});
export type LineTest = z.infer<typeof LineTest>;

/**
 * The last test of every bridge that the caller sees and that has tested, by column. How a line stands by it is in `BridgeTable`. Null is
 * what could not be measured.
 */
export const LineTable = z.object({
  ids: z.array(BridgeId),
  at: z.array(Instant),
  upKbps: z.array(z.number().nullable()),
  downKbps: z.array(z.number().nullable()),
  loss: z.array(z.number().nullable()),
  jitterMs: z.array(z.number().nullable()),
  delayMs: z.array(z.number().nullable()),
  camera: z.array(z.boolean().nullable()),
  sound: z.array(z.boolean().nullable()),
});
export type LineTable = z.infer<typeof LineTable>;

export const lineContracts = {
  addLineTest: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/line-tests',
    summary: 'Hand in what a bridge measured of its line; the page makes the id, so that it counts once',
    scope: { at: 'bridge', right: 'host' },
    body: z.object({ id: z.uuid(), seconds: z.int().min(1).max(3600), measures: LineMeasures }),
    answer: LineTest,
  }),
  lineTests: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/line-tests',
    summary: "The tests of a bridge's line, newest first (the last hundred), and how it stands by them",
    scope: { at: 'bridge', right: 'read' },
    answer: z.object({ standing: LineStanding, items: z.array(LineTest) }),
    audit: { none: 'what machines measured, and which host of the bridge ran the test' },
  }),
  lineTable: contract({
    method: 'get',
    path: '/conferences/{conference}/line-table',
    summary:
      'The last test of the line of every bridge that the caller sees; nothing but the revision where it is still the same',
    scope: { at: 'conference', right: 'belong' },
    query: z.object({ since: TableRevision.optional() }),
    answer: z.object({ revision: TableRevision, table: LineTable.nullable() }),
    audit: { none: 'what machines measured' },
  }),
  lineIncidents: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/sessions/{session}/line-incidents',
    summary:
      'What went wrong with the lines of a bridge and of everything below it in a session, from when to when',
    scope: { at: 'bridge', right: 'read', below: true },
    answer: z.object({
      items: z.array(
        z.object({
          bridge: BridgeId,
          bridgeName: z.string(),
          kind: z.enum(INCIDENT_KINDS),
          from: Instant,
          /** Null while it goes on. */
          to: Instant.nullable(),
        }),
      ),
      /** What goes on is counted up to here: now, or the end of the session. */
      until: Instant,
      /** More than these are in the file of the report. */
      total: z.int(),
    }),
    audit: { none: 'what machines measured' },
  }),
  exportLines: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/line-tests/export',
    summary: 'How the lines of a bridge and of everything below it stand as a file, with whom to call',
    scope: { at: 'bridge', right: 'read', below: true },
    query: z.object({
      format: z.enum(['xlsx', 'csv']),
      /** Only lines that stand so. */
      standing: LineStanding.optional(),
      language: Language.default('vi'),
    }),
    answer: 'stream',
    streams: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv'],
    audit: 'look',
  }),
};
export type LineIncidents = z.infer<(typeof lineContracts)['lineIncidents']['answer']>;
