import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';

import { firstAuditLink } from '../../../domain/audit/entry.ts';
import { firstLink, nextLink, type Link } from '../../../domain/ledger/chain.ts';
import {
  fingerprintOf,
  NOTHING_BEFORE,
  statementOf,
  type SignedCheckpoint,
} from '../../../domain/ledger/checkpoint.ts';
import { closing } from '../../../domain/ledger/closing.ts';
import type { AttendanceEvent } from '../../../domain/attendance/event.ts';
import {
  seal,
  writeLine,
  type ExportedEvent,
  type ExportLine,
  type Proof,
} from '../../../domain/ledger/export.ts';
import { digestTexts, ledgerForm, textsOf } from '../../../domain/ledger/form.ts';
import { headTree, type HeadTree } from '../../../domain/ledger/merkle.ts';
import type { VerifyOptions } from '../../../domain/ledger/verify.ts';
import type { KeptHead } from '../../../domain/ledger/verify-bridge.ts';
import { ConferenceId, SessionId, type BridgeId } from '../../../domain/ids.ts';
import { Instant } from '../../../domain/time.ts';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
export const SESSION = SessionId.parse('s1');
const CONFERENCE = ConferenceId.parse('c1');
const START = 1_736_729_000_000;

/** An installation's key, and what a verifier is given of it. */
export interface Key {
  readonly sign: (text: string) => string;
  readonly options: VerifyOptions;
}

export function aKey(): Key {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const isSigned = (text: string, signature: string): boolean => {
    const bytes = Buffer.from(signature, 'base64url');
    return bytes.toString('base64url') === signature && verify(null, Buffer.from(text), publicKey, bytes);
  };
  return {
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64url'),
    options: { hash: sha256, key: publicKey.export({ format: 'jwk' }).x ?? '', isSigned },
  };
}

interface Snapshot {
  readonly tree: HeadTree;
  readonly signed: SignedCheckpoint;
  /** Chains that were closed then, so that their proof is kept. */
  readonly closed: ReadonlySet<BridgeId>;
}

/** A ledger in memory that does what the server's does. */
export interface SmallLedger {
  readonly checkpoints: readonly SignedCheckpoint[];
  append(event: AttendanceEvent): void;
  sign(): void;
  events(bridge: BridgeId): readonly ExportedEvent[];
  head(bridge: BridgeId, place: number): KeptHead;
  fingerprint(number: number): string;
  /** The lines of an export as of the last checkpoint, with proofs also under those named. */
  lines(bridges: readonly BridgeId[], under?: readonly number[]): ExportLine[];
  /** The same as text. */
  export(bridges: readonly BridgeId[], under?: readonly number[]): string[];
}

export function smallLedger(key: Key): SmallLedger {
  const chains = new Map<
    BridgeId,
    { link: Link; events: ExportedEvent[]; close: ReturnType<typeof closing> }
  >();
  const snapshots: Snapshot[] = [];
  const tree = headTree(sha256);
  let seq = 0;

  const proofUnder = (bridge: BridgeId, number: number): Proof => {
    const under = snapshots[number - 1]?.tree;
    const included = under?.inclusion(SESSION, bridge) ?? null;
    const absent = under?.absence(SESSION, bridge) ?? null;
    if (included !== null) return { checkpoint: number, included };
    if (absent === null) throw new Error(`no checkpoint ${number}`);
    return { checkpoint: number, absent };
  };
  const ledger: SmallLedger = {
    get checkpoints() {
      return snapshots.map(({ signed }) => signed);
    },
    append(event) {
      const chain = chains.get(event.bridge) ?? {
        link: firstLink(SESSION, event.bridge, sha256),
        events: [],
        close: closing(),
      };
      const texts = textsOf(event);
      const salt = sha256(event.id).slice(0, 22);
      const form = ledgerForm(event, texts === null ? null : digestTexts(texts, salt, sha256));
      seq += 1;
      const receivedAt = Instant.parse(START + seq * 10);
      const link = nextLink(chain.link, receivedAt, form, sha256);
      const salted = texts === null ? null : { salt, texts };
      chain.events.push({ ...link, receivedAt, form, texts: salted });
      chain.close.take(form);
      chains.set(event.bridge, { ...chain, link });
    },
    sign() {
      const heads = [...chains].map(([bridge, { link }]) => ({ ...link, session: SESSION, bridge }));
      tree.set(heads);
      const before = snapshots.at(-1)?.signed.statement;
      const statement = statementOf({
        number: snapshots.length + 1,
        at: Instant.parse(START + seq * 10 + 5),
        seq,
        events: seq,
        chains: tree.size,
        root: tree.root(),
        audit: firstAuditLink(sha256),
        before: before === undefined ? NOTHING_BEFORE : sha256(before),
      });
      const closed = new Set(
        [...chains].filter(([, { close }]) => close.isClosed()).map(([bridge]) => bridge),
      );
      snapshots.push({ tree: tree.copy(), signed: { statement, signature: key.sign(statement) }, closed });
    },
    events: (bridge) => chains.get(bridge)?.events ?? [],
    head(bridge, place) {
      const event = ledger.events(bridge)[place - 1];
      if (event === undefined) throw new Error(`no event ${place}`);
      return { bridge, place, hash: event.hash };
    },
    fingerprint: (number) => fingerprintOf(snapshots[number - 1]?.signed.statement ?? '', sha256),
    lines(bridges, under = []) {
      const last = snapshots.length;
      const lines: ExportLine[] = [
        {
          kind: 'header',
          header: {
            conference: CONFERENCE,
            title: 'Hội nghị thử nghiệm',
            session: SESSION,
            sessionTitle: 'Buổi sáng',
            top: bridges[0]!,
            at: Instant.parse(START),
            key: key.options.key,
          },
        },
        ...ledger.checkpoints.map((checkpoint) => ({ kind: 'checkpoint', checkpoint }) as const),
      ];
      for (const bridge of bridges) {
        lines.push({ kind: 'bridge', bridge, name: `Điểm cầu ${bridge}` });
        lines.push(...ledger.events(bridge).map((event) => ({ kind: 'event', event }) as const));
        const kept = snapshots.flatMap(({ closed }, at) => (closed.has(bridge) ? [at + 1] : []));
        const numbers = [...new Set([...kept, ...under, ...(last > 0 ? [last] : [])])].toSorted(
          (a, b) => a - b,
        );
        lines.push(
          ...numbers.map((number) => ({ kind: 'proof', proof: proofUnder(bridge, number) }) as const),
        );
      }
      return lines;
    },
    export: (bridges, under) => sealedLines(ledger.lines(bridges, under), key),
  };
  return ledger;
}

/** Lines as text, with the end that their key signs. */
export function sealedLines(lines: readonly ExportLine[], key: Key): string[] {
  const sealed = seal(sha256);
  const counts = { bridge: 0, event: 0 };
  const texts = lines.map((line) => {
    const text = writeLine(line);
    if (line.kind !== 'event') sealed.add(text);
    if (line.kind === 'bridge' || line.kind === 'event') counts[line.kind] += 1;
    return text;
  });
  const signature = key.sign(sealed.text(counts.bridge, counts.event));
  return [...texts, writeLine({ kind: 'end', bridges: counts.bridge, events: counts.event, signature })];
}
