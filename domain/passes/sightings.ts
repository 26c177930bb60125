/** The same code seen again by a camera within so long is one scan. */
const SAME_SCAN_MS = 3000;

/**
 * Whether a code that a camera sees now is a scan of its own. A camera sees a card many times a second for as long as it is held
 * there: all of it is one scan, until the code was out of sight for three seconds.
 *
 * @param seen when each code was seen last, in milliseconds of any clock that only goes forward; noted here
 */
export function isNewSighting(seen: Map<string, number>, code: string, now: number): boolean {
  const last = seen.get(code);
  for (const [other, at] of seen) if (now - at > SAME_SCAN_MS) seen.delete(other);
  seen.set(code, now);
  return last === undefined || now - last > SAME_SCAN_MS;
}
