import { firstAuditLink, linkedForm, newAuditForm } from '../../domain/audit/entry.ts';
import { nextLink } from '../../domain/ledger/chain.ts';
import { transaction, type Database } from '../platform/database.ts';
import { groupCommit } from '../platform/group-commit.ts';
import { createLooks } from '../platform/looks.ts';
import { newSalt, sha256 } from '../platform/keys.ts';
import type { NewEntry, Trail } from '../platform/trail.ts';
import { insertEntries, lastLink, type NewRow } from './store.ts';

const trails = new WeakMap<Database, Trail>();

/** Outcomes that wait for a disk: with a change a second refused, an hour and a half of them. */
const MOST_OWED = 5000;

/** The audit trail of one database. */
export function trailOf(database: Database): Trail {
  const known = trails.get(database);
  if (known !== undefined) return known;
  let owed: readonly NewEntry[] = [];
  const commit = groupCommit(async (entries: readonly NewEntry[]) => {
    const late = owed;
    await append(database, [...late, ...entries]);
    owed = owed.slice(late.length);
    return entries.map(() => undefined);
  });
  const trail: Trail = {
    looks: createLooks(),
    async write(entries) {
      await commit(entries);
    },
    owe(entries) {
      if (owed.length + entries.length > MOST_OWED) return false;
      owed = [...owed, ...entries];
      return true;
    },
  };
  trails.set(database, trail);
  return trail;
}

/** Linked and written in one go: with thousands at once, check-ins would wait for all of them to be hashed. */
const AT_A_TIME = 500;

/**
 * Links entries behind the last one and writes them in one commit. The head is read in the transaction that writes: other
 * processes (the command line beside the server) write to the same trail, and nothing of it is remembered here.
 */
function append(database: Database, entries: readonly NewEntry[]): Promise<void> {
  return transaction(database, async (connection) => {
    let link = (await lastLink(connection)) ?? firstAuditLink(sha256);
    for (let from = 0; from < entries.length; from += AT_A_TIME) {
      const rows = entries.slice(from, from + AT_A_TIME).map(({ at, deed, words }): NewRow => {
        const { form, texts } = newAuditForm(deed, words, newSalt, sha256);
        link = nextLink(link, at, linkedForm(form, sha256), sha256);
        return { at, link, form, texts, on: deed.on };
      });
      await insertEntries(connection, rows);
    }
  });
}
