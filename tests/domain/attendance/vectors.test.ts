import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { openBook } from '../../../domain/attendance/book.ts';
import type { AttendanceEvent, Counts, Mode, RecordedEvent } from '../../../domain/attendance/event.ts';
import { foldAttendance } from '../../../domain/attendance/fold.ts';
import type { Attendance } from '../../../domain/attendance/fold.ts';
import { digestTexts, isSameEvent, ledgerForm, textsOf } from '../../../domain/ledger/form.ts';
import type { Texts } from '../../../domain/ledger/form.ts';
import type { Tally } from '../../../domain/attendance/presence.ts';
import type { EventId } from '../../../domain/ids.ts';
import { freezeReport } from '../../../domain/reports/attendance-report.ts';
import type { FrozenReport } from '../../../domain/reports/attendance-report.ts';
import { bridgeFigures } from '../../../domain/reports/figures.ts';
import {
  aBridge,
  anEvent,
  at,
  bridgeId,
  expects,
  permutations,
  personId,
  recorded,
  treeOf,
} from './factory.ts';
import { sha256 } from '../ledger/small-ledger.ts';

interface Case {
  readonly name: string;
  readonly events: readonly (readonly unknown[])[];
  readonly invited?: readonly string[];
  readonly inThisOrder?: boolean;
  readonly received?: Readonly<Record<string, string>>;
  readonly presence?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly flags?: Readonly<Record<string, readonly string[]>>;
  readonly tally?: Readonly<Record<string, number | Readonly<Record<string, unknown>>>>;
  readonly ledger?: number;
  readonly outcomes?: readonly string[];
  readonly report?: {
    readonly versions: number;
    readonly difference: Readonly<Record<string, Readonly<Record<string, readonly [number, number]>>>>;
  };
}

const file = new URL('../../vectors/attendance.json', import.meta.url);
const vectors = JSON.parse(readFileSync(file, 'utf8')) as {
  tree: { root: string[]; expected: Record<string, string[]> };
  cases: Case[];
};

const tree = treeOf([aBridge('root', null), ...vectors.tree.root.map((id) => aBridge(id, 'root'))]);

function expectedIn(example: Case) {
  return Object.entries(vectors.tree.expected).flatMap(([bridge, people]) =>
    expects(bridge, people, example.invited),
  );
}

/** Turns a line of the examples into an event. Undos come without a bridge there: they are of the bridge that they undo. */
function eventOf(line: readonly unknown[], example: Case): AttendanceEvent {
  const [id, kind, ...rest] = line as [string, string, ...unknown[]];
  const [first, second, third, fourth] = rest as [string, string, string, unknown];
  const extra = (rest.find((part, index) => index > 1 && typeof part === 'object') ?? {}) as {
    mode?: Mode;
    point?: string;
  };
  switch (kind) {
    case 'arrive':
      return anEvent(id, 'arrive', first, third, { person: second, mode: extra.mode ?? 'in-person' });
    case 'leave':
      return anEvent(id, 'leave', first, third, { person: second });
    case 'excuse':
      return anEvent(id, 'excuse', first, fourth as string, { person: second, reason: third });
    case 'walk-in':
      return anEvent(id, 'walk-in', first, third, {
        ...(rest[1] as { name: string; unit: string }),
        mode: 'in-person',
      });
    case 'count':
      return anEvent(id, 'count', first, third, { point: extra.point ?? '', counts: rest[1] as Counts });
    case 'void': {
      const target = example.events.find(([other]) => other === first);
      return anEvent(id, 'void', target?.[2] as string, third, { target: first, reason: second });
    }
    case 'close':
      return anEvent(id, 'close', first, second, {});
    default:
      throw new Error(`unknown kind ${kind}`);
  }
}

function recordsOf(example: Case): RecordedEvent[] {
  return example.events.map((line) => {
    const event = eventOf(line, example);
    return recorded(event, example.received?.[event.id]);
  });
}

