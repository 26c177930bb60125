import { fingerprintOf, NOTHING_BEFORE, readStatement, statementOf } from '../../domain/ledger/checkpoint.ts';
import type { Link } from '../../domain/ledger/chain.ts';
import type { Head } from '../../domain/ledger/merkle.ts';
import { auditHead } from '../audit/queries.ts';
import type { Context } from '../platform/context.ts';
import { sha256 } from '../platform/keys.ts';
import { signatureCheck } from '../platform/signatures.ts';
import { catchUp, chainKey, inTurn, liveHeads, type LiveHeads } from './live.ts';
import { addCheckpoint, lastCheckpoint, lastEvent, type CheckpointRow, type ProofRow } from './store.ts';

/** A checkpoint with its short name. */
export interface NamedCheckpoint extends CheckpointRow {
  readonly fingerprint: string;
}

export function named(checkpoint: CheckpointRow): NamedCheckpoint {
  return { ...checkpoint, fingerprint: fingerprintOf(checkpoint.statement, sha256) };
}

/** More often in a row another process does not sign first: then something is wrong. */
const MOST_ATTEMPTS = 20;

/**
 * Signs a checkpoint over everything that the ledger and the audit trail have, or gives the last one where nothing was
 * written since. Null while both are empty. Several processes may sign at the same time: the numbers are taken one by one, and whoever
 * comes second takes in what the other one signed.
 *
 * @param concerns the chains that have to be covered; where none of them has grown, the last one does
 * @param trail whether the audit trail has to be covered too
 */
export function signCheckpoint(
  context: Context,
  concerns: (head: Head) => boolean = () => true,
  trail = true,
): Promise<NamedCheckpoint | null> {
  return inTurn(context, async () => {
    const { read, write } = context.database;
    const live = liveHeads(context);
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const last = await lastCheckpoint(read);
      const end = await lastEvent(read);
      // One that an older key signed, before it was lost, is none that anybody can check with this one.
      const covers = last !== null && isOwn(context, last);
      const audit = await auditHead(context);
      const entered = audit.place > (last === null ? 0 : coveredEntries(last));
      if (covers && end <= last.seq && !(trail && entered)) return named(last);
      if (end === 0 && audit.place === 0) return null;
      if (last !== null && live.seq === 0) await takeUp(context, live, last, end);
      await catchUp(context, live, end);
      const grown = [...live.grown.values()].filter(({ seq }) => seq > (last?.seq ?? 0));
      if (covers && !grown.some(concerns) && !(trail && entered)) return named(last);
      const checkpoint = sign(context, live, audit, last);
      if (!(await addCheckpoint(write, checkpoint, closedAmong(live, grown)))) continue;
      live.grown.clear();
      live.signed = { seq: live.seq, tree: live.tree.copy() };
      return named(checkpoint);
    }
    throw new Error(`others signed ${MOST_ATTEMPTS} checkpoints in a row`);
  });
}

/**
 * Takes the ledger up where the last checkpoint left it, and holds it against that: whoever changed it meanwhile is not to
 * have it signed unnoticed. It is signed all the same, as doors have to close; `ledger verify` finds the place for ever.
 */
async function takeUp(context: Context, live: LiveHeads, last: CheckpointRow, end: number): Promise<void> {
  await catchUp(context, live, Math.min(last.seq, end));
  if (readStatement(last.statement)?.root === live.tree.root()) return;
  context.log.error(
    { checkpoint: last.number },
    'the ledger is not what its last checkpoint signed: run "ledger verify"',
  );
}

/** How many entries of the audit trail a checkpoint covers. */
function coveredEntries({ statement }: CheckpointRow): number {
  return readStatement(statement)?.audit.place ?? 0;
}

/** Whether the present key signed a checkpoint. */
export function isOwn({ keys }: Context, { statement, signature }: CheckpointRow): boolean {
  return signatureCheck(keys.ledger.publicKey)?.(statement, signature) === true;
}

function sign(
  { clock, keys }: Context,
  { tree, seq, events }: LiveHeads,
  audit: Link,
  last: CheckpointRow | null,
): CheckpointRow {
  const number = (last?.number ?? 0) + 1;
  const at = clock();
  const before = last === null ? NOTHING_BEFORE : sha256(last.statement);
  const covered = { seq, events, chains: tree.size, root: tree.root(), audit };
  const statement = statementOf({ number, at, ...covered, before });
  return { number, seq, at, statement, signature: keys.ledger.sign(statement) };
}

/** The closed bridges among those to which something came since the last checkpoint: this one closes them. */
function closedAmong({ tree, closings }: LiveHeads, grown: readonly Head[]): Omit<ProofRow, 'checkpoint'>[] {
  return grown.flatMap(({ session, bridge }) => {
    if (closings.get(chainKey(session, bridge))?.isClosed() !== true) return [];
    const included = tree.inclusion(session, bridge);
    return included === null ? [] : [{ session, bridge, included }];
  });
}
