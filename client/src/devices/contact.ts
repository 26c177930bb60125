import { BridgeId, ConferenceId } from '../../../domain/ids.ts';
import { Instant } from '../../../domain/time.ts';
import { ask, currentLine, onMessage, subscribeLine } from '../api/socket.ts';
import { Refused } from '../api/call.ts';
import { deviceId } from '../door/ids.ts';
import './introduce.ts';

/** What the machine of a check-in page says of itself. */
export interface Waiting {
  /** Events of this bridge that the server has not acknowledged. */
  readonly waiting: number;
  /** When the oldest of them happened; null where none waits. */
  readonly since: number | null;
}

/** How this machine stands at a bridge, as the server last said. */
export interface Standing {
  /** "cửa 2", or its number, "Máy 2"; null while the server has not said. */
  readonly name: string | null;
  /** What to tell the host where the machine was revoked; null while it may work. */
  readonly revoked: string | null;
  /** Whether it is paired with the bridge; null while the server has not said. */
  readonly paired: boolean | null;
}

/**
 * Told that this machine was revoked at a bridge, with a sentence for the host: now wipe what it has of the bridge's
 * people. Events that wait are kept and sent on: they go to quarantine. May be told more than once.
 */
export type OnRevoked = (bridge: string, message: string) => void;

