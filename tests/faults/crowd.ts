import type { AttendanceEvent } from '../../domain/attendance/event.ts';
import type { BridgeId } from '../../domain/ids.ts';
import type { Receipt, RecordAnswer } from '../../domain/wire/attendance.ts';
import { newId, socket, type TestSocket } from '../server/harness.ts';
import { eventAt } from '../server/sample.ts';
import { pause, type Scene } from './scene.ts';

/** What one machine at a door remembers by itself, whatever becomes of the server. */
export interface Journal {
  readonly device: string;
  readonly bridge: BridgeId;
  readonly sent: Map<string, AttendanceEvent>;
  readonly acknowledged: Map<string, Receipt>;
  /** Events without an acknowledgement so far. */
  readonly waiting: Set<string>;
  /** What the server said where it did not take a message. */
  readonly refusals: string[];
  /** What must never happen: another receipt for a replay, a conflict, an event refused. */
  readonly complaints: string[];
  /** The longest that a message took to be acknowledged, in milliseconds. */
  longest: number;
}

export interface Crowd {
  readonly journals: readonly Journal[];
  /** Everybody connects and sends without pause, until `halt` or until the line breaks. */
  go(url: string): Promise<void>;
  /** Ends sending; resolves when what was on its way is answered or lost. */
  halt(): Promise<void>;
  /** Sends what has no acknowledgement, once, and waits for the answers. */
  drain(url: string): Promise<void>;
  acknowledged(): number;
}

export interface Pace {
  /** Most events of one message. */
  readonly batch: number;
  /** Milliseconds between an answer and the next message. */
  readonly rest: number;
}

/** Machines at as many bridges, each sending one message after the other and keeping its own record. */
export function crowdOf(scene: Scene, size: number, chance: () => number, pace: Pace): Crowd {
  const journals = Array.from({ length: size }, (_, at): Journal => ({
    device: `may-${at + 1}`,
    bridge: scene.bridges[at % scene.bridges.length]!,
    sent: new Map(),
    acknowledged: new Map(),
    waiting: new Set(),
    refusals: [],
    complaints: [],
    longest: 0,
  }));
  const state = { halted: false };
  let working: Promise<unknown> = Promise.resolve();

  async function work(journal: Journal, line: TestSocket): Promise<void> {
    while (!state.halted && line.socket.connected) {
      await send(scene, line, journal, nextMessage(scene, journal, chance, pace.batch));
      if (pace.rest > 0) await pause(pace.rest);
    }
    line.close();
  }

  return {
    journals,
    async go(url) {
      state.halted = false;
      const lines = await Promise.all(journals.map(() => socket({ url }, scene.cookie)));
      working = Promise.all(journals.map((journal, at) => work(journal, lines[at]!)));
    },
    async halt() {
      state.halted = true;
      await working;
    },
    async drain(url) {
      for (const journal of journals) {
        const line = await socket({ url }, scene.cookie);
        const events = [...journal.waiting].map((id) => journal.sent.get(id)!);
        for (let at = 0; at < events.length; at += 1000) {
          await send(scene, line, journal, events.slice(at, at + 1000));
        }
        line.close();
      }
    },
    acknowledged: () => journals.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0),
  };
}

/** What was lost on its way, a few that were answered already, and something new. */
function nextMessage(scene: Scene, journal: Journal, chance: () => number, batch: number): AttendanceEvent[] {
  const events = [...journal.waiting].slice(0, batch).map((id) => journal.sent.get(id)!);
  if (chance() < 0.1) {
    for (const id of [...journal.acknowledged.keys()].slice(-2)) events.push(journal.sent.get(id)!);
  }
  const fresh = 1 + Math.floor(chance() * (batch - 1));
  for (let count = 0; count < fresh; count++) {
    const event = freshEvent(scene, journal, chance);
    journal.sent.set(event.id, event);
    journal.waiting.add(event.id);
    events.push(event);
  }
  return events.slice(0, 1000);
}

/**
 * Mostly people who arrive. Who is excused never arrives, and only arrivals are undone: so that who attended can be
 * counted without the rules of the program.
 */
function freshEvent(scene: Scene, journal: Journal, chance: () => number): AttendanceEvent {
  const at = { session: scene.session, clock: Object.assign(() => Date.now(), {}) } as never;
  const { bridge, device } = journal;
  const common = { id: newId(), device };
  const person = (from: number, to: number) =>
    scene.people[Math.floor((from + chance() * (to - from)) * scene.people.length)]!;
  const kind = chance();
  if (kind < 0.05)
    return eventAt(
      at,
      bridge,
      'walk-in',
      { name: 'Lò Thị Khách', unit: 'Xóm Thử', mode: 'in-person' },
      common,
    );
  if (kind < 0.1)
    return eventAt(at, bridge, 'excuse', { person: person(0.9, 1), reason: 'đi công tác' }, common);
  if (kind < 0.15) return eventAt(at, bridge, 'leave', { person: person(0, 0.9) }, common);
  if (kind < 0.17) return eventAt(at, bridge, 'open', {}, common);
  if (kind < 0.19) return eventAt(at, bridge, 'close', {}, common);
  const undone = kind < 0.25 ? [...journal.sent.values()].at(-1 - Math.floor(chance() * 20)) : undefined;
  if (undone?.kind === 'arrive') {
    return eventAt(at, bridge, 'void', { target: undone.id, reason: 'ghi nhầm' }, common);
  }
  return eventAt(at, bridge, 'arrive', { person: person(0, 0.9), mode: 'in-person' }, common);
}

async function send(
  scene: Scene,
  line: TestSocket,
  journal: Journal,
  events: readonly AttendanceEvent[],
): Promise<void> {
  const { conference, session } = scene;
  const from = performance.now();
  try {
    const answer = await line.ask('attendance:record', {
      conference,
      session,
      bridge: journal.bridge,
      events: [...events],
    });
    if (!answer.ok) {
      journal.refusals.push(answer.message);
      await pause(50);
      return;
    }
    for (const item of answer.items) note(journal, item);
    if (answer.items.length !== events.length)
      journal.complaints.push('another number of answers than of events');
    journal.longest = Math.max(journal.longest, performance.now() - from);
  } catch {
    // The line broke, or nobody answered: everything of this message stays in `waiting`.
  }
}

function note(journal: Journal, { id, outcome, reason, receipt, message }: RecordAnswer): void {
  if (outcome !== 'recorded' || receipt === null) {
    journal.complaints.push(`${id}: ${outcome} ${reason} ${message}`);
    return;
  }
  const before = journal.acknowledged.get(id);
  if (before !== undefined && JSON.stringify(before) !== JSON.stringify(receipt)) {
    journal.complaints.push(`${id}: ${JSON.stringify(before)} became ${JSON.stringify(receipt)}`);
  }
  journal.acknowledged.set(id, receipt);
  journal.waiting.delete(id);
}
