import { parentPort, workerData } from 'node:worker_threads';

import { bridgeTree } from '../../domain/bridges/tree.ts';
import { aboutOf, adviseOn } from '../../domain/composition/advice.ts';
import { describe } from '../../domain/composition/describe.ts';
import { effectOf, overBy } from '../../domain/composition/effect.ts';
import type { Person } from '../../domain/composition/person.ts';
import { compileClauses, place, type PlacementInput } from '../../domain/composition/place.ts';
import type {
  OpenSeats,
  PlacementFinding,
  PlacementOutcome,
  Unseated,
} from '../../domain/composition/placement.ts';
import { sayPlacementFinding, severityOf } from '../../domain/composition/sentences.ts';
import type { BridgeId, PersonId } from '../../domain/ids.ts';
import type { Language } from '../../domain/text/language.ts';
import { treeAsOf } from '../../domain/units/tree.ts';
import type { PlacementEffect } from '../../domain/wire/placement.ts';
import type { Placing, PlacingAnswer, PlacingTask, Standing } from './placing.ts';
import type { KeptFinding, KeptSummary } from './store.ts';

const ROWS_PER_LIST = 1000;
/** Of one kind; a nation has thousands of bridges without a chair, and the rooms list them. */
const MOST_OF_A_KIND = 100;
const MOST_MOVES = 100;
const MOST_ROOMS = 100;

/** Works out one placement, or the effect of one, and answers; the thread ends with it. */
function run(task: PlacingTask): PlacingAnswer {
  const { clauses, settings, standing } = task;
  const people = listsIn<Person>(task.roster);
  if (people.length === 0) return { kind: 'nobody' };
  const tree = bridgeTree(task.bridges);
  if (!tree.ok) throw new Error(`the stored bridges are no tree: ${tree.reason}`);
  const read = task.units === null ? null : treeAsOf(task.units.units, task.units.asOf, task.units.levels);
  const units = read?.ok === true ? read.value : null;
  const input: PlacementInput = { people, clauses, bridges: tree.value, units, settings };
  const outcome = place(input);
  if (standing === null) return placed(outcome, input);
  return { kind: 'effect', effect: effect(outcome, input, standing) };
}

/** Let go of as it is read: a nation's roster takes 400 MB. */
function listsIn<Item>(stretches: readonly Uint8Array[]): Item[] {
  const items: Item[] = [];
  for (const stretch of stretches) {
    for (const item of JSON.parse(new TextDecoder().decode(stretch)) as Item[]) items.push(item);
  }
  return items;
}

function placed(outcome: PlacementOutcome, input: PlacementInput): Placing {
  const open = new Map<BridgeId, OpenSeats[]>();
  for (const seats of outcome.openSeats) {
    const here = open.get(seats.bridge);
    if (here === undefined) open.set(seats.bridge, [seats]);
    else here.push(seats);
  }
  const rooms = [...outcome.byBridge.values()].map(({ bridge, summoned, invited, conditional }) => {
    const quotas = (open.get(bridge) ?? []).map(({ clause, seats, named, open: left }) => ({
      clause,
      seats,
      named,
      open: left,
    }));
    return { bridge, summoned, invited, conditional, quotas: JSON.stringify(quotas) };
  });
  const placements = outcome.placements.map(({ reason, others, ...placement }) => ({
    ...placement,
    reason: JSON.stringify(reason),
    others: JSON.stringify(others),
  }));
  return {
    kind: 'placed',
    placements: inLists(placements),
    rooms: inLists(rooms),
    summary: summaryOf(outcome, input),
  };
}

function inLists(rows: readonly object[]): string[] {
  const lists: string[] = [];
  for (let at = 0; at < rows.length; at += ROWS_PER_LIST)
    lists.push(JSON.stringify(rows.slice(at, at + ROWS_PER_LIST)));
  return lists;
}

