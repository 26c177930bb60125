import { timeOf } from '../../domain/attendance/order.ts';
import type { Language } from '../../domain/text/language.ts';
import type { HeldRow } from '../../domain/wire/devices.ts';
import { numberedName } from '../devices/sentences.ts';
import { OPERATOR_NAME } from '../reports/sentences.ts';
import type { HeldEvent } from './queries.ts';
import { causeSentence, heldSentence, UNKNOWN_MACHINE } from './sentences.ts';

/** An event in quarantine, as lists show it. */
export function presentHeld(held: HeldEvent, language: Language): HeldRow {
  const { record, event, bridge, device, person, decidedBy, erased } = held;
  const { decidedAt: at, reason } = record;
  return {
    id: record.id,
    bridge: bridge.id,
    bridgeName: bridge.name,
    session: record.session,
    device: record.device,
    deviceName:
      device === null ? UNKNOWN_MACHINE[language] : (device.name ?? numberedName(device.number, language)),
    cause: record.cause,
    because: causeSentence(record.cause, language),
    kind: event.kind,
    says: heldSentence(event, person, language),
    at: timeOf(event),
    receivedAt: record.receivedAt,
    state: record.state,
    inLedger: record.inLedger,
    decision:
      at === null || reason === null
        ? null
        : { at, by: record.decidedBy === null ? OPERATOR_NAME[language] : decidedBy, reason },
    erased,
  };
}
