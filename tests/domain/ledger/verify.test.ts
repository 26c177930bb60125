import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readStatement } from '../../../domain/ledger/checkpoint.ts';
import type { AttendanceEvent } from '../../../domain/attendance/event.ts';
import type { BridgeId } from '../../../domain/ids.ts';
import type { ExportedEvent, ExportLine } from '../../../domain/ledger/export.ts';
import type { Finding } from '../../../domain/ledger/verdict.ts';
import { verifyExport } from '../../../domain/ledger/verify.ts';
import { bridgeId } from '../attendance/factory.ts';
import { aKey, sealedLines, sha256, smallLedger } from './small-ledger.ts';
import {
  BRIDGES,
  event,
  findingOf,
  idOf,
  KEY,
  ledgerOf,
  newId,
  pick,
  seeds,
  type Step,
  steps,
  verify,
  withEvents,
} from './tampering.ts';

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
