import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { seal, writeLine, type ExportLine, type Proof } from '../../domain/ledger/export.ts';
import type { HeadTree } from '../../domain/ledger/merkle.ts';
import type { Bridge } from '../../domain/bridges/bridge.ts';
import type { BridgeId, SessionId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import { shorten } from '../../domain/text/normalize.ts';
import { formatDate } from '../../domain/text/dates.ts';
import { civilDateOf, type Instant } from '../../domain/time.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import { conferenceSummary } from '../plans/queries.ts';
import type { Context } from '../platform/context.ts';
import type { Document } from '../platform/endpoint.ts';
import { sha256 } from '../platform/keys.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { sessionOf } from '../schedule/queries.ts';
import { signCheckpoint, type NamedCheckpoint } from './commands.ts';
import { treeAt } from './live.ts';
import { everyCheckpoint, findCheckpoints, firstOwnCheckpoint } from './queries.ts';
import { EXPORT_NAME } from './sentences.ts';
import { eventsAt, placesOf, proofsOf } from './store.ts';

export const EXPORT_TYPE = 'application/x-ndjson';

export interface LedgerExportAsked {
  /** Checkpoints that somebody kept, by number or fingerprint: how each bridge stood under them is shown too. */
  readonly under: readonly string[];
  /** Whether what people wrote goes out too; without it the export verifies all the same. */
  readonly texts: boolean;
}

export type LedgerExportFailure =
  | { readonly reason: 'no such session' | 'no bridges' }
  | { readonly reason: 'no such checkpoint'; readonly asked: string };

/** The ledger of one bridge as a file that anyone with the public key can verify, written as it is read. */
export function exportBridgeLedger(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'people'>,
  session: SessionId,
  asked: LedgerExportAsked,
): Promise<Result<Document, LedgerExportFailure>> {
  return exportOf(context, conference, bridge, session, asked, false);
}

/** The same of a bridge and everything below it. */
export function exportLedger(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'people' | 'below'>,
  session: SessionId,
  asked: LedgerExportAsked,
): Promise<Result<Document, LedgerExportFailure>> {
  return exportOf(context, conference, bridge, session, asked, true);
}

/** What an export is written out of. It ends where its last checkpoint does. */
interface Sources {
  readonly context: Context;
  readonly header: Extract<ExportLine, { kind: 'header' }>;
  readonly session: SessionId;
  /** The checkpoints of the export: the first number, and the last of them. */
  readonly first: number;
  readonly last: NamedCheckpoint | null;
  readonly bridges: readonly Pick<Bridge, 'id' | 'name'>[];
  /** Trees under which each bridge is shown, by the number of their checkpoint. */
  readonly trees: ReadonlyMap<number, HeadTree>;
  readonly places: ReadonlyMap<BridgeId, readonly number[]>;
  readonly texts: boolean;
}

async function exportOf(
  context: Context,
  conference: AuthorizedConferenceId,
  top: AuthorizedBridgeId<'people'>,
  session: SessionId,
  { under, texts }: LedgerExportAsked,
  isWhole: boolean,
): Promise<Result<Document, LedgerExportFailure>> {
  const held = await sessionOf(context, conference, session);
  if (held === null) return { ok: false, reason: 'no such session' };
  const tree = await bridgeTreeOf(context, conference);
  const bridge = tree?.get(top);
  if (tree === null || bridge === undefined) return { ok: false, reason: 'no bridges' };
  const { title } = await conferenceSummary(context, conference);
  const shown = isWhole ? tree.subtree(top) : [bridge];
  const ids = new Set(shown.map(({ id }) => id));
  const isAll = isWhole && bridge.parent === null;
  // Signed first, where it is not covered yet: every event of an export is.
  const last = await signCheckpoint(
    context,
    (head) => head.session === session && (isAll || ids.has(head.bridge)),
    false,
  );
  const kept = await findCheckpoints(context, under);
  if (!kept.ok) return kept;

  const { read } = context.database;
  const places = await placesOf(read, session, last?.seq ?? 0, isWhole ? null : top);
  // A bridge that was taken out of the conference keeps its events; they belong to the whole.
  const gone = isAll ? [...places.keys()].filter((id) => tree.get(id) === undefined) : [];
  const checkpoints = [...kept.value, ...(last === null ? [] : [last])];
  if (isWhole) checkpoints.push(...(await closingOf(context, session, top)));
  const trees = new Map<number, HeadTree>();
  for (const { number, seq } of checkpoints) {
    if (!trees.has(number)) trees.set(number, await treeAt(context, seq));
  }
  const header = {
    conference,
    title,
    session,
    sessionTitle: held.title,
    top,
    at: context.clock(),
    key: context.keys.ledger.publicKey,
  };
  const sources: Sources = {
    context,
    header: { kind: 'header', header },
    session,
    first: await firstOwnCheckpoint(context),
    last,
    bridges: [...shown, ...gone.map((id) => ({ id, name: id }))],
    trees,
    places,
    texts,
  };
  return ok({
    type: EXPORT_TYPE,
    filename: fileName(bridge.name, held.startsAt, context),
    write: (out) => pipeline(Readable.from(piecesOf(sources)), out),
  });
}

/** The checkpoint that closed the top bridge last, which its summary names: all below are shown under it too. */
async function closingOf(context: Context, session: SessionId, top: BridgeId): Promise<NamedCheckpoint[]> {
  const proof = (await proofsOf(context.database.read, session, [top])).at(-1);
  if (proof === undefined) return [];
  const found = await findCheckpoints(context, [String(proof.checkpoint)]);
  return found.ok ? found.value : [];
}

/** `Sổ điểm danh - Huyện Đại Từ - 13-01-2025.ndjson` */
function fileName(name: string, startsAt: Instant, { language }: Context): string {
  const plain = name
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"/\\|?*]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const day = formatDate(civilDateOf(startsAt)).replaceAll('/', '-');
  return `${EXPORT_NAME[language]} - ${shorten(plain, 80)} - ${day}.ndjson`;
}

/** Text worth sending. */
const PIECE = 65_536;

/** The lines of an export in pieces, sealed at the end. */
async function* piecesOf(sources: Sources): AsyncGenerator<string, void, undefined> {
  const sealed = seal(sha256);
  let text = '';
  let bridges = 0;
  let events = 0;
  for await (const line of linesOf(sources)) {
    const written = writeLine(line);
    if (line.kind === 'event') events += 1;
    else sealed.add(written);
    if (line.kind === 'bridge') bridges += 1;
    text += `${written}\n`;
    if (text.length < PIECE) continue;
    yield text;
    text = '';
  }
  const signature = sources.context.keys.ledger.sign(sealed.text(bridges, events));
  yield `${text}${writeLine({ kind: 'end', bridges, events, signature })}\n`;
}

async function* linesOf(sources: Sources): AsyncGenerator<ExportLine, void, undefined> {
  const { context, header, first, last, bridges } = sources;
  yield header;
  for await (const { statement, signature } of everyCheckpoint(context, first, last?.number ?? 0)) {
    yield { kind: 'checkpoint', checkpoint: { statement, signature } };
  }
  for (let at = 0; at < bridges.length; at += BRIDGES_AT_A_TIME) {
    yield* bridgeLines(sources, bridges.slice(at, at + BRIDGES_AT_A_TIME));
  }
}

const BRIDGES_AT_A_TIME = 100;
const EVENTS_AT_A_TIME = 2000;

/** The lines of some bridges: their events are read across them, as most have few. */
async function* bridgeLines(
  { context, session, first, last, trees, places, texts }: Sources,
  bridges: readonly Pick<Bridge, 'id' | 'name'>[],
): AsyncGenerator<ExportLine, void, undefined> {
  const { read } = context.database;
  const ids = bridges.map(({ id }) => id);
  const kept = Map.groupBy(await proofsOf(read, session, ids), ({ bridge }) => bridge);
  const wanted = ids.flatMap((id) => places.get(id) ?? []);
  const found = eventsInTurn(wanted);
  for (const { id, name } of bridges) {
    yield { kind: 'bridge', bridge: id, name };
    for (let left = places.get(id)?.length ?? 0; left > 0; left--) {
      const { value: event, done } = await found.next();
      if (done === true) throw new Error('events that were just counted are gone');
      yield { kind: 'event', event: texts ? event : { ...event, texts: null } };
    }
    const proofs = new Map<number, Proof>();
    for (const { checkpoint, included } of kept.get(id) ?? []) {
      if (checkpoint >= first && checkpoint <= (last?.number ?? 0))
        proofs.set(checkpoint, { checkpoint, included });
    }
    for (const [checkpoint, tree] of trees) proofs.set(checkpoint, proofUnder(tree, checkpoint, session, id));
    for (const proof of [...proofs.values()].toSorted((a, b) => a.checkpoint - b.checkpoint)) {
      yield { kind: 'proof', proof };
    }
  }

  async function* eventsInTurn(all: readonly number[]) {
    for (let at = 0; at < all.length; at += EVENTS_AT_A_TIME) {
      yield* await eventsAt(read, all.slice(at, at + EVENTS_AT_A_TIME));
    }
  }
}

function proofUnder(tree: HeadTree, checkpoint: number, session: SessionId, bridge: BridgeId): Proof {
  const included = tree.inclusion(session, bridge);
  if (included !== null) return { checkpoint, included };
  const absent = tree.absence(session, bridge);
  if (absent === null) throw new Error('a chain that is neither there nor not there');
  return { checkpoint, absent };
}
