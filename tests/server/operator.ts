import type { BridgeId, ConferenceId } from '../../domain/ids.ts';
import { createGate } from '../../server/access/gate.ts';
import type { Context } from '../../server/platform/context.ts';

/** The scopes of whoever works at the machine itself: for tests that call commands beside the server. */
export async function operatorOf(context: Context, conference: ConferenceId, bridge: BridgeId) {
  const gate = createGate();
  const operator = gate.operator(context);
  const [ofConference, ofBridge] = [
    await operator.conference(conference),
    await operator.bridge(conference, bridge),
  ];
  if (!ofConference.ok || !ofBridge.ok) throw new Error('no such conference or bridge');
  return { conference: ofConference.value, bridge: ofBridge.value };
}
