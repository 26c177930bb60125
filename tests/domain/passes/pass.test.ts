import { createPrivateKey, createPublicKey, hash, sign, verify } from 'node:crypto';

import fc from 'fast-check';
import { encode } from 'uqr';
import { describe, expect, test } from 'vitest';

import { ConferenceId, PersonId } from '../../../domain/ids.ts';
import { checkPass, type PassRules } from '../../../domain/passes/check.ts';
import { codeOfScan, readCode } from '../../../domain/passes/codes.ts';
import { fromLetters, lettersFor, toLetters } from '../../../domain/passes/letters.ts';
import {
  LAST_SERIAL,
  type Pass,
  passIn,
  passStatement,
  readPass,
  writePass,
} from '../../../domain/passes/pass.ts';
import { addDays, CivilDate } from '../../../domain/time.ts';
import vectors from '../../vectors/passes.json' with { type: 'json' };

const jwk = { kty: 'OKP', crv: 'Ed25519', x: vectors.publicKey, d: vectors.seed };
const privateKey = createPrivateKey({ key: jwk, format: 'jwk' });
const publicKey = createPublicKey(privateKey);

const CONFERENCE = ConferenceId.parse('01945e2a-7c00-7a11-8f3e-0c5d9b6a4e21');
const PERSON = PersonId.parse('01945e2b-11d2-7c43-a1b0-5e6f70819203');
const UNTIL = CivilDate.parse('2025-02-13');
const PASS: Pass = { conference: CONFERENCE, person: PERSON, serial: 1, until: UNTIL };

function issue(pass: Pass): string {
  return writePass(pass, sign(null, Buffer.from(passStatement(pass)), privateKey));
}

const RULES: PassRules = {
  conference: CONFERENCE,
  today: CivilDate.parse('2025-01-13'),
  serialOf: () => 1,
  verify: async (statement, signature) => verify(null, Buffer.from(statement), publicKey, signature),
};
const sha256 = async (text: string) => hash('sha256', text, 'hex');

const uuid = fc.uuid({ version: 7 });
const plainId = fc.stringMatching(/^[A-Z0-9-]{1,64}$/);
const anyPass = fc.record({
  conference: fc.oneof(uuid, plainId).map((id) => ConferenceId.parse(id)),
  person: fc.oneof(uuid, plainId).map((id) => PersonId.parse(id)),
  serial: fc.integer({ min: 1, max: LAST_SERIAL }),
  until: fc.integer({ min: 0, max: 0xffff }).map((days) => addDays(CivilDate.parse('1970-01-01'), days)),
});

