import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { api } from '../../../domain/wire/api.ts';
import { createBodyRoom } from '../../../server/platform/bodies.ts';
import {
  createLimiter,
  createRequestLimits,
  lineOf,
  REQUEST_RATES,
} from '../../../server/platform/limits.ts';
import { ProblemError } from '../../../server/platform/problems.ts';

/** A clock in milliseconds that goes when it is told to. */
function clock() {
  let time = 1000;
  return Object.assign(() => time, { go: (ms: number) => (time += ms) });
}

describe('a limiter', () => {
  test('lets so many through at once, and then as many as are earned', () => {
    const now = clock();
    const limiter = createLimiter({ perSecond: 10, atOnce: 5 }, 100, now);
    const taken = (): number => {
      let count = 0;
      while (limiter.take('a') === 0) count += 1;
      return count;
    };
    expect(taken()).toBe(5);
    now.go(300);
    expect(taken()).toBe(3);
    now.go(60_000);
    expect(taken()).toBe(5);
  });

  test('says after how many seconds there is room, and then there is', () => {
    const now = clock();
    const limiter = createLimiter({ perSecond: 0.1, atOnce: 2 }, 100, now);
    limiter.take('a');
    limiter.take('a');
    expect(limiter.take('a')).toBe(10);
    // To ask again in vain makes nobody wait longer.
    for (let n = 0; n < 50; n++) limiter.take('a');
    expect(limiter.take('a')).toBe(10);
    now.go(10_000);
    expect(limiter.take('a')).toBe(0);
  });

  test('counts each key for itself', () => {
    const limiter = createLimiter({ perSecond: 1, atOnce: 1 }, 100, clock());
    expect(limiter.take('a')).toBe(0);
    expect(limiter.take('b')).toBe(0);
    expect(limiter.take('a')).toBe(1);
  });

  test('keeps a bounded number of keys, and forgets the one that was quiet longest', () => {
    const limiter = createLimiter({ perSecond: 1, atOnce: 1 }, 3, clock());
    for (const key of ['a', 'b', 'c', 'd']) limiter.take(key);
    expect(limiter.take('b')).toBe(1);
    expect(limiter.take('a')).toBe(0);
  });

  test('what costs more than all there is goes on when everything is free', () => {
    const now = clock();
    const limiter = createLimiter({ perSecond: 1, atOnce: 5 }, 100, now);
    expect(limiter.take('a', 20)).toBe(0);
    expect(limiter.take('a', 1)).toBeGreaterThan(0);
    now.go(20_000);
    expect(limiter.take('a', 20)).toBe(0);
  });

  test('never lets more through in any stretch of time than its rate, whatever comes when', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 300 }), (pauses) => {
        const now = clock();
        const limiter = createLimiter({ perSecond: 10, atOnce: 4 }, 10, now);
        const passed: number[] = [];
        for (const pause of pauses) {
          now.go(pause);
          if (limiter.take('a') === 0) passed.push(now());
        }
        for (const [first, start] of passed.entries()) {
          for (let last = first; last < passed.length; last++) {
            const most = 4 + ((passed[last] ?? 0) - start) / 100;
            expect(last - first + 1).toBeLessThanOrEqual(Math.floor(most + 1e-9));
          }
        }
      }),
    );
  });
});

describe('an address', () => {
  test.each([
    ['10.1.2.3', '10.1.2.3'],
    ['::ffff:10.1.2.3', '10.1.2.3'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:db8::9', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['', ''],
  ])('%s is counted as %s', (address, line) => {
    expect(lineOf(address)).toBe(line);
  });
});

const admits = (limits: ReturnType<typeof createRequestLimits>, ...of: Parameters<typeof limits.admit>) => {
  let count = 0;
  for (;;) {
    try {
      limits.admit(...of);
    } catch (error) {
      expect(error).toBeInstanceOf(ProblemError);
      expect(error).toMatchObject({ code: 'too-many-requests' });
      expect((error as ProblemError).retryAfter).toBeGreaterThan(0);
      return count;
    }
    count += 1;
  }
};

describe('limits of requests', () => {
  const nobody = { account: null, address: '10.0.0.1' };
  const somebody = { account: 'a', address: '10.0.0.1' };

  test('an account that has used up one kind still has the others', () => {
    const limits = createRequestLimits(1, clock());
    expect(admits(limits, api.previewPeople, somebody)).toBe(REQUEST_RATES.uploads.atOnce);
    expect(admits(limits, api.changePlan, somebody)).toBe(REQUEST_RATES.changes.atOnce);
    expect(admits(limits, api.me, somebody)).toBe(REQUEST_RATES.reads.atOnce);
  });

  test('the address counts only for those who are not signed in', () => {
    const limits = createRequestLimits(1, clock());
    expect(admits(limits, api.signIn, nobody)).toBe(REQUEST_RATES.secrets.atOnce);
    limits.admit(api.me, somebody);
    limits.admit(api.me, nobody);
    limits.admit(api.signIn, { account: null, address: '10.0.0.2' });
  });

  test('what a machine signs is its own, and not the account’s or that of a machine beside it', () => {
    const limits = createRequestLimits(1, clock());
    const signed = { ...somebody, machine: 'm1' };
    expect(admits(limits, api.record, signed)).toBe(REQUEST_RATES.machines.atOnce);
    limits.admit(api.record, { ...somebody, machine: 'm2' });
    expect(admits(limits, api.record, somebody)).toBe(REQUEST_RATES.changes.atOnce);
    // Who says it is a machine without being signed in is a stranger.
    limits.admit(api.me, { ...nobody, machine: 'm1' });
    // The same machine under another account: nobody can use up what is somebody else's.
    limits.admit(api.record, { ...signed, account: 'b' });
  });

  test('a factor raises all of them', () => {
    expect(admits(createRequestLimits(3, clock()), api.me, somebody)).toBe(3 * REQUEST_RATES.reads.atOnce);
  });
});

describe('room for bodies', () => {
  test('is shared, and nobody has more than their part of it', () => {
    const room = createBodyRoom(100, 50);
    const release = room.hold(50, 'a');
    expect(() => room.hold(1, 'a')).toThrow('too-many-requests');
    room.hold(50, 'b');
    expect(() => room.hold(1, 'c')).toThrow('too-many-requests');
    release();
    release();
    room.hold(30, 'a');
    expect(() => room.hold(21, 'a')).toThrow('too-many-requests');
    room.hold(20, 'c');
  });
});
