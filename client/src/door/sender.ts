import { attendanceContracts, type RecordAnswer } from '../../../domain/wire/attendance.ts';
import { keptAccountId } from '../app/account.ts';
import { currentLanguage } from '../app/language.ts';
import { call, isSignedOut, Refused } from '../api/call.ts';
import { ask, currentLine, noteSignIn, subscribeLine } from '../api/socket.ts';
import { isRevokedHere, noteUnpaired } from '../devices/contact.ts';
import { asMachine } from '../devices/introduce.ts';
import { forgetOld, nextBatch, settle } from './outbox.ts';
import { subscribeVaults } from './vault.ts';

const BATCH = 100;
const AGAIN_MS = 3000;
/** Where the server says no to the sender rather than to an event: somebody has to act first. */
const AGAIN_AFTER_REFUSAL_MS = 20_000;

/** Told of each batch that the server has answered. */
export type OnAnswered = (answers: readonly RecordAnswer[]) => void;

const listeners = new Set<OnAnswered>();
let running = false;
let again = false;
let timer: ReturnType<typeof setTimeout> | undefined;

export function onAnswered(listener: OnAnswered): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Sends what waits, oldest first, until nothing does. One run at a time, over all tabs where the browser can see to it;
 * the ids make a batch that was sent twice, or by two tabs, the same as one.
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
    wait = await alone(run).catch(() => AGAIN_MS);
  } while (again && wait === null);
  running = false;
  if (wait !== null) timer = setTimeout(send, wait);
}

/** Only one tab sends. The others look again later, in case it was closed in between. */
async function alone(work: () => Promise<number | null>): Promise<number | null> {
  // Missing on pages that came over plain HTTP.
  const locks = (navigator as { locks?: LockManager }).locks;
  if (locks === undefined) return await work();
  return await locks.request('nhipcau-send', { ifAvailable: true }, async (lock) =>
    lock === null ? AGAIN_MS : await work(),
  );
}

/** Null when nothing waits any more, else after how long to try again. */
async function run(): Promise<number | null> {
  // A door that this account may not write to must not hold up the others.
  const closed = new Set<string>();
  for (;;) {
    // Read anew each time: another tab may have signed somebody else in, under whose name nothing of this goes.
    const account = keptAccountId();
    if (account === null) return null;
    const batch = await nextBatch(account, BATCH, closed);
    const [first] = batch;
    if (first === undefined) {
      await forgetOld(account, Date.now());
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
    const settled = await settle(first, answers, Date.now());
    // A machine that was revoked keeps nothing of the bridge's people.
    for (const answer of answers) {
      if (answer.outcome === 'quarantined' && !isRevokedHere(bridge, answer)) noteHeld(bridge, answer);
    }
    for (const listener of listeners) listener(answers);
    if (settled === 0) closed.add(first.place);
  }
}

/** Held for another reason than that the machine is revoked: where it is this machine's own, it has to be paired. */
function noteHeld(bridge: string, answer: RecordAnswer): void {
  if (answer.reason === 'device-unpaired') noteUnpaired(bridge, answer);
}

type Body = Parameters<typeof call<typeof attendanceContracts.record>>[1]['body'];

/** By the socket where there is one, else by a plain request. Null when the sender itself was refused. */
async function deliver(conference: string, body: Body): Promise<readonly RecordAnswer[] | null> {
  if (currentLine() === 'connected') {
    const answer = await ask('attendance:record', { ...body, conference });
    if (answer.ok) return answer.items;
    noteSignIn(answer.reason === 'not-signed-in');
    return null;
  }
  try {
    const params = { conference, bridge: body.bridge };
    return (await call(attendanceContracts.record, { params, body }, undefined, asMachine)).items;
  } catch (error) {
    noteSignIn(isSignedOut(error));
    if (error instanceof Refused) return null;
    throw error;
  }
}

subscribeLine(() => {
  if (currentLine() === 'connected') send();
});
subscribeVaults(send);
window.addEventListener('online', send);
