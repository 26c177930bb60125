import { existsSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';

import type { Instant } from '../../domain/time.ts';
import type { Noted } from '../platform/notes.ts';
import type { Said } from './report.ts';
import type { Common } from './shell.ts';

/** What was done to a data folder from outside of its database, and by whom. */
export interface Deed extends Pick<Noted, 'after'> {
  /** The server's own doing, by the command line as a tool. */
  readonly byItself?: boolean;
  /** Whether the tables may be brought up to date for it: not those that an older server works with. */
  readonly upgrades: boolean;
}

const clock = (): Instant => Date.now() as Instant;

/**
 * Enters into the trail of a data folder what the command line did with it as a whole: copies, certificates. It is done already,
 * and stands whatever becomes of its entry; where there is none, standard error says so.
 */
export async function enterDeed(
  { data, command, given, language }: Common,
  { after, byItself = false, upgrades }: Deed,
): Promise<void> {
  const [{ databaseFile, openDatabase }, { uuidv7Maker }, { createLog }, { trailOf }, { enterDone }] =
    await Promise.all([
      import('../platform/database.ts'),
      import('../platform/ids.ts'),
      import('../platform/log.ts'),
      import('../audit/trail.ts'),
      import('../platform/trail.ts'),
    ]);
  const file = databaseFile(data);
  // Before the first start there is no trail.
  if (!existsSync(file)) return;
  const say = (said: Said): void => void process.stderr.write(`${said[language]}\n`);
  try {
    if (!upgrades && (await isOlder(file))) {
      say(OLDER);
      return;
    }
    const database = await openDatabase(file);
    try {
      const where = {
        clock,
        newId: uuidv7Maker(clock),
        actor: null,
        origin: { address: hostname(), agent: null },
        log: createLog('warn'),
      };
      const who = byItself
        ? ({ by: 'program' } as const)
        : ({ by: 'operator', who: userInfo().username } as const);
      const act = { act: `cli ${command}`, kind: 'change', on: [], filter: given, ...who } as const;
      await enterDone(trailOf(database), where, act, [{ after }]);
    } finally {
      await database.close();
    }
  } catch (error) {
    say(NOT_ENTERED(error instanceof Error ? error.message : String(error)));
  }
}

/** Whether the tables are those of an earlier version. */
async function isOlder(file: string): Promise<boolean> {
  const [{ openSqlite }, { pendingIn }, { migrations }] = await Promise.all([
    import('../platform/sqlite-file.ts'),
    import('../platform/migrate.ts'),
    import('../platform/migrations/list.ts'),
  ]);
  const opened = await openSqlite(file, 'read');
  try {
    const rows = await opened.all<{ name: string }>('select name from migration');
    return (
      pendingIn(
        rows.map(({ name }) => name),
        migrations,
      ).length > 0
    );
  } finally {
    await opened.close();
  }
}

const OLDER: Said = {
  vi: 'Việc này chưa có trong nhật ký kiểm tra: dữ liệu còn ở dạng của phiên bản cũ và không bị thay đổi.',
  en: 'The audit trail has no entry of this: the data is as an earlier version left it, and was not changed.',
};
const NOT_ENTERED = (why: string): Said => ({
  vi: `Việc này đã xong nhưng chưa ghi được vào nhật ký kiểm tra: ${why}`,
  en: `This was done, but could not be entered into the audit trail: ${why}`,
});
