import type { BridgeTree } from '../../domain/bridges/bridge.ts';
import type { BridgeId } from '../../domain/ids.ts';
import type { Language } from '../../domain/text/language.ts';
import type { Reminding } from '../../domain/wire/headcount.ts';
import type { Reminder, ReportContacts } from '../../domain/wire/reminders.ts';
import { OPERATOR_NAME } from '../reports/sentences.ts';
import type { CountedReminder, Named, ReachedBridge } from './queries.ts';

export function presentReminder(
  reminder: CountedReminder,
  { names, nameOf }: Named,
  language: Language,
): Reminder {
  const { id, bridge, whom, skipToday, words, askedAt, goesAt, sentAt, withdrawnAt, reached, seen, letters } =
    reminder;
  const by = names.get(reminder.by) ?? OPERATOR_NAME[language];
  const own = { id, bridge, bridgeName: nameOf(bridge), by, whom, skipToday, words };
  return { ...own, askedAt, goesAt, sentAt, withdrawnAt, reached, seen, letters };
}

/** One reminder as the unit that it reached reads it. */
export function presentReminding(
  { at, by, words, seenAt }: ReachedBridge,
  { names }: Pick<Named, 'names'>,
  language: Language,
): Reminding {
  return { at, words, seenAt, by: names.get(by) ?? OPERATOR_NAME[language] };
}

/** Whom to call: whoever organizes before whoever looks after the line. */
export function presentContacts(tree: BridgeTree, top: BridgeId): ReportContacts {
  const found = tree.subtree(top).flatMap(({ id, contacts }) => {
    const contact = contacts.organizer ?? contacts.technical;
    return contact === null ? [] : [{ id, ...contact, email: contacts.organizer?.email ?? null }];
  });
  return {
    ids: found.map(({ id }) => id),
    names: found.map(({ name }) => name),
    phones: found.map(({ phone }) => phone),
    emails: found.map(({ email }) => email),
  };
}
