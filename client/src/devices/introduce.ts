import { ask, clockOffset, introduceWith, renewLine } from '../api/socket.ts';
import type { Sign } from '../api/call.ts';
import { keptKey, onNewKey, proofFor, signRequest } from './machineKey.ts';

/** Signs a request as this machine, at the server's time as this machine last measured it. */
export const asMachine: Sign = (request, serverTime) =>
  signRequest(request, serverTime ?? Date.now() + clockOffset());

// A machine that has a key shows on each new line whose it is; what it sends next goes right behind it, in the same order.
introduceWith(async (line) => {
  const key = await keptKey();
  if (key === null) return;
  const proof = await proofFor(key, line);
  // A refusal shows with what is asked next.
  ask('device:prove', proof).catch(() => undefined);
});
// A line is one machine's: with a new key it begins anew.
onNewKey(renewLine);
