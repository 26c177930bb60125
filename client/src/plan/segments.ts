/** A stretch of the document under the same set of fields. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  /** Fields whose passages cover it, the one with the shortest passages first. */
  readonly paths: readonly string[];
}

interface Covered {
  readonly path: string;
  readonly source: readonly (readonly [number, number])[];
}

/** Cuts a text of the given length at every border of a passage. */
export function segmentsOf(length: number, fields: readonly Covered[]): Segment[] {
  const spans = fields.flatMap(({ path, source }) => {
    const size = source.reduce((sum, [start, end]) => sum + end - start, 0);
    return source
      .filter(([start, end]) => start >= 0 && end <= length && start < end)
      .map(([start, end]) => ({ path, start, end, size }));
  });
  const borders = [...new Set([0, length, ...spans.flatMap(({ start, end }) => [start, end])])].toSorted(
    (a, b) => a - b,
  );
  const inOrder = spans.toSorted((a, b) => a.start - b.start);
  const segments: Segment[] = [];
  let open: typeof spans = [];
  let next = 0;
  for (const [index, start] of borders.entries()) {
    const end = borders[index + 1];
    if (end === undefined) break;
    open = open.filter((span) => span.end > start);
    for (let span = inOrder[next]; span !== undefined && span.start === start; span = inOrder[next]) {
      open.push(span);
      next++;
    }
    const paths = open.toSorted((a, b) => a.size - b.size).map((span) => span.path);
    segments.push({ start, end, paths: [...new Set(paths)] });
  }
  return segments;
}

/** Marks with which programs write down what was bold, slanted or a heading of a paper; a person reads past them. */
const MARKS = /\*\*|^#{1,6} +|(?<=^|[\s(])[*_](?=\S)|(?<=\S)[*_](?=$|[\s).,;:])/gmu;

/** A stretch of the document as people read it. */
export function withoutMarks(text: string): string {
  return text.replace(MARKS, '');
}
