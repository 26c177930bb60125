import type { AttendanceEvent } from '../../domain/attendance/event.ts';
import { isSameEvent, newForm } from '../../domain/ledger/form.ts';
import { assertNever } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { HeldCause } from '../../domain/wire/devices.ts';
import { isRevoked, watch } from '../devices/standing.ts';
import type { Doubt } from '../devices/trust.ts';
import type { Context } from '../platform/context.ts';
import { newSalt, sha256 } from '../platform/keys.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { heldContents, holdEvents, type HeldContent, type HeldEntry } from './store.ts';

/** An event that came in, sound and of this bridge, and what speaks against it. */
interface Received {
  readonly event: AttendanceEvent;
  readonly receivedAt: Instant;
  readonly doubt: Doubt;
}

/**
 * What becomes of an event that something speaks against:
 * - `quarantined`: it waits there for a person; durable, and answered so again however often it is sent.
 * - `conflict`: the quarantine has another event under its id.
 * - `ledger`: it goes to the ledger like any other. It is there already, and gets the answer of a replay; or a person has
 *   accepted it; or its machine may work again, and the quarantine does not have it.
 */
export type Held =
  | { readonly outcome: 'quarantined'; readonly cause: HeldCause }
  | { readonly outcome: 'conflict' }
  | { readonly outcome: 'ledger' };

/**
 * Holds what `doubtsAmong` (`server/devices/trust.ts`) names, outside ledger and figures. Gives one answer for each entry, in
 * order, after the commit that holds them.
 *
 * The ledger comes first: an event that it has is never held. Then the quarantine: what it has under the id answers for
 * it, also where the machine was restored or paired meanwhile. Only then does it matter what speaks against it.
 */
export async function quarantine(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'host'>,
  entries: readonly Received[],
): Promise<readonly Held[]> {
  const { database } = context;
  const causes = await Promise.all(entries.map((entry) => causeOf(context, bridge, entry)));
  const held = entries.flatMap((entry, at) => {
    const cause = causes[at] ?? null;
    return cause === null ? [] : [formOf(entry, cause)];
  });
  if (held.length > 0) {
    await holdEvents(database.write, conference, bridge, held);
    // From now on the quarantine is asked first about these machines, whatever becomes of them.
    await watch(context, bridge, [...new Set(held.map(({ device }) => device))]);
  }
  const known = await heldContents(
    database.read,
    entries.map(({ event }) => event.id),
  );
  return entries.map(({ event }) => answerTo(event, known.get(event.id)));
}

async function causeOf(
  context: Context,
  bridge: AuthorizedBridgeId<'host'>,
  { event, doubt }: Received,
): Promise<HeldCause | null> {
  if (doubt !== 'watched') return doubt;
  return (await isRevoked(context, bridge, event.device)) ? 'revoked' : null;
}

function formOf({ event, receivedAt }: Received, cause: HeldCause): HeldEntry {
  const { id, session, device } = event;
  const { form, texts } = newForm(event, newSalt, sha256);
  const { salt = null, texts: written = null } = texts ?? {};
  return { id, session, device, cause, receivedAt, form, salt, texts: written };
}

function answerTo(event: AttendanceEvent, known: HeldContent | undefined): Held {
  if (known === undefined) return { outcome: 'ledger' };
  switch (known.state) {
    case 'waiting':
    case 'refused':
      return isSameEvent(event, known.form, known.texts)
        ? { outcome: 'quarantined', cause: known.cause }
        : { outcome: 'conflict' };
    // Decided: from here on the ledger answers, also where the process died before it had the event.
    case 'accepting':
    case 'accepted':
    case 'conflict':
      return { outcome: 'ledger' };
    default:
      return assertNever(known.state);
  }
}
