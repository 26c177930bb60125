import { readFileSync } from 'node:fs';

import type { DraftPlan, Leaf, Reading } from '../../../domain/plan/draft.ts';
import { sourcesOf } from '../../../domain/plan/leftovers.ts';

export function fixture(name: string): string {
  return readFileSync(new URL(`../../../fixtures/plans/${name}`, import.meta.url), 'utf8');
}

/** Blanks, markup and end marks away: how far a value may differ from the passage that it names. */
function bare(text: string): string {
  return text.replaceAll(/[\s*_#`\\]+/gu, '').replaceAll(/[.,;:]+$/gu, '');
}

/** Text leaves whose words differ from the passages that they name. */
export function strayed(reading: Reading): string[] {
  const { plan, text } = reading;
  const words: Leaf<string>[] = [
    plan.number,
    plan.issuer,
    plan.title,
    plan.banner,
    plan.venue,
    plan.broadcast,
    ...plan.clauses.flatMap((clause) => [clause.text, clause.condition, ...clause.exclusions]),
    ...plan.chairing,
    ...plan.agenda.flatMap((item) => [item.title, item.presenter]),
    ...plan.documents,
    ...plan.duties.flatMap((duty) => [duty.owner, duty.text, duty.addressee, duty.via, duty.deadline.phrase]),
    ...plan.recipients.flatMap((recipient) => [recipient.name, recipient.purpose]),
  ];
  return words
    .filter((leaf) => leaf.value !== null)
    .filter(
      (leaf) =>
        bare(leaf.value ?? '') !== bare(leaf.source.map(([from, to]) => text.slice(from, to)).join(' ')),
    )
    .map((leaf) => leaf.value ?? '');
}

/** Words of the text that neither a field nor a left-over holds, line by line. */
export function uncovered(reading: Reading): string[] {
  const { text } = reading;
  const held = new Uint8Array(text.length);
  for (const [from, to] of sourcesOf(reading.plan)) held.fill(1, from, to);
  for (const { source } of reading.leftovers) held.fill(1, ...source);
  const found: string[] = [];
  let from = -1;
  for (let at = 0; at <= text.length; at++) {
    const free = at < text.length && held[at] === 0 && text.charAt(at) !== '\n';
    if (free && from < 0) from = at;
    if (!free && from >= 0) {
      const words = text.slice(from, at);
      if (/[\p{L}\p{N}]/u.test(words)) found.push(words.trim());
      from = -1;
    }
  }
  return found;
}

/** The values of a plan, without where they stand. */
export function valuesOf(plan: DraftPlan): unknown {
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip);
    if (typeof value !== 'object' || value === null) return value;
    if ('source' in value && 'value' in value) return (value as Leaf<unknown>).value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, strip(each)]));
  };
  return strip(plan);
}

/** The agenda as one line for each item: title, who, minutes and kind of limit. */
export function agendaOf(plan: DraftPlan): string[] {
  return plan.agenda.map((item) =>
    [item.title.value, item.presenter.value ?? '-', item.minutes.value ?? '-', item.limit.value ?? '-'].join(
      ' | ',
    ),
  );
}

/** The composition as one line for each clause: bridge, ground, seats, words. */
export function clausesOf(plan: DraftPlan): string[] {
  return plan.clauses.map((clause) =>
    [
      clause.bridgeClass.value ?? '-',
      clause.basis.value,
      clause.quota.value ?? '-',
      clause.text.value,
      ...clause.exclusions.map((each) => each.value),
    ].join(' | '),
  );
}

/** The duties that have a deadline: whose, to whom, through whom and when it is too late. */
export function deadlinesOf(plan: DraftPlan): string[] {
  return plan.duties
    .filter((duty) => duty.deadline.phrase.value !== null)
    .map((duty) =>
      [
        duty.owner.value,
        duty.addressee.value ?? '-',
        duty.via.value ?? '-',
        duty.deadline.dueBefore.value,
      ].join(' | '),
    );
}

/** Start, end, format and venue. */
export function whenOf(plan: DraftPlan): (string | null)[] {
  return [plan.startsAt.value, plan.endsAt.value, plan.format.value, plan.venue.value];
}
