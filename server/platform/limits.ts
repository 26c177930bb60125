import { isRead, type Contract } from '../../domain/wire/contract.ts';
import type { Sentence } from '../../domain/text/language.ts';
import { ProblemError } from './problems.ts';

/** So many in a second on the long run, and so many at once after a rest. */
export interface Rate {
  readonly perSecond: number;
  readonly atOnce: number;
}

export interface Limiter {
  /** Counts one of a key, or more by `cost`: 0 where it may go on, else after how many seconds it may. What may not is not counted. */
  take(key: string, cost?: number): number;
}

/**
 * The generic cell rate algorithm: of each key is kept when all that it was given will have been earned. One number, no
 * timers and no promises; by a clock that nobody puts forward or back. Beyond `mostKeys` those that were quiet longest are
 * forgotten: whoever has many addresses must not fill the memory.
 */
export function createLimiter(
  { perSecond, atOnce }: Rate,
  mostKeys: number,
  now: () => number = () => performance.now(),
): Limiter {
  const each = 1000 / perSecond;
  const room = each * atOnce;
  const earnedBy = new Map<string, number>();
  return {
    take(key, cost = 1) {
      const time = now();
      const earned = Math.max(earnedBy.get(key) ?? time, time) + each * cost;
      // Whoever asks for more than fits at all gets it when everything is free.
      const early = earned - time - Math.max(room, each * cost);
      if (early > 1e-6) return Math.ceil(early / 1000);
      earnedBy.delete(key);
      earnedBy.set(key, earned);
      if (earnedBy.size > mostKeys) earnedBy.delete(earnedBy.keys().next().value as string);
      return 0;
    },
  };
}

/** What requests are told apart by: what one of them costs the server, and who pays for it. */
export const REQUEST_RATES = {
  /**
   * What a paired machine signs, counted for that machine and not for the account of whoever is signed in at it: a machine that
   * has gone wild holds up itself, and the ten of one host are ten. A door that comes back brings ten thousand entries in ten to
   * a hundred requests, and asks for its list, a page of a thousand at a time.
   */
  machines: { perSecond: 10, atOnce: 300 },
  /** Of an account. A page makes ten at once, and one host may have ten machines under one account. */
  reads: { perSecond: 50, atOnce: 1000 },
  changes: { perSecond: 20, atOnce: 500 },
  /** A thread reads each of them. */
  uploads: { perSecond: 1, atOnce: 60 },
  /** Documents that are written out of thousands of rows. */
  exports: { perSecond: 1, atOnce: 60 },
  /** Of an address, by whoever is not signed in: thousands of hosts may stand behind one. */
  strangers: { perSecond: 100, atOnce: 5000 },
  /** The same for signing in and whatever else checks a secret: it takes a processor for a twentieth of a second. */
  secrets: { perSecond: 20, atOnce: 1000 },
} as const satisfies Record<string, Rate>;
export type RequestClass = keyof typeof REQUEST_RATES;

/** More accounts and machines than a nation has bridges. */
export const MOST_KEYS = 100_000;

/** Who pays for a request. */
export interface Payer {
  readonly account: string | null;
  readonly address: string;
  /** The machine that says that it signed the request, where one of that key is paired at its bridge. */
  readonly machine?: string | null;
}

export interface RequestLimits {
  /** Counts a request. Throws `too-many-requests` with the seconds to wait. */
  admit(contract: Contract, payer: Payer): void;
}

/** Limits of the API; all rates `factor` times as high. */
export function createRequestLimits(factor = 1, now?: () => number): RequestLimits {
  const limiters = Object.fromEntries(
    Object.entries(REQUEST_RATES).map(([name, { perSecond, atOnce }]) => {
      const rate = { perSecond: perSecond * factor, atOnce: Math.ceil(atOnce * factor) };
      return [name, createLimiter(rate, MOST_KEYS, now)];
    }),
  ) as Record<RequestClass, Limiter>;
  return {
    admit(contract, { account, address, machine = null }) {
      const isMachine = account !== null && machine !== null;
      const kind = isMachine ? 'machines' : classOf(contract, account !== null);
      // Whether it did sign is known once its body is there. Nobody uses up another account's share by saying so before.
      const wait = limiters[kind].take(isMachine ? `${account} ${machine}` : (account ?? lineOf(address)));
      if (wait > 0) throw tooMany(wait);
    },
  };
}

function classOf(contract: Contract, isSignedIn: boolean): RequestClass {
  const { scope, body, answer } = contract;
  if (!isSignedIn) return scope.at === 'public' && !isRead(contract) ? 'secrets' : 'strangers';
  if (body === 'file') return 'uploads';
  if (answer === 'stream') return 'exports';
  return isRead(contract) ? 'reads' : 'changes';
}

/** Who an address is counted as: of IPv6 the first half, which one customer has as a whole. */
export function lineOf(address: string): string {
  const plain = /^(?:::ffff:)?(\d+(?:\.\d+){3})$/i.exec(address)?.[1];
  if (plain !== undefined || !address.includes(':')) return plain ?? address;
  const [before = [], after = []] = address
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}

/** A refusal that says how long to wait. */
export function tooMany(seconds: number): ProblemError {
  return new ProblemError('too-many-requests', waitFor(seconds), undefined, seconds);
}

function waitFor(seconds: number): Sentence {
  return {
    vi: `Có quá nhiều yêu cầu cùng lúc. Hãy đợi ${seconds} giây rồi làm lại; chưa có gì thay đổi.`,
    en: `There were too many requests at once. Wait ${seconds} s and try again; nothing has changed.`,
  };
}
