import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readStatement } from '../../../domain/ledger/checkpoint.ts';
import type { AttendanceEvent } from '../../../domain/attendance/event.ts';
import { writeLine, type ExportedEvent, type ExportLine } from '../../../domain/ledger/export.ts';
import { verifyExport, type VerifyOptions } from '../../../domain/ledger/verify.ts';
import type { KeptHead } from '../../../domain/ledger/verify-bridge.ts';
import type { Finding, Verdict } from '../../../domain/ledger/verdict.ts';
import type { BridgeId } from '../../../domain/ids.ts';
import { anEvent, bridgeId } from '../attendance/factory.ts';
import { aKey, sealedLines, sha256, smallLedger, type SmallLedger } from './small-ledger.ts';

const KEY = aKey();
const BRIDGES = ['a', 'b', 'c'].map(bridgeId);

type Step = { readonly bridge: string; readonly kind: AttendanceEvent['kind']; readonly sign: boolean };

/** What happens in a ledger: events of every kind at three bridges, and checkpoints in between. */
const steps = fc.array(
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
const newId = (): string => `01946000-0000-7000-8000-${(numbered += 1).toString(16).padStart(12, '0')}`;

function event(bridge: string, kind: AttendanceEvent['kind'], target = newId()): AttendanceEvent {
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
function ledgerOf(given: readonly Step[], tail = 0): SmallLedger {
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

const verify = (lines: readonly string[], more: Partial<VerifyOptions> = {}): Verdict =>
  verifyExport(lines, { ...KEY.options, ...more });

function findingOf(verdict: Verdict): Finding {
  if (verdict.ok) throw new Error('nothing was found');
  return verdict.finding;
}

/** The lines of an export whose events were tampered with: everything else stays as it was, its end too. */
function withEvents(
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
function pick(ledger: SmallLedger, seed: number, atLeast = 1): { bridge: BridgeId; place: number } | null {
  const able = BRIDGES.filter((bridge) => ledger.events(bridge).length >= atLeast);
  const bridge = able[seed % able.length];
  return bridge === undefined ? null : { bridge, place: (seed % ledger.events(bridge).length) + 1 };
}

const seeds = fc.integer({ min: 0, max: 1_000_000 });
const idOf = (one: ExportedEvent | undefined): string =>
  one === undefined ? '' : String((JSON.parse(one.form) as unknown[])[1]);

describe('an export that nobody touched', () => {
  test('verifies, with each bridge closed, open or empty as it is', () => {
    fc.assert(
      fc.property(steps, fc.array(seeds, { maxLength: 3 }), (given, wanted) => {
        const ledger = ledgerOf(given);
        const under = wanted.map((seed) => (seed % ledger.checkpoints.length) + 1);
        const kept = under.map((number) => ({ fingerprint: ledger.fingerprint(number), number: null }));
        const verdict = verify(ledger.export(BRIDGES, under), { keptCheckpoints: kept });
        if (!verdict.ok) throw new Error(JSON.stringify(verdict.finding));
        expect(verdict.events).toBe(given.length);
        expect(verdict.checkpoint?.number).toBe(ledger.checkpoints.length);
        for (const { bridge, state, events, covered } of verdict.bridges) {
          expect(events).toBe(ledger.events(bridge).length);
          expect(covered).toBe(events);
          const hasClose = ledger.events(bridge).some(({ form }) => form.startsWith('["close"'));
          expect(events === 0 ? ['empty'] : hasClose ? ['closed', 'open'] : ['open']).toContain(state);
        }
      }),
    );
  });

  test('is closed when its last event is covered and no undo of its own takes the close back', () => {
    const close = event('a', 'close');
    const undo = event('a', 'void', close.id);
    const arrive = event('a', 'arrive');
    expect(stateAfter(arrive)).toBe('open');
    expect(stateAfter(arrive, close)).toBe('closed');
    expect(stateAfter(arrive, close, event('a', 'arrive'))).toBe('closed');
    expect(stateAfter(close, undo)).toBe('open');
    expect(stateAfter(close, undo, event('a', 'void', undo.id))).toBe('closed');
    expect(stateAfter(close, undo, event('a', 'close'))).toBe('closed');
    expect(stateAfter(close, event('b', 'void', close.id))).toBe('closed');
  });

  test('that goes on after its last checkpoint is open, complete up to that one', () => {
    const ledger = ledgerOf([{ bridge: 'a', kind: 'close', sign: true }], 3);
    const verdict = verify(ledger.export([bridgeId('a')]));
    expect(verdict).toMatchObject({
      ok: true,
      closed: false,
      checkpoint: { number: 1 },
      bridges: [{ state: 'open', events: 4, covered: 1, closing: null }],
    });
  });

  test('names the checkpoint that closed a bridge, not a later one', () => {
    const ledger = ledgerOf([
      { bridge: 'a', kind: 'close', sign: true },
      { bridge: 'b', kind: 'arrive', sign: true },
    ]);
    expect(verify(ledger.export([bridgeId('a')]))).toMatchObject({
      closed: true,
      bridges: [{ closing: { number: 1, fingerprint: ledger.fingerprint(1) } }],
      checkpoint: { number: 2 },
    });
  });

  test('keeps verifying when what people wrote is erased', () => {
    fc.assert(
      fc.property(steps, seeds, (given, seed) => {
        const ledger = ledgerOf(given);
        const erase = (_: BridgeId, events: ExportedEvent[]): ExportedEvent[] =>
          events.map((one, at) => ((seed >> (at % 20)) % 2 === 0 ? one : { ...one, texts: null }));
        expect(verify(withEvents(ledger, erase)).ok).toBe(true);
      }),
    );
  });
});

describe('one event tampered with', () => {
  /** Each way, with what it has to be called. Gives null where the ledger is too small for it. */
  const ways: Readonly<
    Record<
      string,
      (
        events: ExportedEvent[],
        place: number,
        seed: number,
      ) => readonly [ExportedEvent[], Partial<Finding>] | null
    >
  > = {
    'its form changed': (events, place, seed) => {
      const one = events[place - 1]!;
      const at = seed % one.form.length;
      const letter = one.form[at] === '0' ? '1' : '0';
      const form = one.form.slice(0, at) + letter + one.form.slice(at + 1);
      return [events.with(place - 1, { ...one, form }), { kind: 'changed', place }];
    },
    'its moment of receipt changed': (events, place) => {
      const one = events[place - 1]!;
      const receivedAt = (one.receivedAt + 1) as typeof one.receivedAt;
      return [events.with(place - 1, { ...one, receivedAt }), { kind: 'changed', place }];
    },
    'its hash changed': (events, place, seed) => {
      const one = events[place - 1]!;
      const at = seed % 64;
      const hash = one.hash.slice(0, at) + (one.hash[at] === '0' ? '1' : '0') + one.hash.slice(at + 1);
      return [events.with(place - 1, { ...one, hash }), { kind: 'changed', place }];
    },
    'its place changed': (events, place, seed) => {
      const one = events[place - 1]!;
      const other = seed % 50;
      if (other === place) return null;
      return [events.with(place - 1, { ...one, place: other }), { kind: 'changed', place }];
    },
    'its words changed': (events, place) => {
      const one = events[place - 1]!;
      if (one.texts === null) return null;
      const [field, words] = Object.entries(one.texts.texts)[0]!;
      const texts = { ...one.texts, texts: { ...one.texts.texts, [field]: `${words}.` } };
      return [events.with(place - 1, { ...one, texts }), { kind: 'changed', place }];
    },
    'its salt changed': (events, place) => {
      const one = events[place - 1]!;
      if (one.texts === null) return null;
      const texts = { ...one.texts, salt: `${one.texts.salt}0` };
      return [events.with(place - 1, { ...one, texts }), { kind: 'changed', place }];
    },
    removed: (events, place) =>
      place === events.length ? null : [events.toSpliced(place - 1, 1), { kind: 'removed', place }],
    'removed, and the places after it numbered anew': (events, place) =>
      place === events.length
        ? null
        : [
            events.toSpliced(place - 1, 1).map((one, at) => ({ ...one, place: at + 1 })),
            // With one event left behind it, nothing tells whether that one was changed.
            place < events.length - 1 ? { kind: 'removed', place } : { place },
          ],
    'exchanged with another': (events, place, seed) => {
      const other = (seed % events.length) + 1;
      if (other === place) return null;
      const [one, two] = [events[place - 1]!, events[other - 1]!];
      const first = Math.min(place, other);
      return [
        events.with(place - 1, two).with(other - 1, one),
        { kind: 'reordered', place: first, id: idOf(events[first - 1]) as never },
      ];
    },
    'moved elsewhere': (events, place, seed) => {
      const other = (seed % events.length) + 1;
      if (other === place) return null;
      const moved = events.toSpliced(place - 1, 1).toSpliced(other - 1, 0, events[place - 1]!);
      return [moved, { kind: 'reordered', place: Math.min(place, other) }];
    },
    'exchanged with the next, and the places numbered anew': (events, place) => {
      if (place === events.length) return null;
      const [one, two] = [events[place - 1]!, events[place]!];
      const swapped = events.with(place - 1, two).with(place, one);
      return [swapped.map((each, at) => ({ ...each, place: at + 1 })), { kind: 'reordered', place }];
    },
    'a copy put in elsewhere': (events, place, seed) => {
      const at = place + (seed % (events.length - place + 1));
      return [events.toSpliced(at, 0, events[place - 1]!), { kind: 'inserted', place: at + 1 }];
    },
    'another one put in': (events, place, seed) => {
      const form = JSON.stringify(['arrive', newId(), 's1', 'a', 'm1', 0, 0, 'p', 'in-person']);
      const stranger = { ...events[place - 1]!, form, hash: sha256(String(seed)), texts: null };
      return [events.toSpliced(place - 1, 0, stranger), { kind: 'inserted', place }];
    },
    'another one put in at the end': (events, _, seed) => {
      const form = JSON.stringify(['arrive', newId(), 's1', 'a', 'm1', 0, 0, 'p', 'in-person']);
      const place = events.length + 1;
      const stranger = { ...events.at(-1)!, place, form, hash: sha256(String(seed)), texts: null };
      return [[...events, stranger], { kind: 'inserted', place }];
    },
    'another one put in, and the places after it numbered anew': (events, place, seed) => {
      const form = JSON.stringify(['arrive', newId(), 's1', 'a', 'm1', 0, 0, 'p', 'in-person']);
      const stranger = { ...events[place - 1]!, form, hash: sha256(String(seed)), texts: null };
      const more = events.toSpliced(place - 1, 0, stranger).map((one, at) => ({ ...one, place: at + 1 }));
      return [more, { kind: 'inserted', place }];
    },
    'another one put in with a hash that fits': (events, place) => {
      const before = events[place - 2]?.hash ?? sha256(`nhipcau chain 1\ns1\n@`);
      const one = events[place - 1]!;
      const bridge = String((JSON.parse(one.form) as unknown[])[3]);
      const start = place === 1 ? sha256(`nhipcau chain 1\ns1\n${bridge}`) : before;
      const form = JSON.stringify(['arrive', newId(), 's1', bridge, 'm1', 0, 0, 'p', 'in-person']);
      const hash = sha256(`${start}\n${place}\n${one.receivedAt}\n${form}`);
      return [
        events.toSpliced(place - 1, 0, { ...one, form, hash, texts: null }),
        { kind: 'inserted', place },
      ];
    },
    'the tail cut off': (events, place) => [events.slice(0, place - 1), { kind: 'cut', place }],
  };

  test.each(Object.keys(ways))('%s: the first offending event is named rightly', (way) => {
    let tried = 0;
    fc.assert(
      fc.property(steps, seeds, seeds, (given, seed, other) => {
        const ledger = ledgerOf(given);
        const at = pick(ledger, seed);
        if (at === null) return;
        const tampered = ways[way]!([...ledger.events(at.bridge)], at.place, other);
        if (tampered === null) return;
        tried += 1;
        const [events, expected] = tampered;
        const lines = withEvents(ledger, (bridge, own) => (bridge === at.bridge ? events : own));
        expect(findingOf(verify(lines))).toMatchObject({ bridge: at.bridge, ...expected });
      }),
      { numRuns: 150 },
    );
    expect(tried).toBeGreaterThan(20);
  });
});

describe('any byte of an export changed', () => {
  test('is found', () => {
    fc.assert(
      fc.property(steps, seeds, fc.integer({ min: 1, max: 255 }), (given, seed, flip) => {
        const bytes = new TextEncoder().encode(`${ledgerOf(given).export(BRIDGES).join('\n')}\n`);
        const at = (seed * 7919) % (bytes.length - 1);
        const changed = bytes.with(at, bytes[at]! ^ flip);
        const before = new TextDecoder().decode(bytes).split('\n').map(valueOf);
        const lines = new TextDecoder().decode(changed).split('\n');
        // A blank more or less between lines is no change of a field.
        if (JSON.stringify(lines.filter(Boolean).map(valueOf)) === JSON.stringify(before.filter(Boolean)))
          return;
        expect(verify(lines).ok).toBe(false);
      }),
      { numRuns: 600 },
    );
  });

  test.each<[string, ExportLine['kind'], (text: string) => string, Finding['kind']]>([
    ['a signature', 'checkpoint', (text) => flipped(text, '"signature":"', 5), 'bad-signature'],
    ['the spelling of a signature', 'checkpoint', respelled, 'bad-signature'],
    ['the root of a checkpoint', 'checkpoint', (text) => flipped(text, 'root ', 3), 'bad-signature'],
    ['the hash in a proof', 'proof', (text) => flipped(text, '"hash":"', 3), 'unproven'],
    ['a hash beside the way up', 'proof', (text) => flipped(text, '"path":["', 3), 'unproven'],
    ['the name of a bridge', 'bridge', (text) => flipped(text, '"name":"', 2), 'not-as-written'],
    ['the title of the conference', 'header', (text) => flipped(text, '"title":"', 2), 'not-as-written'],
    ['the key', 'header', (text) => flipped(text, '"key":"', 2), 'other-key'],
    ['the count of events', 'end', (text) => text.replace(/"events":\d+/, '"events":7'), 'not-as-written'],
  ])('%s: %s', (_, kind, change, found) => {
    const ledger = ledgerOf([
      { bridge: 'a', kind: 'arrive', sign: false },
      { bridge: 'b', kind: 'arrive', sign: true },
      { bridge: 'a', kind: 'close', sign: true },
    ]);
    const lines = ledger.export(BRIDGES);
    const kinds = [...ledger.lines(BRIDGES).map((line) => line.kind), 'end'];
    const at = kinds.indexOf(kind);
    const changed = change(lines[at]!);
    expect(changed).not.toBe(lines[at]);
    expect(findingOf(verify(lines.with(at, changed))).kind).toBe(found);
  });

  test('a second spelling of a signature reads as the same bytes, so that the test above means something', () => {
    const text = KEY.sign('x');
    expect(Buffer.from(respelled(`"${text}"}`).slice(1, -2), 'base64url')).toEqual(
      Buffer.from(text, 'base64url'),
    );
  });
});

describe('lines that are no events', () => {
  const given: readonly Step[] = [
    { bridge: 'a', kind: 'arrive', sign: true },
    { bridge: 'b', kind: 'arrive', sign: true },
    { bridge: 'a', kind: 'close', sign: true },
    { bridge: 'b', kind: 'arrive', sign: true },
  ];

  test('cannot be left out, doubled or exchanged', () => {
    const lines = ledgerOf(given).export(BRIDGES);
    for (const [at, line] of lines.entries()) {
      expect(verify(lines.toSpliced(at, 1)).ok, `without ${line.slice(0, 40)}`).toBe(false);
      expect(verify(lines.toSpliced(at, 0, line)).ok, `twice ${line.slice(0, 40)}`).toBe(false);
      const next = lines[at + 1];
      if (next === undefined) continue;
      expect(verify(lines.with(at, next).with(at + 1, line)).ok, `late ${line.slice(0, 40)}`).toBe(false);
    }
  });

  test('a file that stops anywhere is half a file', () => {
    const whole = `${ledgerOf(given).export(BRIDGES).join('\n')}\n`;
    for (let at = 0; at < whole.length - 2; at += 37) {
      const finding = findingOf(verify(whole.slice(0, at).split('\n')));
      expect(finding.kind).toBe('half-a-file');
    }
  });

  test('with a checkpoint left out, the first one missing is named', () => {
    const lines = ledgerOf(given).export(BRIDGES);
    expect(findingOf(verify(lines.toSpliced(2, 1)))).toEqual({ kind: 'bad-checkpoints', checkpoint: 2 });
  });

  test('the row of checkpoints may begin later, where an older key was lost; it has no gap after that', () => {
    const ledger = ledgerOf(given);
    const from = (first: number) =>
      ledger
        .lines(BRIDGES)
        .filter((line) => line.kind !== 'proof' || line.proof.checkpoint >= first)
        .filter(
          (line) =>
            line.kind !== 'checkpoint' || (readStatement(line.checkpoint.statement)?.number ?? 0) >= first,
        );
    expect(verify(sealedLines(from(3), KEY))).toMatchObject({ ok: true, checkpoint: { number: 4 } });
    // The header, checkpoint 2, and then number 4.
    const withGap = from(2).toSpliced(2, 1);
    expect(findingOf(verify(sealedLines(withGap, KEY)))).toEqual({ kind: 'bad-checkpoints', checkpoint: 3 });
  });

  test('with the key of somebody else nothing is believed', () => {
    const other = aKey();
    const lines = ledgerOf(given).export(BRIDGES);
    expect(findingOf(verifyExport(lines, other.options)).kind).toBe('other-key');
    expect(findingOf(verifyExport(lines, { ...KEY.options, isSigned: other.options.isSigned })).kind).toBe(
      'bad-signature',
    );
  });
});

describe('a chain made anew without the key', () => {
  test('is named from the first event behind what a checkpoint still proves', () => {
    const given: Step[] = Array.from({ length: 12 }, (_, at) => ({
      bridge: 'a',
      kind: at === 5 || at === 11 ? 'close' : 'arrive',
      sign: at === 5 || at === 11,
    }));
    const ledger = ledgerOf(given);
    // Events 7 to 12 made anew from the ninth on: checkpoint 1 vouches up to the sixth.
    const found = { bridge: 'a', upTo: 12, against: 2, place: 7, id: idOf(ledger.events(bridgeId('a'))[6]) };
    expect(findingOf(verify(withEvents(ledger, tailOfA(9))))).toEqual({ kind: 'rewritten', ...found });
    // Made anew from the third on: the first checkpoint says so already.
    expect(findingOf(verify(withEvents(ledger, tailOfA(3))))).toMatchObject({
      kind: 'rewritten',
      place: 1,
      upTo: 6,
    });
  });
});

describe('a history signed anew with the right key', () => {
  test('passes for true with nothing but the key', () => {
    const { after } = signedAnew([{ bridge: 'a', kind: 'close', sign: true }], bridgeId('a'), 1);
    expect(verify(after.export(BRIDGES)).ok).toBe(true);
  });

  test('is found by a kept head, and named between the heads that agree and the one that does not', () => {
    fc.assert(
      fc.property(steps, seeds, fc.array(seeds, { minLength: 1, maxLength: 4 }), (given, seed, keeps) => {
        const at = pick(ledgerOf(given), seed);
        if (at === null) return;
        const { before, after } = signedAnew(given, at.bridge, at.place);
        const length = before.events(at.bridge).length;
        const heads: KeptHead[] = keeps.map((keep) => before.head(at.bridge, (keep % length) + 1));
        const places = heads.map(({ place }) => place);
        const upTo = Math.min(...places.filter((place) => place >= at.place));
        const verdict = verify(after.export(BRIDGES), { keptHeads: heads });
        const place = Math.max(0, ...places.filter((one) => one < at.place)) + 1;
        const found = { kind: 'rewritten', bridge: at.bridge, place, upTo };
        expect(verdict).toMatchObject(upTo === Infinity ? { ok: true } : { ok: false, finding: found });
        expect(place <= at.place && at.place <= upTo).toBe(true);
      }),
    );
  });

  test('is found by a kept checkpoint that covers it, by its statement or its fingerprint', () => {
    fc.assert(
      fc.property(steps, seeds, seeds, fc.boolean(), (given, seed, keep, whole) => {
        const at = pick(ledgerOf(given), seed);
        if (at === null) return;
        const { before, after } = signedAnew(given, at.bridge, at.place);
        const number = (keep % before.checkpoints.length) + 1;
        const fingerprint = before.fingerprint(number);
        const kept = [{ fingerprint, number: whole ? number : null }];
        const verdict = verify(after.export(BRIDGES, [number]), { keptCheckpoints: kept });
        // One that was signed before the event came in says nothing against what came later.
        const isOlder = after.fingerprint(number) === fingerprint;
        const finding = { kind: 'signed-anew', kept: fingerprint, place: 1 };
        expect(verdict).toMatchObject(isOlder ? { ok: true } : { ok: false, finding });
      }),
    );
  });

  test('that keeps the checkpoint itself shows in the proof under it', () => {
    const { before, after } = signedAnew(
      [
        { bridge: 'a', kind: 'arrive', sign: false },
        { bridge: 'a', kind: 'close', sign: true },
        { bridge: 'b', kind: 'close', sign: true },
      ],
      bridgeId('a'),
      2,
    );
    // The true checkpoint 1 with its true proof, then a second one over the new history.
    const [trueLines, newLines] = [before.lines(BRIDGES, [1]), after.lines(BRIDGES, [1])];
    const proofs = trueLines.filter((line) => line.kind === 'proof' && line.proof.checkpoint === 1);
    const kept = [{ fingerprint: before.fingerprint(1), number: 1 }];
    const forged = newLines
      .map((line) => (line.kind === 'checkpoint' ? trueLines[newLines.indexOf(line)]! : line))
      .map((line) => (line.kind === 'proof' && line.proof.checkpoint === 1 ? proofs.shift()! : line));
    const finding = findingOf(verify(sealedLines(forged, KEY), { keptCheckpoints: kept }));
    expect(finding).toMatchObject({ kind: 'rewritten', bridge: 'a', place: 1, upTo: 2, against: 1 });
    // Without that proof the file does not show what was asked.
    const hidden = forged.filter((line) => line.kind !== 'proof' || line.proof.checkpoint !== 1);
    expect(findingOf(verify(sealedLines(hidden, KEY), { keptCheckpoints: kept })).kind).not.toBe(
      'half-a-file',
    );
  });

  test('a head of a bridge that the file does not have is said, not passed over', () => {
    const ledger = ledgerOf([
      { bridge: 'a', kind: 'close', sign: true },
      { bridge: 'b', kind: 'arrive', sign: true },
    ]);
    const heads = [ledger.head(bridgeId('b'), 1)];
    expect(findingOf(verify(ledger.export([bridgeId('a')]), { keptHeads: heads }))).toMatchObject({
      kind: 'not-shown',
      bridge: 'b',
    });
  });

  test('a bridge without a proof under what was kept is said, not passed over', () => {
    const ledger = ledgerOf([
      { bridge: 'a', kind: 'arrive', sign: true },
      { bridge: 'a', kind: 'close', sign: true },
    ]);
    const keptCheckpoints = [{ fingerprint: ledger.fingerprint(1), number: null }];
    expect(findingOf(verify(ledger.export(BRIDGES), { keptCheckpoints }))).toMatchObject({
      kind: 'not-shown',
      bridge: 'a',
    });
    expect(verify(ledger.export(BRIDGES, [1]), { keptCheckpoints }).ok).toBe(true);
  });
});

/** The events of a chain from a place on with another receipt each, and every hash made to fit. */
function rehashed(bridge: BridgeId, events: readonly ExportedEvent[], from: number): ExportedEvent[] {
  let before = sha256(`nhipcau chain 1\ns1\n${bridge}`);
  return events.map((one) => {
    const receivedAt = (one.place < from ? one.receivedAt : one.receivedAt + 1) as typeof one.receivedAt;
    before = sha256(`${before}\n${one.place}\n${receivedAt}\n${one.form}`);
    return { ...one, receivedAt, hash: before };
  });
}

/** A line with one letter or digit behind a mark exchanged for another. */
function flipped(text: string, mark: string, skip: number): string {
  const at = text.indexOf(mark) + mark.length + skip;
  return text.slice(0, at) + (text[at] === 'a' ? 'b' : 'a') + text.slice(at + 1);
}

/** A signature's last letter has four bits that say nothing. */
function respelled(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = text.at(-3)!;
  return text.slice(0, -3) + alphabet[alphabet.indexOf(last) ^ 1] + text.slice(-2);
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** What the bridge `a` comes to after the events were recorded and signed. */
function stateAfter(...events: AttendanceEvent[]): string | undefined {
  const ledger = smallLedger(KEY);
  for (const one of events) ledger.append(one);
  ledger.sign();
  const verdict = verify(ledger.export([bridgeId('a')]));
  return verdict.ok ? verdict.bridges[0]?.state : verdict.finding.kind;
}

/** The same ledger with one event of a bridge replaced, everything after it made anew, every checkpoint signed again. */
function signedAnew(
  given: readonly Step[],
  bridge: BridgeId,
  place: number,
): { before: SmallLedger; after: SmallLedger } {
  const [before, after] = [smallLedger(KEY), smallLedger(KEY)];
  let count = 0;
  for (const { bridge: where, kind, sign } of given) {
    const one = event(where, kind);
    before.append(one);
    if (where === bridge) count += 1;
    after.append(where === bridge && count === place ? event(where, 'arrive') : one);
    if (sign) for (const ledger of [before, after]) ledger.sign();
  }
  for (const ledger of [before, after]) ledger.sign();
  return { before, after };
}

/** Makes the chain of bridge `a` anew from a place on. */
function tailOfA(from: number) {
  return (bridge: BridgeId, events: ExportedEvent[]) =>
    bridge === 'a' ? rehashed(bridge, events, from) : events;
}