describe('a pass', () => {
  test.each(vectors.passes)('of $person, serial $serial, is spelled as another program spells it', (one) => {
    const pass: Pass = {
      conference: ConferenceId.parse(one.conference),
      person: PersonId.parse(one.person),
      serial: one.serial,
      until: CivilDate.parse(one.until),
    };
    expect(passStatement(pass)).toBe(one.statement);
    expect(issue(pass)).toBe(one.code);
    const read = readPass(one.code);
    expect(read.ok && read.value.pass).toEqual(pass);
  });

  test('fits a QR code of 45 by 45 modules with correction M, without a letter that Telex or VNI would change', () => {
    const code = issue(PASS);
    expect(code).toHaveLength(170);
    expect(encode(code, { ecc: 'M', border: 0 })).toMatchObject({ size: 45, version: 7 });
    expect(code).not.toMatch(/[^0-9A-Z]|[AEIOUYWD]/);
  });

  test('reads back as what it was written of', () => {
    fc.assert(
      fc.property(anyPass, (pass) => {
        const read = readPass(issue(pass));
        expect(read.ok && read.value.pass).toEqual(pass);
        expect(read.ok && read.value.statement).toBe(passStatement(pass));
      }),
    );
  });

  test('of which any one character was changed is refused', async () => {
    const sign1 = fc.oneof(
      fc.constantFrom(...Array.from('0123456789BCFGHJKLMNPQRSTVXZ')),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    );
    await fc.assert(
      fc.asyncProperty(anyPass, fc.nat(), sign1, async (pass, where, letter) => {
        const code = issue(pass);
        const at = where % code.length;
        // Capital and small letters are the same: scanners type under Caps Lock.
        fc.pre(letter.toLowerCase() !== code.charAt(at).toLowerCase());
        const changed = code.slice(0, at) + letter + code.slice(at + 1);
        // Blanks around a pass are no part of it.
        fc.pre(changed.trim().length === changed.length);
        const rules = { ...RULES, conference: pass.conference, today: CivilDate.parse('1970-01-01') };
        expect((await checkPass(code, rules)).ok).toBe(true);
        expect((await checkPass(changed, rules)).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('that was cut, doubled or mixed is refused', async () => {
    const code = issue(PASS);
    const other = issue({ ...PASS, person: PersonId.parse('01945e2b-11d2-7c43-a1b0-5e6f70819204') });
    for (let length = 0; length < code.length; length++) {
      expect((await checkPass(code.slice(0, length), RULES)).ok).toBe(false);
    }
    expect((await checkPass(code + code, RULES)).ok).toBe(false);
    for (let at = 1; at < code.length; at++) {
      const mixed = code.slice(0, at) + other.slice(at);
      const isWhole = mixed === code || mixed === other;
      expect((await checkPass(mixed, RULES)).ok).toBe(isWhole);
    }
  });

  test('is read out of any text without a fault', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 150 }), fc.string()), (text) => {
        readPass(text);
        readPass(`NC1${text}`);
        readPass(`NC1${toLetters([...Buffer.from(text)])}`);
        passIn(text);
      }),
    );
    expect(readPass('')).toEqual({ ok: false, reason: 'no pass' });
    expect(readPass('Nguyễn Thị Ánh')).toEqual({ ok: false, reason: 'no pass' });
    expect(readPass('NC1')).toEqual({ ok: false, reason: 'no pass' });
    expect(readPass('NC1BBBB')).toEqual({ ok: false, reason: 'damaged' });
    expect(readPass(`NC2${'B'.repeat(90)}`)).toEqual({ ok: false, reason: 'newer version' });
    expect(readPass(`NC1${'9'.repeat(100_000)}`)).toEqual({ ok: false, reason: 'damaged' });
  });

  test('has one spelling: a UUID that stands as letters is none', () => {
    const signature = sign(null, Buffer.from(passStatement(PASS)), privateKey);
    const asLetters = [36, ...Buffer.from(PERSON)];
    const day = [0x4e, 0xab];
    const bytes = [0x80, 1, ...day, ...Buffer.from(CONFERENCE.replaceAll('-', ''), 'hex'), ...asLetters];
    expect(readPass(`NC1${toLetters([...bytes, ...signature])}`)).toEqual({ ok: false, reason: 'damaged' });
  });

  test('cannot be written with what it has no room for', () => {
    const signature = new Uint8Array(64);
    for (const serial of [0, -1, 1.5, LAST_SERIAL + 1]) {
      expect(() => writePass({ ...PASS, serial }, signature)).toThrow('serial');
    }
    expect(() => writePass(PASS, signature.slice(1))).toThrow('signature');
    expect(() => writePass({ ...PASS, person: PersonId.parse('Ánh') }, signature)).toThrow('id');
    expect(() => writePass({ ...PASS, until: CivilDate.parse('2200-01-01') }, signature)).toThrow('2200');
  });

  test('is found behind a name that somebody had begun, also in small letters', () => {
    const code = issue(PASS);
    expect(passIn(code)).toBe(code);
    expect(passIn(`nguyễn th${code.toLowerCase()} `)).toBe(code);
    expect(passIn(`tran${code}`)).toBe(code);
    for (const name of ['Nguyễn Thị Ánh', 'nc1', 'NC1 Lê Văn Tám', 'LA999888', 'NC12345']) {
      expect(passIn(name)).toBeNull();
    }
  });
});

describe('letters', () => {
  test('write any bytes and read them back, in a length that tells how many they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 250 }), (bytes) => {
        const letters = toLetters([...bytes]);
        expect(letters).toHaveLength(lettersFor(bytes.length));
        expect(fromLetters(letters)).toEqual([...bytes]);
      }),
    );
  });

  test('of a length or a value that no bytes have are none', () => {
    expect(fromLetters('B')).toBeNull();
    expect(fromLetters('ZZ')).toBeNull();
    expect(fromLetters('0a')).toBeNull();
    expect(fromLetters('94')).toBeNull();
    expect(fromLetters('93')).toEqual([255]);
  });
});