/** What a case speaks of, as it came out, beside what it wants. */
function compare(example: Case, folded: Attendance): { found: unknown; wanted: unknown } {
  const presence = Object.keys(example.presence ?? {}).map((id) => [id, folded.presence.get(personId(id))]);
  const tally = Object.keys(example.tally ?? {}).map((id) => [
    id,
    figuresOf(folded.nodes.get(bridgeId(id))?.subtree),
  ]);
  return {
    found: {
      presence: Object.fromEntries(presence),
      tally: Object.fromEntries(tally),
      ...(example.flags && { flags: Object.fromEntries(folded.flags) }),
      ...(example.ledger && { ledger: folded.events }),
    },
    wanted: {
      presence: mapValues(example.presence ?? {}, presenceIn),
      tally: mapValues(example.tally ?? {}, (wanted) =>
        typeof wanted === 'number' ? { attended: wanted } : wanted,
      ),
      ...(example.flags && { flags: example.flags }),
      ...(example.ledger && { ledger: example.ledger }),
    },
  };
}

/** Events that are flagged though the case, which lists flags, does not list them. */
function flagsBeyond(example: Case, folded: Attendance): readonly EventId[] {
  return [...folded.flags.keys()].filter((id) => example.flags !== undefined && !(id in example.flags));
}

function mapValues<In, Out>(
  all: Readonly<Record<string, In>>,
  change: (value: In) => Out,
): Record<string, Out> {
  return Object.fromEntries(Object.entries(all).map(([key, value]) => [key, change(value)]));
}

function figuresOf(tally: Tally | undefined): object {
  return { ...tally, absent: (tally?.absentWithReason ?? NaN) + (tally?.absentWithout ?? NaN) };
}

function presenceIn(wanted: Readonly<Record<string, unknown>>): object {
  const moments = Object.entries(wanted).map(([key, value]) =>
    key === 'since' || key === 'until' ? [key, at(value as string)] : [key, value],
  );
  return Object.fromEntries(moments);
}

const unordered = vectors.cases.filter((example) => example.inThisOrder !== true);

describe('worked examples of attendance', () => {
  test.each(unordered)('folded at once, in every order: $name', (example) => {
    for (const events of permutations(recordsOf(example))) {
      const input = { bridges: tree, expected: expectedIn(example) };
      for (const given of [events, [...events, ...events]]) {
        const folded = foldAttendance({ ...input, events: given });
        const { found, wanted } = compare(example, folded);
        expect(found).toMatchObject(wanted as object);
        expect(flagsBeyond(example, folded)).toEqual([]);
      }
    }
  });

  test.each(unordered)('one by one, in every order: $name', (example) => {
    for (const events of permutations(recordsOf(example))) {
      const book = openBook(tree, expectedIn(example));
      for (const event of [...events, ...events]) book.add(event);
      const folded = {
        presence: new Map(book.people()),
        flags: new Map(book.flagged()),
        nodes: new Map(tree.bridges.map(({ id }) => [id, book.node(id)])),
        events: book.size,
      };
      const { found, wanted } = compare(example, folded);
      expect(found).toMatchObject(wanted as object);
      expect(flagsBeyond(example, folded)).toEqual([]);
    }
  });

  test.each(vectors.cases.filter(({ outcomes }) => outcomes !== undefined))('answers: $name', (example) => {
    const ledger = new Map<EventId, { readonly form: string; readonly texts: Texts | null }>();
    const outcomes = example.events.map((line) => {
      const event = eventOf(line, example);
      const before = ledger.get(event.id);
      if (before !== undefined) {
        return isSameEvent(event, before.form, before.texts) ? 'recorded' : 'conflict';
      }
      const texts = textsOf(event);
      ledger.set(event.id, { form: ledgerForm(event, texts && digestTexts(texts, 'muối', sha256)), texts });
      return 'recorded';
    });
    expect(outcomes).toEqual(example.outcomes);
    expect(ledger.size).toBe(example.ledger);
  });

  test.each(vectors.cases.filter(({ report }) => report !== undefined))('report: $name', (example) => {
    let report: FrozenReport | null = null;
    const received = recordsOf(example).toSorted((a, b) => a.receivedAt - b.receivedAt);
    for (const [index, { receivedAt }] of received.entries()) {
      const events = received.slice(0, index + 1);
      const book = openBook(tree, expectedIn(example));
      book.addAll(events);
      report = freezeReport(report, { sequence: index + 1, at: receivedAt, rows: bridgeFigures(tree, book) });
    }
    expect(report?.version).toBe(example.report?.versions);
    const differences: Record<string, Record<string, [number, number]>> = {};
    for (const { bridge, figure, before, after } of report?.differences ?? []) {
      (differences[bridge] ??= {})[figure] = [before, after];
    }
    for (const [bridge, wanted] of Object.entries(example.report?.difference ?? {})) {
      expect(differences[bridge]).toMatchObject(wanted);
    }
  });
});
