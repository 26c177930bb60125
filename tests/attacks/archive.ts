import { filesIn } from '../server/activation/sheets.ts';

/** The parts of a ZIP that this program wrote, as texts by name. */
export function partsOf(bytes: Uint8Array): Record<string, string> {
  const parts = [...filesIn(Buffer.from(bytes))].map(([name, part]) => [name, part.toString()] as const);
  return Object.fromEntries(parts);
}
