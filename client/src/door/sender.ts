import { api } from '../../../domain/wire/api.ts';
import type { RecordAnswer } from '../../../domain/wire/attendance.ts';
import { currentLanguage } from '../app/language.ts';
import { call, Refused } from '../api/call.ts';
import { ask, currentLine, subscribeLine } from '../api/socket.ts';
import { forgetOld, type KeptEvent, nextBatch, settle } from './outbox.ts';

const BATCH = 100;
const AGAIN_MS = 3000;
/** Where the server says no to the sender rather than to an event: somebody has to act first. */
const AGAIN_AFTER_REFUSAL_MS = 20_000;

/** Told of each batch that the server has acknowledged. */
export type OnAcknowledged = (events: readonly KeptEvent[], answers: readonly RecordAnswer[]) => void;

const listeners = new Set<OnAcknowledged>();
let running = false;
let again = false;
let timer: ReturnType<typeof setTimeout> | undefined;

export function onAcknowledged(listener: OnAcknowledged): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Sends what waits, oldest first, until nothing does. One run at a time; the ids make a batch that was sent twice, or
 * by two tabs, the same as one.
 */
export function send(): void {
  if (running) {
    again = true;
    return;
  }
  running = true;
  clearTimeout(timer);
  void keepSending();
}

async function keepSending(): Promise<void> {
  let wait: number | null;
  do {
    again = false;
    // No answer: the events stay, and are sent again under the same ids.
    wait = await run().catch(() => AGAIN_MS);
  } while (again && wait === null);
  running = false;
  if (wait !== null) timer = setTimeout(send, wait);
}

/** Null when nothing waits any more, else after how long to try again. */
async function run(): Promise<number | null> {
  // A door that this account may not write to must not hold up the others.
  const closed = new Set<string>();
  for (;;) {
    const batch = await nextBatch(BATCH, closed);
    const [first] = batch;
    if (first === undefined) {
      await forgetOld(Date.now());
      return closed.size > 0 ? AGAIN_AFTER_REFUSAL_MS : null;
    }
    const { conference, session, bridge } = first;
    const events = batch.map((kept) => kept.event);
    const body = { session, bridge, language: currentLanguage(), events };
    const answers = await deliver(conference, body);
    if (answers === null) {
      closed.add(first.place);
      continue;
    }
    // The page first: an event that no longer waited and was not yet known would be missing for a moment.
    for (const listener of listeners) listener(batch, answers);
    const settled = await settle(answers);
    if (settled === 0) closed.add(first.place);
  }
}

type Body = Parameters<typeof call<typeof api.record>>[1]['body'];

/** By the socket where there is one, else by a plain request. Null when the sender itself was refused. */
async function deliver(conference: string, body: Body): Promise<readonly RecordAnswer[] | null> {
  if (currentLine() === 'connected') {
    const answer = await ask('attendance:record', { ...body, conference });
    return answer.ok ? answer.items : null;
  }
  try {
    return (await call(api.record, { params: { conference, bridge: body.bridge }, body })).items;
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

subscribeLine(() => {
  if (currentLine() === 'connected') send();
});
window.addEventListener('online', send);