describe('at the door a pass', () => {
  test('checks its person in, up to and on its last day', async () => {
    const code = issue(PASS);
    expect(await checkPass(code, RULES)).toEqual({ ok: true, value: PERSON });
    expect(await checkPass(` ${code.toLowerCase()}\n`, RULES)).toEqual({ ok: true, value: PERSON });
    expect((await checkPass(code, { ...RULES, today: UNTIL })).ok).toBe(true);
    const next = await checkPass(code, { ...RULES, today: addDays(UNTIL, 1) });
    expect(next).toEqual({ ok: false, reason: 'expired', person: PERSON, until: UNTIL });
  });

  test('that was replaced is refused where the door knows of it, and a newer one is good everywhere', async () => {
    const second = issue({ ...PASS, serial: 2 });
    const knowing = { ...RULES, serialOf: (person: PersonId) => (person === PERSON ? 2 : 1) };
    expect(await checkPass(issue(PASS), knowing)).toEqual({ ok: false, reason: 'replaced', person: PERSON });
    expect((await checkPass(second, knowing)).ok).toBe(true);
    expect((await checkPass(second, RULES)).ok).toBe(true);
  });

  test('of another conference is told as one, and names its person only where the signature is right', async () => {
    const rules = { ...RULES, conference: ConferenceId.parse('another') };
    expect(await checkPass(issue(PASS), rules)).toEqual({
      ok: false,
      reason: 'other conference',
      person: PERSON,
    });
    const stranger = writePass(PASS, new Uint8Array(64));
    expect(await checkPass(stranger, rules)).toEqual({ ok: false, reason: 'other conference', person: null });
    expect(await checkPass(stranger, RULES)).toEqual({ ok: false, reason: 'forged' });
  });

  test('that cannot be checked here is neither good nor forged', async () => {
    const rules = { ...RULES, verify: async () => null };
    expect(await checkPass(issue(PASS), rules)).toEqual({ ok: false, reason: 'unchecked' });
    expect(await codeOfScan(issue(PASS), { reason: 'unchecked' }, sha256)).toMatch(/^unchecked:#/);
  });

  test('cannot be dated, counted or signed by its bearer', async () => {
    const signature = sign(null, Buffer.from(passStatement(PASS)), privateKey);
    for (const forged of [
      { ...PASS, serial: 2 },
      { ...PASS, until: CivilDate.parse('2030-01-01') },
      { ...PASS, person: PersonId.parse('somebody-else') },
    ]) {
      expect(await checkPass(writePass(forged, signature), RULES)).toEqual({ ok: false, reason: 'forged' });
    }
  });
});

describe('a code that checks nobody in', () => {
  const none = { reason: 'no pass' } as const;

  test('stands for itself where it is as short as an id, and is a digest otherwise', async () => {
    expect(await codeOfScan(' LA999888 ', none, sha256)).toBe('LA999888');
    expect(await codeOfScan('đb-17', none, sha256)).toBe('đb-17');
    const page = 'https://vi.example/'.repeat(20);
    expect(await codeOfScan(page, none, sha256)).toMatch(/^code:#[0-9a-f]{20}$/);
    expect(await codeOfScan(page, none, sha256)).toBe(await codeOfScan(`${page} `, none, sha256));
  });

  test("never holds a citizen's number or the data of a citizen's card", async () => {
    for (const card of ['001099012345', '001099012345|123456789|Lò Thị Hà|02091975|Nữ|Xóm 3|01012021']) {
      const code = await codeOfScan(card, none, sha256);
      expect(code).toMatch(/^code:#[0-9a-f]{20}$/);
    }
  });

  test('of a pass says what is the matter, and whom it was issued for where that is certain', async () => {
    const code = issue(PASS);
    const replaced = await codeOfScan(code, { reason: 'replaced', person: PERSON }, sha256);
    expect(readCode(replaced)).toEqual({ kind: 'replaced', person: PERSON, label: PERSON });
    const forged = await codeOfScan(code, { reason: 'forged' }, sha256);
    expect(forged).toMatch(/^forged:#/);
    expect(readCode(forged)).toEqual({ kind: 'forged', person: null, label: forged.slice(8, 16) });
    expect(readCode(PersonId.parse('LA999888'))).toEqual({ kind: 'code', person: null, label: 'LA999888' });
  });

  test('cannot pretend to be a pass', async () => {
    const pretended = await codeOfScan(`replaced:${PERSON}`, none, sha256);
    expect(readCode(pretended)).toMatchObject({ kind: 'code', person: null });
  });

  test('always fits an id, whatever was scanned', async () => {
    const refusals = fc.oneof(
      fc.constant(none),
      fc.constant({ reason: 'damaged' } as const),
      fc.string({ minLength: 1, maxLength: 64 }).map((id) => ({
        reason: 'replaced' as const,
        person: PersonId.parse(id),
      })),
    );
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), refusals, async (text, refusal) => {
        expect(PersonId.safeParse(await codeOfScan(text, refusal, sha256)).success).toBe(true);
      }),
    );
  });
});
