import fc from 'fast-check';

import type { AttendanceEvent } from '../../../domain/attendance/event.ts';
import type { BridgeId } from '../../../domain/ids.ts';
import { writeLine, type ExportedEvent } from '../../../domain/ledger/export.ts';
import type { Finding, Verdict } from '../../../domain/ledger/verdict.ts';
import { verifyExport, type VerifyOptions } from '../../../domain/ledger/verify.ts';
import { anEvent, bridgeId } from '../attendance/factory.ts';
import { aKey, smallLedger, type SmallLedger } from './small-ledger.ts';

export const KEY = aKey();
export const BRIDGES = ['a', 'b', 'c'].map(bridgeId);

export type Step = {
  readonly bridge: string;
  readonly kind: AttendanceEvent['kind'];
  readonly sign: boolean;
};

/** What happens in a ledger: events of every kind at three bridges, and checkpoints in between. */
export const steps = fc.array(
  fc.record({
    bridge: fc.constantFrom('a', 'b', 'c'),
    kind: fc.constantFrom<AttendanceEvent['kind'][]>(
      'arrive',
      'leave',
      'excuse',
      'walk-in',
      'count',
      'void',
      'close',
    ),
    sign: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40 },
);

let numbered = 0;
export const newId = (): string =>
  `01946000-0000-7000-8000-${(numbered += 1).toString(16).padStart(12, '0')}`;

export function event(bridge: string, kind: AttendanceEvent['kind'], target = newId()): AttendanceEvent {
  const person = `p${numbered}`;
  const own = {
    open: {},
    close: {},
    arrive: { person, mode: 'in-person' as const },
    leave: { person },
    excuse: { person, reason: 'bận việc hiếu' },
    'walk-in': { name: 'Khách Không Tên', unit: 'Xóm 1', mode: 'online' as const },
    count: { point: 'cửa 1', counts: { other: 4, partyMember: 12 } },
    void: { target, reason: 'nhầm' },
  }[kind];
  return anEvent(newId(), kind, bridge, '07:40:00', own as never);
}

/** A ledger in which the steps were done; the last checkpoint covers everything, unless an open tail is asked for. */
export function ledgerOf(given: readonly Step[], tail = 0): SmallLedger {
  const ledger = smallLedger(KEY);
  let target: string | undefined;
  for (const { bridge, kind, sign } of given) {
    const one = event(bridge, kind, target);
    if (kind === 'close' || kind === 'void') target = one.id;
    ledger.append(one);
    if (sign) ledger.sign();
  }
  if (given.at(-1)?.sign !== true) ledger.sign();
  for (let more = 0; more < tail; more++) ledger.append(event('a', 'arrive'));
  return ledger;
}

export const verify = (lines: readonly string[], more: Partial<VerifyOptions> = {}): Verdict =>
  verifyExport(lines, { ...KEY.options, ...more });

export function findingOf(verdict: Verdict): Finding {
  if (verdict.ok) throw new Error('nothing was found');
  return verdict.finding;
}

/** The lines of an export whose events were tampered with: everything else stays as it was, its end too. */
export function withEvents(
  ledger: SmallLedger,
  tamper: (bridge: BridgeId, events: ExportedEvent[]) => readonly ExportedEvent[],
  under: readonly number[] = [],
): string[] {
  const whole = ledger.export(BRIDGES, under);
  const lines: string[] = [];
  let bridge: BridgeId | null = null;
  for (const [at, line] of ledger.lines(BRIDGES, under).entries()) {
    if (line.kind === 'event') continue;
    lines.push(whole[at]!);
    if (line.kind !== 'bridge') continue;
    bridge = line.bridge;
    lines.push(
      ...tamper(bridge, [...ledger.events(bridge)]).map((one) => writeLine({ kind: 'event', event: one })),
    );
  }
  return [...lines, whole.at(-1)!];
}

/** A bridge of the ledger that has events, and one of them. */
export function pick(
  ledger: SmallLedger,
  seed: number,
  atLeast = 1,
): { bridge: BridgeId; place: number } | null {
  const able = BRIDGES.filter((bridge) => ledger.events(bridge).length >= atLeast);
  const bridge = able[seed % able.length];
  return bridge === undefined ? null : { bridge, place: (seed % ledger.events(bridge).length) + 1 };
}

export const seeds = fc.integer({ min: 0, max: 1_000_000 });
export const idOf = (one: ExportedEvent | undefined): string =>
  one === undefined ? '' : String((JSON.parse(one.form) as unknown[])[1]);
