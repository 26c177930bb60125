import type { Held, To } from './held.ts';
import { mustBeRecorded, personEvent, recordBody } from './messages.ts';
import { moment, Samples } from './samples.ts';

/** Answers that came within the time of a measurement. */
export interface Answered {
  /** How long each of them took, in milliseconds. */
  readonly latenciesMs: Float32Array;
  /** What the load itself has used of the processors, in milliseconds: on a small machine it stands in the server's way. */
  readonly processorMs: number;
}

/** Body of the next check-in of a door: everybody arrives, then everybody leaves, and so on. */
function nextCheckIn({ country, doors, sent }: Held, at: number): string {
  const door = doors[at]!;
  const number = sent[at]!;
  sent[at] = number + 1;
  const kind = Math.floor(number / door.people) % 2 === 0 ? 'arrive' : 'leave';
  return recordBody(country, door, [personEvent(country, door, kind, number % door.people)]);
}

/** Each door sends its next check-in as soon as one was answered, so many in flight at each. */
export function closedLoop(held: Held, to: To, inFlight: number, lastsMs: number): Promise<Answered> {
  return new Promise((resolve) => {
    const latencies = new Samples();
    const used = process.cpuUsage();
    const began = performance.now();
    let flying = 0;
    const next = (at: number): void => {
      const sentAt = performance.now();
      if (sentAt - began >= lastsMs) {
        if (flying === 0) resolve({ latenciesMs: latencies.all(), processorMs: usedSince(used) });
        return;
      }
      flying += 1;
      held.lines[to][at]!.ask('attendance:record', nextCheckIn(held, at), (answer) => {
        flying -= 1;
        mustBeRecorded(answer);
        const now = performance.now();
        // What was on its way when the time was up does not count.
        if (now - began < lastsMs) latencies.add(now - sentAt);
        next(at);
      });
    };
    for (let at = 0; at < held.doors.length; at++) for (let one = 0; one < inFlight; one++) next(at);
  });
}

/**
 * So many check-ins a second, whether answers come or not, by all doors in turn. What each took counts from when it was due:
 * a server that stands still makes all wait that would have come meanwhile.
 */
export function openLoop(held: Held, to: To, perSecond: number, lastsMs: number): Promise<Answered> {
  return new Promise((resolve) => {
    const turns = shuffled(held.doors.length);
    const all = Math.floor((perSecond * lastsMs) / 1000);
    const latencies = new Samples();
    const used = process.cpuUsage();
    const began = performance.now();
    let sent = 0;
    let answered = 0;
    const send = (due: number, at: number): void => {
      const acknowledged = held.acknowledged.get(held.firstDoor + at);
      held.lines[to][at]!.ask('attendance:record', nextCheckIn(held, at), (answer) => {
        mustBeRecorded(answer);
        acknowledged?.push(moment());
        latencies.add(performance.now() - due);
        answered += 1;
        if (answered === all) resolve({ latenciesMs: latencies.all(), processorMs: usedSince(used) });
      });
    };
    const tick = (): void => {
      const now = performance.now();
      for (; sent < all; sent++) {
        const due = began + (1000 * sent) / perSecond;
        if (due > now) break;
        send(due, turns[sent % turns.length]!);
      }
      if (sent < all) setTimeout(tick, 1);
    };
    tick();
  });
}

function usedSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function shuffled(length: number): Uint32Array {
  const turns = Uint32Array.from({ length }, (_, at) => at);
  for (let at = length - 1; at > 0; at--) {
    const other = Math.floor(Math.random() * (at + 1));
    [turns[at], turns[other]] = [turns[other]!, turns[at]!];
  }
  return turns;
}
