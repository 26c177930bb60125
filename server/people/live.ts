import type { ConferenceId } from '../../domain/ids.ts';

/** Rows done of files that are being read, by conference and by the id that the caller has given the reading. */
const readings = new Map<string, number>();

function keyOf(conference: ConferenceId, reading: string): string {
  return `${conference} ${reading}`;
}

/** Keeps the progress of a reading while the work goes on. */
export async function whileReading<Value>(
  conference: ConferenceId,
  reading: string | undefined,
  work: (onProgress: (rows: number) => void) => Promise<Value>,
): Promise<Value> {
  if (reading === undefined) return await work(() => undefined);
  const key = keyOf(conference, reading);
  readings.set(key, 0);
  try {
    return await work((rows) => void readings.set(key, rows));
  } finally {
    readings.delete(key);
  }
}

/** How many rows of a reading are done; 0 where it has not begun, or is over. */
export function rowsDone(conference: ConferenceId, reading: string): number {
  return readings.get(keyOf(conference, reading)) ?? 0;
}
