import { unwrapped } from './sequence.ts';
import type { ReceptionBlock } from './rtcp.ts';

/** How one stream arrives, for the reports to its sender (RFC 3550, 6.4). */
export class Reception {
  readonly #ssrc: number;
  readonly #clockRate: number;
  #first: number | null = null;
  #highest = 0;
  #received = 0;
  #jitter = 0;
  #transit: number | null = null;
  #before = { expected: 0, received: 0 };
  #report: { readonly middle: number; readonly at: number } | null = null;
  constructor(ssrc: number, clockRate: number) {
    this.#ssrc = ssrc;
    this.#clockRate = clockRate;
  }

  note(number: number, timestamp: number, now: number): void {
    this.#first ??= number;
    this.#highest = Math.max(this.#highest, number);
    this.#received += 1;
    const transit = (now * this.#clockRate) / 1_000 - timestamp;
    if (this.#transit !== null) this.#jitter += (Math.abs(transit - this.#transit) - this.#jitter) / 16;
    this.#transit = transit;
  }

  noteReport(report: Buffer, now: number): void {
    this.#report = { middle: report.readUInt32BE(10), at: now };
  }

  /** Since the block before; null as long as nothing came. */
  block(now: number): ReceptionBlock | null {
    if (this.#first === null) return null;
    const expected = this.#highest - this.#first + 1;
    const due = expected - this.#before.expected;
    const lost = due - (this.#received - this.#before.received);
    this.#before = { expected, received: this.#received };
    return {
      ssrc: this.#ssrc,
      fraction: due > 0 && lost > 0 ? Math.floor((lost * 256) / due) : 0,
      lost: expected - this.#received,
      highest: unwrapped(this.#highest & 0xffff, this.#highest),
      jitter: Math.min(this.#jitter, 0xffffffff),
      lastReport: this.#report?.middle ?? 0,
      delay: this.#report === null ? 0 : (now - this.#report.at) * 65.536,
    };
  }
}
