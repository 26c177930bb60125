import type { ServerBody } from '../../../domain/wire/sockets.ts';
import { ORGANIZER, type Door, type Nation } from './nation.ts';
import { cookieOf } from './cookies.ts';
import { openLine, type Line } from './line.ts';
import { watchBody } from './messages.ts';
import { moment } from './samples.ts';

/** What control screens have shown: of each bridge, by its place among all doors, how many have come there and since when. */
export interface Shown {
  readonly bridges: ReadonlyMap<number, readonly Sight[]>;
  readonly messages: number;
  readonly bytes: number;
}
interface Sight {
  readonly attended: number;
  readonly at: number;
}

export interface Screens {
  shown(): Shown;
  close(): void;
}

/** Opens a control screen for each of some nodes: a line that watches its figures and those of its children. */
export async function openScreens(
  country: Nation,
  url: string,
  nodes: readonly Pick<Door, 'bridge'>[],
): Promise<Screens> {
  const { hostname, port } = new URL(url);
  const places = new Map(country.doors.map(({ bridge }, place) => [bridge, place]));
  const bridges = new Map<number, Sight[]>();
  let messages = 0;
  let bytes = 0;
  const heard = (event: Buffer): void => {
    const at = moment();
    messages += 1;
    bytes += event.length;
    const [name, body] = JSON.parse(event.toString()) as [string, ServerBody<'figures:changed'>];
    if (name !== 'figures:changed') return;
    for (const node of body.nodes) {
      const place = places.get(node.bridge)!;
      const sights = bridges.get(place) ?? [];
      bridges.set(place, sights);
      const before = sights.at(-1)?.attended ?? 0;
      if (node.own.attended > before) sights.push({ attended: node.own.attended, at });
    }
  };
  const lines: Line[] = [];
  for (const node of nodes) {
    const to = { host: hostname, port: Number(port), cookie: cookieOf(ORGANIZER), from: '127.0.0.1', heard };
    const line = await openLine(to);
    lines.push(line);
    await new Promise<void>((resolve, reject) => {
      line.ask('figures:watch', watchBody(country, node), (answer) => {
        if (answer.toString('latin1', 0, 11) === '[{"ok":true') resolve();
        else reject(new Error(answer.toString()));
      });
    });
  }
  return {
    shown: () => ({ bridges, messages, bytes }),
    close: () => {
      for (const line of lines) line.cut();
    },
  };
}

/** The nodes that control screens watch: the root and some provinces. */
export function watchedNodes({ doors }: Nation, provinces: number): Door[] {
  return [doors[0]!, ...doors.filter((door) => door.class === 'province').slice(0, provinces)];
}

/** Places of the bridges that stand on screens by themselves: what is watched, and what lies directly below it. */
export function placesOnScreens(country: Nation, nodes: readonly Door[]): number[] {
  const watched = new Set(nodes);
  return country.doors.flatMap((door, place) => {
    const parent = door.parent === null ? undefined : country.doors[door.parent];
    return watched.has(door) || (parent !== undefined && watched.has(parent)) ? [place] : [];
  });
}

/**
 * How long after its acknowledgement each check-in stood on a screen, in milliseconds: of bridges that stand on screens by
 * themselves, where the screen's figure says which of them it includes. `missing` never did.
 */
export function delays(
  acknowledged: ReadonlyMap<number, readonly number[]>,
  { bridges }: Shown,
): { readonly delaysMs: Float32Array; readonly missing: number } {
  const found: number[] = [];
  let missing = 0;
  for (const [place, moments] of acknowledged) {
    const sights = bridges.get(place) ?? [];
    let sight = 0;
    for (const [index, at] of moments.entries()) {
      while (sight < sights.length && sights[sight]!.attended < index + 1) sight += 1;
      const shown = sights[sight];
      if (shown === undefined) missing += 1;
      // A screen may be faster than the acknowledgement.
      else found.push(Math.max(0, shown.at - at));
    }
  }
  return { delaysMs: Float32Array.from(found).toSorted(), missing };
}
