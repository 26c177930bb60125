import { readAuditForm, type Deed } from '../../../domain/audit/entry.ts';
import { auditHead, everyEntry } from '../../../server/audit/queries.ts';
import type { TestServer } from '../harness.ts';

export interface Entered {
  readonly place: number;
  readonly deed: Deed;
  readonly words: Readonly<Record<string, string>> | null;
}

/** What the trail gets of people while something is done: what the server does by itself comes when it comes. */
export async function enteredBy(server: TestServer, work: () => Promise<unknown>): Promise<Entered[]> {
  const context = server.context();
  const { place: after } = await auditHead(context);
  await work();
  const { place: upTo } = await auditHead(context);
  const entered: Entered[] = [];
  for await (const { place, form, texts } of everyEntry(context, after, upTo)) {
    const { deed } = readAuditForm(form);
    if (deed.by !== 'program') entered.push({ place, deed, words: texts?.texts ?? null });
  }
  return entered;
}