/** A page that is open at a bridge, and what it has said. */
interface Contact {
  readonly conference: string;
  readonly bridge: string;
  waiting: Waiting;
  name: string | undefined;
  standing: Standing;
  /** When it last spoke, by `performance.now()`. */
  saidAt: number;
  /** How many events wait here as the server has heard it last. */
  said: number;
  /** When this page paired it, by the same clock. */
  pairedAt: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

const UNKNOWN: Standing = { name: null, revoked: null, paired: null };
/** More often than this nothing is said, however fast the number of waiting events changes. */
const SAY_EVERY_MS = 15_000;

/** What was asked before a machine was paired is refused for so long after it, and says nothing any more. */
const ASKED_BEFORE_MS = 15_000;

/** The page needs a moment to find out what waits. */
const FIRST_MS = 300;

const contacts = new Map<string, Contact>();
const listeners = new Set<OnRevoked>();
const watchers = new Set<() => void>();

/** Calls `listener` whenever the server says that this machine was revoked; the answer ends it. */
export function onRevoked(listener: OnRevoked): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Whether the server refused because this machine was revoked; then `onRevoked` is told. For what `call` throws and for
 * refusals that `ask` gives: of `GET .../door` and of `door:watch`.
 */
export function isRevokedHere(bridge: string, refusal: unknown): boolean {
  const said = sentenceIn(refusal);
  if (said !== null) revokedAt(bridge, said);
  return said !== null;
}

function sentenceIn(refusal: unknown): string | null {
  if (reasonIn(refusal) !== 'device-revoked') return null;
  if (refusal instanceof Refused) return refusal.problem.detail;
  const { message } = refusal as { message?: unknown };
  return typeof message === 'string' ? message : null;
}

function reasonIn(refusal: unknown): unknown {
  if (refusal instanceof Refused) return refusal.problem.code;
  return ((refusal ?? {}) as { reason?: unknown }).reason;
}

/** Whether the server refused because this machine is not paired with a bridge. */
export function isUnpaired(refusal: unknown): boolean {
  const reason = reasonIn(refusal);
  return reason === 'device-unpaired' || reason === 'device-unproven';
}

/** Where it did so, the page of the bridge asks for a code. */
export function noteUnpaired(bridge: string, refusal: unknown): void {
  if (!isUnpaired(refusal)) return;
  const contact = contacts.get(bridge);
  if (contact === undefined || performance.now() < contact.pairedAt + ASKED_BEFORE_MS) return;
  turn(contact, { ...contact.standing, paired: false });
}

/** This machine was paired with a bridge just now. */
export function notePaired(bridge: string): void {
  const contact = contacts.get(bridge);
  if (contact === undefined) return;
  contact.pairedAt = performance.now();
  turn(contact, { ...contact.standing, revoked: null, paired: true });
  say(contact);
}

function turn(contact: Contact, standing: Standing): void {
  contact.standing = standing;
  for (const watcher of watchers) watcher();
}

/**
 * Announces this machine at a bridge while its check-in page is open: now, again whenever the line comes back, and when
 * what waits has changed. `tell` hears how the machine stands, at once and after each change. The answer ends it.
 */
export function keepContact(
  place: { readonly conference: string; readonly bridge: string },
  tell: (standing: Standing) => void,
): () => void {
  const { conference, bridge } = place;
  const contact: Contact = contacts.get(bridge) ?? {
    conference,
    bridge,
    waiting: { waiting: 0, since: null },
    name: undefined,
    standing: UNKNOWN,
    saidAt: -Infinity,
    said: 0,
    pairedAt: -Infinity,
    timer: undefined,
  };
  contacts.set(bridge, contact);
  const hear = () => tell(contact.standing);
  watchers.add(hear);
  hear();
  // What waits is read meanwhile, and goes with the first word.
  contact.timer ??= setTimeout(() => say(contact), FIRST_MS);
  return () => {
    watchers.delete(hear);
    clearTimeout(contact.timer);
    contact.timer = undefined;
    contacts.delete(bridge);
  };
}

/**
 * What waits at a bridge has changed: the server is told when it is time to. That nothing waits any more it hears at once: somebody
 * is looking at what it was told before, and this page may be left.
 */
export function noteWaiting(bridge: string, waiting: Waiting): void {
  const contact = contacts.get(bridge);
  if (contact === undefined) return;
  const { waiting: before } = contact;
  if (before.waiting === waiting.waiting && before.since === waiting.since) return;
  contact.waiting = waiting;
  if (waiting.waiting === 0 && contact.said > 0) {
    say(contact);
    return;
  }
  const quiet = contact.saidAt + SAY_EVERY_MS - performance.now();
  contact.timer ??= setTimeout(() => say(contact), Math.max(0, quiet));
}

/** The host names this machine at a bridge. Resolves to whether the server has it. */
export async function nameMachine(bridge: string, name: string): Promise<boolean> {
  const contact = contacts.get(bridge);
  if (contact === undefined) return false;
  contact.name = name;
  return hello(contact);
}

function say(contact: Contact): void {
  clearTimeout(contact.timer);
  contact.timer = undefined;
  if (currentLine() === 'connected') void hello(contact);
}

async function hello(contact: Contact): Promise<boolean> {
  const { conference, bridge, waiting, name } = contact;
  contact.saidAt = performance.now();
  contact.said = waiting.waiting;
  try {
    const answer = await ask('device:hello', {
      conference: ConferenceId.parse(conference),
      bridge: BridgeId.parse(bridge),
      device: deviceId(),
      ...(name !== undefined && { name }),
      waiting: waiting.waiting,
      waitingSince: waiting.since === null ? null : Instant.parse(Math.round(waiting.since)),
    });
    if (!answer.ok) {
      noteUnpaired(bridge, answer);
      return false;
    }
    if (contact.name === name) contact.name = undefined;
    const revoked = answer.revoked === null ? null : answer.message;
    turn(contact, { name: answer.name, revoked, paired: true });
    if (answer.revoked !== null) revokedAt(bridge, answer.message ?? '');
    return true;
  } catch {
    // No answer: said again when the line comes back.
    return false;
  }
}

function revokedAt(bridge: string, message: string): void {
  const contact = contacts.get(bridge);
  if (contact !== undefined) turn(contact, { ...contact.standing, revoked: message });
  for (const listener of listeners) listener(bridge, message);
}

onMessage('device:revoked', ({ bridge, device, message }) => {
  if (device === deviceId()) revokedAt(bridge, message);
});
subscribeLine(() => {
  if (currentLine() !== 'connected') return;
  for (const contact of contacts.values()) say(contact);
});
