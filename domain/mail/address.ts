import { z } from 'zod';

import { ok, type Result } from '../result.ts';
import { nfc } from '../text/normalize.ts';

/** An address to which mail can be sent over SMTP without extensions: ASCII, one at sign, a domain of several labels. */
export const MailAddress = z.string().brand<'MailAddress'>();
export type MailAddress = z.infer<typeof MailAddress>;

/** An address with the name that stands beside it. */
export interface Mailbox {
  readonly name: string | null;
  readonly address: MailAddress;
}

/** Why a text cannot be an address. */
export const ADDRESS_FAULTS = [
  'empty',
  'too long',
  'control characters',
  'not one address',
  'not plain letters',
  'no at sign',
  'before the at sign',
  'after the at sign',
] as const;
export type AddressFault = (typeof ADDRESS_FAULTS)[number];
export type AddressFailure = { readonly reason: AddressFault };

/** RFC 5321, 4.5.3.1. */
const MOST_LETTERS = 254;
const MOST_BEFORE = 64;
const BEFORE = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const LABEL = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i;
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]/;

/** Reads one address as somebody typed it, with blanks around it; the domain comes back in small letters. */
export function readAddress(text: string): Result<MailAddress, AddressFailure> {
  if (text.length > 4 * MOST_LETTERS) return { ok: false, reason: 'too long' };
  const given = nfc(text).replaceAll(/^[ \u00A0]+|[ \u00A0]+$/g, '');
  if (given === '') return { ok: false, reason: 'empty' };
  if (CONTROL.test(given)) return { ok: false, reason: 'control characters' };
  if (given.length > MOST_LETTERS) return { ok: false, reason: 'too long' };
  if (/[\s,;<>]/.test(given) || given.split('@').length > 2) return { ok: false, reason: 'not one address' };
  // oxlint-disable-next-line no-control-regex -- ASCII is meant
  if (!/^[\u0000-\u007F]*$/.test(given)) return { ok: false, reason: 'not plain letters' };
  const [before = '', after] = given.split('@');
  if (after === undefined) return { ok: false, reason: 'no at sign' };
  if (before.length > MOST_BEFORE || !BEFORE.test(before)) return { ok: false, reason: 'before the at sign' };
  const labels = after.split('.');
  if (labels.length < 2 || !labels.every((label) => LABEL.test(label)) || /^\d+$/.test(labels.at(-1) ?? ''))
    return { ok: false, reason: 'after the at sign' };
  return ok(MailAddress.parse(`${before}@${after.toLowerCase()}`));
}

/** Reads `Ban tổ chức <hoinghi@tinh.vn>` or an address alone. */
export function readMailbox(text: string): Result<Mailbox, AddressFailure> {
  const [, name, address] = /^([^<>]*)<([^<>]*)>\s*$/.exec(text) ?? [null, '', text];
  const read = readAddress(address ?? '');
  if (!read.ok) return read;
  return ok({ name: oneLine((name ?? '').replaceAll('"', '')) || null, address: read.value });
}

/** Letters that turn the direction of what follows: they make a name look like another one. */
const TURNING = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
// oxlint-disable-next-line no-control-regex -- control characters are what is taken out
const CONTROLS = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]+/g;

/** A text as it may stand in a header: one line of NFC, without anything that could begin another header. */
export function oneLine(text: string): string {
  return nfc(text.toWellFormed())
    .replaceAll(TURNING, '')
    .replaceAll(CONTROLS, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