/** What is shown of a placement, in both languages: it is worked out once and looked at often. */
function summaryOf(outcome: PlacementOutcome, input: PlacementInput): Omit<KeptSummary, 'rosterRevision'> {
  const { people, clauses, settings, units } = input;
  const counts = new Map(outcome.clauses.map((count) => [count.clause, count]));
  const compiled = compileClauses(clauses, settings, units);
  const unseated = new Map<Unseated, number>();
  for (const { bridge, reason } of outcome.placements) {
    if (bridge === null)
      unseated.set(reason.kind as Unseated, (unseated.get(reason.kind as Unseated) ?? 0) + 1);
  }
  const unplaced = [...unseated.values()].reduce((sum, count) => sum + count, 0);
  return {
    people: people.length,
    seated: outcome.placements.length - unplaced,
    unplaced,
    unseated: [...unseated]
      .map(([reason, count]) => ({ reason, people: count }))
      .toSorted((a, b) => b.people - a.people),
    clauses: clauses.map(({ id, bridgeClass, text }, index) => {
      const rules = compiled[index];
      return {
        clause: id,
        bridgeClass,
        text,
        understood: inBoth((language) => (rules === undefined ? '' : describe(rules, settings, language))),
        matched: counts.get(id)?.matched ?? 0,
        seated: counts.get(id)?.seated ?? 0,
      };
    }),
    findings: keptFindings(outcome.findings, input),
    findingCount: outcome.findings.length,
  };
}

function keptFindings(findings: readonly PlacementFinding[], input: PlacementInput): KeptFinding[] {
  const { people, clauses, bridges } = input;
  const ofKind = new Map<string, number>();
  const chosen = findings.filter(({ kind }) => {
    const before = ofKind.get(kind) ?? 0;
    ofKind.set(kind, before + 1);
    return before < MOST_OF_A_KIND;
  });
  const wanted = new Set<string>(chosen.flatMap((finding) => ('person' in finding ? [finding.person] : [])));
  const names = new Map<string, string>();
  for (const { id, name } of people) if (wanted.has(id)) names.set(id, name);
  const nameOf = (id: string): string | null => names.get(id) ?? null;
  return chosen.map((finding) => ({
    code: finding.kind,
    severity: severityOf(finding),
    message: inBoth((language) => sayPlacementFinding(finding, { bridges, clauses }, language, nameOf)),
    todo: adviseOn(finding),
    ...aboutOf(finding),
  }));
}

function effect(
  outcome: PlacementOutcome,
  input: PlacementInput,
  { settings, seats, language }: Standing,
): Omit<PlacementEffect, 'seen'> {
  const { people, bridges } = input;
  const before = place({ ...input, settings });
  const standing = new Map(listsIn<[PersonId, BridgeId | null]>(seats));
  const found = effectOf(people, standing, before.findings, outcome);
  const at = (bridge: BridgeId | null) => ({
    bridge,
    name: bridge === null ? null : (bridges.get(bridge)?.name ?? null),
  });
  const say = (findings: readonly PlacementFinding[]) =>
    keptFindings(findings, input).map(({ message, todo, ...finding }) => ({
      ...finding,
      path: null,
      message: message[language],
      todo: todo[language],
    }));
  return {
    seatedBefore: found.seatedBefore,
    seatedAfter: found.seatedAfter,
    changed: found.changed,
    moves: found.moves.slice(0, MOST_MOVES).map(({ from, to, count, people: who }) => ({
      from: at(from),
      to: at(to),
      count,
      people: who.map(({ id, name, positions }) => ({
        person: id,
        name,
        positions: positions.map(({ text }) => text),
      })),
    })),
    moveCount: found.moves.length,
    rooms: found.rooms.slice(0, MOST_ROOMS).map((room) => ({
      ...room,
      name: bridges.get(room.bridge)?.name ?? '',
      tooFull: overBy(room) > 0,
    })),
    roomCount: found.rooms.length,
    tooFullCount: found.rooms.filter((room) => overBy(room) > 0).length,
    arising: say(found.arising),
    settled: say(found.settled),
  };
}

function inBoth(say: (language: Language) => string): Readonly<Record<Language, string>> {
  return { vi: say('vi'), en: say('en') };
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
parentPort?.postMessage(run(workerData as PlacingTask));
