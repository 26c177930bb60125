import type { AttendanceEvent } from '../../../domain/attendance/event.ts';
import type { VerifyOptions } from '../../../domain/ledger/verify.ts';
import type { BridgeId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import type { RecordAnswer } from '../../../domain/wire/attendance.ts';
import { closingCheckpoint, type ClosingCheckpoint } from '../../../server/ledger/queries.ts';
import type { Context } from '../../../server/platform/context.ts';
import { sha256 } from '../../../server/platform/keys.ts';
import { signatureCheck } from '../../../server/platform/signatures.ts';
import type { Sample } from '../sample.ts';

/** What a verifier is given of a key. */
export function optionsOf(key: string): VerifyOptions {
  const isSigned = signatureCheck(key);
  if (isSigned === null) throw new Error(`no key: ${key}`);
  return { hash: sha256, key, isSigned };
}

/** Records events of one bridge as its doors do. */
export async function record(
  { organizer, conference, session }: Pick<Sample, 'organizer' | 'conference' | 'session'>,
  bridge: BridgeId,
  ...events: AttendanceEvent[]
): Promise<RecordAnswer[]> {
  const body = { session, bridge, events };
  const { items } = await organizer.call(api.record, { params: { conference, bridge }, body });
  const bad = items.find(({ outcome }) => outcome !== 'recorded');
  if (bad !== undefined) throw new Error(bad.message);
  return items;
}

/** The text of an export of a bridge, alone or with everything below it. */
export async function exported(
  { organizer, conference, session }: Pick<Sample, 'organizer' | 'conference' | 'session'>,
  bridge: BridgeId,
  what: 'alone' | 'subtree',
  query: { under?: string; texts?: string } = {},
): Promise<string[]> {
  const params = { conference, bridge, session };
  const contract = what === 'alone' ? api.exportBridgeLedger : api.exportLedger;
  const answer = await organizer.response(contract, { params, query });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text.split('\n');
}

/** Asks until the server has signed what closes a bridge; the job does so by itself within a second or two. */
export async function closedBy(
  context: Context,
  session: Sample['session'],
  bridge: BridgeId,
): Promise<ClosingCheckpoint> {
  for (const until = performance.now() + 10_000; performance.now() < until;) {
    const found = await closingCheckpoint(context, session, bridge);
    if (found !== null) return found;
    await new Promise((resolve) => void setTimeout(resolve, 20));
  }
  throw new Error('no checkpoint closed the bridge within ten seconds');
}
