import { ConferenceId, PersonId } from '../ids.ts';
import { ok, type Result } from '../result.ts';
import type { CivilDate } from '../time.ts';
import { fromLetters, toLetters } from './letters.ts';

/** A pass (thẻ đại biểu): that one person may be checked in at one conference. It says nothing of any bridge. */
export interface Pass {
  readonly conference: ConferenceId;
  readonly person: PersonId;
  /** Which of the passes that were issued for this person, from 1 on; a later one makes the earlier ones invalid. */
  readonly serial: number;
  /** The last day on which it is good. */
  readonly until: CivilDate;
}

/** A pass as it was read, with what its signature has to be held against. */
export interface SignedPass {
  readonly pass: Pass;
  readonly statement: string;
  /** Ed25519, 64 bytes. */
  readonly signature: Uint8Array<ArrayBuffer>;
}

export type PassFailure = {
  /** `newer version`: written by a newer version of this program. `damaged`: begins like a pass and is none. */
  readonly reason: 'no pass' | 'newer version' | 'damaged';
};

/** Serials have 14 bits. */
export const LAST_SERIAL = 0x3fff;

const PREFIX = 'NC';
const VERSION = 1;
const SIGNATURE_BYTES = 64;
const CONFERENCE_IS_UUID = 0x8000;
const PERSON_IS_UUID = 0x4000;
const DAY_MS = 86_400_000;
/** 2149-06-06: days since 1970 in two bytes. */
const LAST_DAY = 0xffff;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const PLAIN_ID = /^[\x21-\x7e]{1,64}$/;

/** What is signed: fixed lines, over whose UTF-8 bytes the Ed25519 signature goes. */
export function passStatement({ conference, person, serial, until }: Pass): string {
  return [`nhipcau pass ${VERSION}`, conference, person, String(serial), until].join('\n');
}

/** The text of a pass, for a QR code. Throws for what no pass can hold: a bug of whoever issues it. */
export function writePass(pass: Pass, signature: Uint8Array): string {
  const { conference, person, serial, until } = pass;
  if (!Number.isInteger(serial) || serial < 1 || serial > LAST_SERIAL) throw new Error(`serial ${serial}`);
  if (signature.length !== SIGNATURE_BYTES) throw new Error(`signature of ${signature.length} bytes`);
  const kinds = (UUID.test(conference) ? CONFERENCE_IS_UUID : 0) | (UUID.test(person) ? PERSON_IS_UUID : 0);
  const bytes = [
    ...twoBytes(kinds | serial),
    ...twoBytes(dayOf(until)),
    ...idBytes(conference),
    ...idBytes(person),
    ...signature,
  ];
  return `${PREFIX}${VERSION}${toLetters(bytes)}`;
}

/** Reads a text as a pass, whatever it is. Its signature has not been looked at yet. Capital or small letters are the same. */
export function readPass(text: string): Result<SignedPass, PassFailure> {
  const [, version, letters] = /^NC(\d)(\S+)$/.exec(inCapitals(text.trim())) ?? [];
  if (version === undefined || letters === undefined) return { ok: false, reason: 'no pass' };
  if (Number(version) > VERSION) return { ok: false, reason: 'newer version' };
  // Two ids of their greatest length and the signature come to 331 letters.
  const bytes = Number(version) === VERSION && letters.length <= 400 ? fromLetters(letters) : null;
  const signed = bytes === null ? null : signedPass(bytes);
  return signed === null ? { ok: false, reason: 'damaged' } : ok(signed);
}

/**
 * The pass at the end of what stands in a field, whole or damaged; null where there is none. No name reads like one, so
 * that a scanner may type it behind a name that somebody had begun.
 */
export function passIn(text: string): string | null {
  return /NC\d\S{20,}$/.exec(inCapitals(text.trimEnd()))?.[0] ?? null;
}

/** A scanner under Caps Lock types small letters. ASCII alone: no other letter may become one of a pass. */
function inCapitals(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

function signedPass(bytes: readonly number[]): SignedPass | null {
  const fields = bytes.slice(0, -SIGNATURE_BYTES);
  if (fields.length < 4) return null;
  const head = numberAt(fields, 0);
  const serial = head & LAST_SERIAL;
  const conference = idAt(fields, 4, (head & CONFERENCE_IS_UUID) !== 0);
  const person = conference && idAt(fields, conference.end, (head & PERSON_IS_UUID) !== 0);
  if (conference === null || person === null || person.end !== fields.length || serial === 0) return null;
  const pass: Pass = {
    conference: ConferenceId.parse(conference.id),
    person: PersonId.parse(person.id),
    serial,
    until: dateOf(numberAt(fields, 2)),
  };
  const signature = Uint8Array.from(bytes.slice(-SIGNATURE_BYTES));
  return { pass, statement: passStatement(pass), signature };
}

/** UUIDs as their 16 bytes; any other id as its length and its letters. */
function idBytes(id: string): number[] {
  if (UUID.test(id)) {
    return Array.from(id.replaceAll('-', '').matchAll(/../g), ([byte]) => Number.parseInt(byte, 16));
  }
  if (!PLAIN_ID.test(id)) throw new Error(`no id of this program: ${id}`);
  return [id.length, ...Array.from(id, (letter) => letter.charCodeAt(0))];
}

function idAt(bytes: readonly number[], at: number, isUuid: boolean): { id: string; end: number } | null {
  if (isUuid) {
    const own = bytes.slice(at, at + 16);
    if (own.length < 16) return null;
    const hex = own.map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return { id: hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'), end: at + 16 };
  }
  const end = at + 1 + (bytes[at] ?? 0);
  const id = String.fromCharCode(...bytes.slice(at + 1, end));
  // Each pass has one spelling: a UUID never stands as letters.
  return end <= bytes.length && PLAIN_ID.test(id) && !UUID.test(id) ? { id, end } : null;
}

function twoBytes(value: number): [number, number] {
  return [value >> 8, value & 0xff];
}

function numberAt(bytes: readonly number[], at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function dayOf(date: CivilDate): number {
  const day = Date.parse(date) / DAY_MS;
  if (day < 0 || day > LAST_DAY) throw new Error(`no pass is good until ${date}`);
  return day;
}

function dateOf(day: number): CivilDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10) as CivilDate;
}
