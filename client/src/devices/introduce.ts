import { ask, introduceWith, isLine, renewLine } from '../api/socket.ts';
import type { Sign } from '../api/call.ts';
import { serverNow } from '../parts/serverClock.ts';
import { keptKey, onNewKey, proofFor, signRequest } from './machineKey.ts';

/** Signs a request as this machine, at the server's time as this machine last measured it. */
export const asMachine: Sign = (request, serverTime) => signRequest(request, serverTime ?? serverNow());

// A machine that has a key shows on each new line whose it is; what it sends next goes right behind it, in the same order.
introduceWith(async (line) => {
  const key = await keptKey();
  if (key === null) return;
  const proof = await proofFor(key, line);
  // Signed for that line alone: on the next one it would be held against this machine.
  if (!isLine(line)) return;
  // A refusal shows with what is asked next.
  ask('device:prove', proof).catch(() => undefined);
});
// A line is one machine's: with a new key it begins anew.
onNewKey(renewLine);

/** The server does not know whose the line is, and this machine can show it: on a new line, as each takes one proof. */
export async function introduceAgain(): Promise<void> {
  if ((await keptKey()) !== null) renewLine();
}
