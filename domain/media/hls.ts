/** One piece of the program as it is fetched without WebRTC (HLS, RFC 8216). */
export interface Segment {
  /** Of one encoder from its start to its end: each new program has another. */
  readonly run: number;
  /** Its place in the run, from 0. */
  readonly number: number;
  readonly seconds: number;
}

/** What a viewer may fetch now, the oldest first. */
export interface LiveList {
  /** How many segments stood before the first one, since the list began. */
  readonly dropped: number;
  /** How often the run changed among those. */
  readonly changes: number;
  readonly segments: readonly Segment[];
}

export const EMPTY_LIST: LiveList = { dropped: 0, changes: 0, segments: [] };
/** Of two seconds each: a player begins three before the end, and has as many left when its line is slow. */
const MOST_LISTED = 6;
/** In seconds, rounded up; it may not change while somebody plays. */
const LONGEST = 3;

/** The files of a segment and of what stands before all segments of a run. */
export function segmentFile({ run, number }: Pick<Segment, 'run' | 'number'>): string {
  return `${run}-${number}.m4s`;
}
export function beginningFile(run: number): string {
  return `${run}-init.mp4`;
}
const PART = /^\d{1,9}-(?:init\.mp4|\d{1,9}\.m4s)$/;
export function isPartFile(name: string): boolean {
  return PART.test(name);
}

/** The segments in a playlist as an encoder writes it. */
export function readSegments(playlist: string): Segment[] {
  return [...playlist.matchAll(/#EXTINF:([\d.]+),[^\n]*\n(\d+)-(\d+)\.m4s/g)].map(
    ([, seconds, run, number]) => ({ run: Number(run), number: Number(number), seconds: Number(seconds) }),
  );
}

/** The list with those of a run that are new in it; the oldest go. */
export function withSegments(list: LiveList, found: readonly Segment[]): LiveList {
  const last = list.segments.at(-1);
  const fresh = found.filter(
    ({ run, number }) => last === undefined || run > last.run || (run === last.run && number > last.number),
  );
  if (fresh.length === 0) return list;
  const all = [...list.segments, ...fresh];
  const over = Math.max(0, all.length - MOST_LISTED);
  const changed = all.slice(0, over).filter(({ run }, at) => all[at + 1]?.run !== run).length;
  return { dropped: list.dropped + over, changes: list.changes + changed, segments: all.slice(over) };
}

/** The playlist that players read; files are beside it in `parts/`. */
export function writePlaylist({ dropped, changes, segments }: LiveList): string {
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${LONGEST}`,
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-MEDIA-SEQUENCE:${dropped}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${changes}`,
  ];
  for (const [at, segment] of segments.entries()) {
    const before = segments[at - 1];
    if (before?.run !== segment.run) {
      if (before !== undefined) lines.push('#EXT-X-DISCONTINUITY');
      lines.push(`#EXT-X-MAP:URI="parts/${beginningFile(segment.run)}"`);
    }
    lines.push(`#EXTINF:${segment.seconds.toFixed(3)},`, `parts/${segmentFile(segment)}`);
  }
  return `${lines.join('\n')}\n`;
}
