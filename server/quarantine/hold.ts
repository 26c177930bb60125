import type { AttendanceEvent } from '../../domain/attendance/event.ts';
import { isSameEvent, newForm } from '../../domain/ledger/form.ts';
import { assertNever } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import { isRevoked } from '../devices/standing.ts';
import type { Context } from '../platform/context.ts';
import { newSalt, sha256 } from '../platform/keys.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { heldContents, holdEvents, type HeldContent, type HeldEntry } from './store.ts';

/** An event that came in, sound and of this bridge. */
interface Received {
  readonly event: AttendanceEvent;
  readonly receivedAt: Instant;
}

/**
 * What becomes of an event whose machine was revoked at its bridge:
 * - `quarantined`: it waits there for a person; durable, and answered so again however often it is sent.
 * - `conflict`: the quarantine has another event under its id.
 * - `ledger`: it goes to the ledger like any other. It is there already, and gets the answer of a replay; or a person has
 *   accepted it; or the machine was restored before it was sent.
 */
export type Held = 'quarantined' | 'conflict' | 'ledger';

/**
 * Holds what machines send that `revokedAmong` (`server/devices/standing.ts`) named, outside ledger and figures. Gives one
 * answer for each entry, in order, after the commit that holds them.
 *
 * The ledger comes first: an event that it has is never held. Then the quarantine: what it has under the id answers for
 * it, also where the machine was restored meanwhile. Only then does it matter whether the machine is revoked.
 */
export async function quarantine(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'host'>,
  entries: readonly Received[],
): Promise<readonly Held[]> {
  const { database } = context;
  const revoked = await Promise.all(entries.map(({ event }) => isRevoked(context, bridge, event.device)));
  const held = entries.filter((_, at) => revoked[at] === true).map(formOf);
  if (held.length > 0) await holdEvents(database.write, conference, bridge, held);
  const known = await heldContents(
    database.read,
    entries.map(({ event }) => event.id),
  );
  return entries.map(({ event }) => answerTo(event, known.get(event.id)));
}

function formOf({ event, receivedAt }: Received): HeldEntry {
  const { id, session, device } = event;
  const { form, texts } = newForm(event, newSalt, sha256);
  return { id, session, device, receivedAt, form, salt: texts?.salt ?? null, texts: texts?.texts ?? null };
}

function answerTo(event: AttendanceEvent, known: HeldContent | undefined): Held {
  if (known === undefined) return 'ledger';
  switch (known.state) {
    case 'waiting':
    case 'refused':
      return isSameEvent(event, known.form, known.texts) ? 'quarantined' : 'conflict';
    // Decided: from here on the ledger answers, also where the process died before it had the event.
    case 'accepting':
    case 'accepted':
    case 'conflict':
      return 'ledger';
    default:
      return assertNever(known.state);
  }
}
