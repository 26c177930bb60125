import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { oneLine, readAddress, readMailbox } from '../../../domain/mail/address.ts';
import { readDeliveryStatus } from '../../../domain/mail/delivery-status.ts';
import { allowance, FRESH_PACE, lineRest, nextTry, spent } from '../../../domain/mail/retry.ts';
import type { Instant } from '../../../domain/time.ts';

const at = (ms: number) => ms as Instant;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('an address', () => {
  test.each([
    ['on@tinh.gov.vn', 'on@tinh.gov.vn'],
    ['  Lo.On+hop@Tinh.GOV.vn ', 'Lo.On+hop@tinh.gov.vn'],
  ])('%s is one', (text, address) => {
    expect(readAddress(text)).toEqual({ ok: true, value: address });
  });

  test.each([
    ['', 'empty'],
    [`${'a'.repeat(250)}@tinh.vn`, 'too long'],
    ['a'.repeat(100_000), 'too long'],
    ['on@tinh.vn\nBcc: x@y.vn', 'control characters'],
    ['on@tinh.vn, an@tinh.vn', 'not one address'],
    ['Lò Ổn <on@tinh.vn>', 'not one address'],
    ['on@a@b.vn', 'not one address'],
    ['ổn@tinh.vn', 'not plain letters'],
    ['on.tinh.vn', 'no at sign'],
    ['@tinh.vn', 'before the at sign'],
    ['on..lo@tinh.vn', 'before the at sign'],
    [`${'a'.repeat(65)}@tinh.vn`, 'before the at sign'],
    ['on@tinh', 'after the at sign'],
    ['on@-tinh.vn', 'after the at sign'],
    ['on@10.0.0.1', 'after the at sign'],
    ['on@', 'after the at sign'],
  ] as const)('%j is none: %s', (text, reason) => {
    expect(readAddress(text)).toEqual({ ok: false, reason });
  });

  test('may stand behind a name', () => {
    const value = { name: 'Ban tổ chức', address: 'hoinghi@tinh.vn' };
    expect(readMailbox('"Ban tổ  chức" <hoinghi@tinh.vn>')).toEqual({ ok: true, value });
    expect(readMailbox('hoinghi@tinh.vn')).toEqual({ ok: true, value: { ...value, name: null } });
    expect(readMailbox('Ban <tổ chức>').ok).toBe(false);
  });

  test('whatever a name holds, it comes to one line without anything that turns or ends it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(oneLine(text)).not.toMatch(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
      }),
    );
  });
});

describe('a letter that is not taken', () => {
  test('is tried after 1, 5, 15, 60 and 240 minutes, then daily, and given up after five days', () => {
    const waits: number[] = [];
    let now = at(0);
    for (let tries = 1; ; tries++) {
      const next = nextTry(tries, at(0), now);
      if (next === null) break;
      waits.push((next - now) / MINUTE);
      now = next;
    }
    expect(waits).toEqual([1, 5, 15, 60, 240, 1440, 1440, 1440, 1440]);
    expect(now).toBeLessThanOrEqual(5 * DAY);
  });

  test('a line that is away is never left alone for longer than a quarter of an hour', () => {
    expect([1, 2, 3, 4, 5, 50].map((failures) => lineRest(failures, at(0)) / MINUTE)).toEqual([
      1, 2, 5, 15, 15, 15,
    ]);
  });
});

test('whenever it is asked, no more letters go than the pace has earned, and what waits does go', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60_000 }),
      fc.array(fc.integer({ min: -5000, max: 120_000 }), { minLength: 1, maxLength: 50 }),
      (perMinute, waits) => {
        let [pace, now, gone, forward] = [FRESH_PACE, 1_000_000, 0, 0];
        for (const wait of waits) {
          now += wait;
          forward += Math.max(0, wait);
          const { count, inMs, pace: paceNow } = allowance(pace, perMinute, at(now));
          const next = allowance(paceNow, perMinute, at(now + Math.ceil(inMs) + 1));
          expect(count).toBeGreaterThanOrEqual(0);
          expect(count > 0 || (inMs > 0 && next.count > 0)).toBe(true);
          pace = spent(paceNow, perMinute, count);
          gone += count;
        }
        const saved = Math.max(1, perMinute / 60);
        const setBack = waits.filter((wait) => wait < 0).length;
        expect(gone).toBeLessThanOrEqual((forward / MINUTE) * perMinute + (1 + setBack) * (saved + 1));
      },
    ),
  );
});

test('of a bounce the action, the status and the words are read, and what is no action is left out', () => {
  const status = readDeliveryStatus(
    'Reporting-MTA: dns; thu.example\nOriginal-Envelope-Id: phong-bi\n\nFinal-Recipient: rfc822; on@tinh.vn\nAction: Failed\nStatus: 5.1.1 (no)\nDiagnostic-Code: smtp; 550 no\n  such box\n\nFinal-Recipient: rfc822; an@tinh.vn\nAction: danced\n\n',
  );
  expect(status).toEqual({
    envelopeId: 'phong-bi',
    recipients: [{ action: 'failed', status: '5.1.1', recipient: 'on@tinh.vn', said: '550 no such box' }],
  });
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(readDeliveryStatus(text).recipients.length).toBeLessThanOrEqual(20);
    }),
  );
});
