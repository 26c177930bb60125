import type { AttendanceEvent } from '../../../domain/attendance/event.ts';
import { proofOf } from '../../machines.ts';
import { personId, type Door, type Nation } from './nation.ts';

/** What an answer to one event begins with, and what it holds. */
const OK = Buffer.from('[{"ok":true');
const RECORDED = Buffer.from('"outcome":"recorded"');

/** Throws with what the server said, unless the one event of a message is in the ledger. */
export function mustBeRecorded(answer: Buffer): void {
  if (answer.compare(OK, 0, OK.length, 0, OK.length) !== 0 || !answer.includes(RECORDED))
    throw refused(answer);
}

/** The same for a message of several. */
export function mustAllBeRecorded(answer: Buffer, events: number): void {
  if (events === 1) return mustBeRecorded(answer);
  const [said] = JSON.parse(answer.toString()) as [{ ok: boolean; items?: { outcome: string }[] }];
  if (said.items?.filter(({ outcome }) => outcome === 'recorded').length !== events) throw refused(answer);
  return undefined;
}

function refused(answer: Buffer): Error {
  return new Error(`not recorded: ${answer.toString().slice(0, 500)}`);
}

/**
 * A UUIDv7 as a device makes it: the milliseconds of its clock, then chance. Ids of thousands of devices are in order from one
 * millisecond to the next, and in none within it.
 */
export function eventId(now: number): string {
  const time = now.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${chance(3)}-a${chance(3)}-${chance(6)}${chance(6)}`;
}

function chance(digits: number): string {
  return Math.floor(Math.random() * 16 ** digits)
    .toString(16)
    .padStart(digits, '0');
}

/** Body of `attendance:record` as the page at the door sends it. */
export function recordBody(
  { conference, session }: Nation,
  { bridge }: Door,
  events: readonly string[],
): string {
  return `{"session":"${session}","bridge":"${bridge}","language":"vi","events":[${events.join(',')}],"conference":"${conference}"}`;
}

/** An event about one of the door's people, as JSON. */
export function personEvent(
  { session }: Nation,
  { bridge, machine: { device }, firstPerson }: Door,
  kind: 'arrive' | 'leave',
  person: number,
): string {
  const now = Date.now();
  const mode = kind === 'arrive' ? ',"mode":"in-person"' : '';
  return `{"id":"${eventId(now)}","session":"${session}","bridge":"${bridge}","device":"${device}","at":${now},"offset":0,"kind":"${kind}","person":"${personId(firstPerson + person)}"${mode}}`;
}

export function bridgeEvent(
  { session }: Nation,
  { bridge, machine: { device } }: Door,
  kind: Extract<AttendanceEvent['kind'], 'open' | 'close'>,
): string {
  const now = Date.now();
  return `{"id":"${eventId(now)}","session":"${session}","bridge":"${bridge}","device":"${device}","at":${now},"offset":0,"kind":"${kind}"}`;
}

/** Body of `door:watch`, as the page at the door sends it. */
export function doorWatchBody(
  { conference, session }: Nation,
  { bridge, machine: { device } }: Pick<Door, 'bridge' | 'machine'>,
): string {
  return JSON.stringify({ conference, session, bridge, device });
}

/** Body of `figures:watch`. */
export function watchBody({ conference, session }: Nation, { bridge }: Pick<Door, 'bridge'>): string {
  return JSON.stringify({ conference, session, bridge });
}

/** Body of `device:prove`: the first thing that the machine of a door says on a line. */
export function proofBody({ machine }: Pick<Door, 'machine'>, line: string): string {
  return JSON.stringify(proofOf(machine, line));
}
