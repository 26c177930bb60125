import { existsSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';

import type { Instant } from '../../domain/time.ts';
import { enterAsked, enterDone, enterRefused, type Act, type Trail } from '../platform/trail.ts';
import { BadUsage, type Said } from './report.ts';
import type { Common } from './shell.ts';

interface Options {
  /** The server's own doing, by the command line as a tool. */
  readonly byItself?: boolean;
  /** Whether the tables may be brought up to date for it: not those that an older server works with. */
  readonly upgrades: boolean;
}

/** What the command line does with a data folder as a whole, from outside of its database, on its way into the trail. */
export interface Deed {
  /** Before it is done: a deed that is cut short has this entry alone. Of no database, or of an older one, there is none. */
  readonly ask: (file: string) => Promise<void>;
  /** After it was done. It stands whatever becomes of its entry; where there is none, standard error says so. */
  readonly done: (file: string, after: unknown) => Promise<void>;
  /** Where it was not done after all. */
  readonly refused: (file: string, error: unknown) => Promise<void>;
}

const clock = (): Instant => Date.now() as Instant;

/** Enters that a deed is asked for, does it, and enters what came of it. */
export async function enteredDeed<Value extends { readonly after: unknown }>(
  common: Common,
  options: Options,
  work: () => Promise<Value>,
): Promise<Value> {
  const { databaseFile } = await import('../platform/database.ts');
  const file = databaseFile(common.data);
  const deed = deedOf(common, options);
  await deed.ask(file);
  let value: Value;
  try {
    value = await work();
  } catch (error) {
    await deed.refused(file, error);
    throw error;
  }
  await deed.done(file, value.after);
  return value;
}

/**
 * A deed whose entries are placed by whoever does it: a copy should not have of itself that nobody knows what became of it, and a
 * restore puts another database in the place of the one that was there.
 */
export function deedOf({ command, given, language }: Common, { byItself = false, upgrades }: Options): Deed {
  const who = byItself
    ? ({ by: 'program' } as const)
    : ({ by: 'operator', who: userInfo().username } as const);
  const act: Act = {
    act: `cli ${command}`,
    kind: 'change',
    on: [],
    filter: given,
    ...who,
    reasonOf: (error) => (error instanceof BadUsage ? 'malformed' : null),
  };
  const say = (said: Said): void => void process.stderr.write(`${said[language]}\n`);
  let of: string | null = null;
  let isLeftOut = false;
  const inTrail = async (file: string, write: (entering: Entering) => Promise<void>): Promise<void> => {
    if (isLeftOut) return;
    try {
      await withTrail(file, write);
    } catch (error) {
      say(NOT_ENTERED(error instanceof Error ? error.message : String(error)));
    }
  };
  return {
    ask: async (file) => {
      // Before the first start there is no trail.
      isLeftOut = !existsSync(file);
      if (!isLeftOut && !upgrades && (await isOlder(file).catch(() => false))) {
        isLeftOut = true;
        say(OLDER);
      }
      await inTrail(file, async ({ trail, where }) => void (of = await enterAsked(trail, where, act)));
    },
    done: (file, after) => inTrail(file, ({ trail, where }) => enterDone(trail, where, act, [{ after }], of)),
    refused: (file, error) => inTrail(file, ({ trail, where }) => enterRefused(trail, where, act, of, error)),
  };
}

interface Entering {
  readonly trail: Trail;
  readonly where: Parameters<typeof enterDone>[1];
}

async function withTrail(file: string, write: (entering: Entering) => Promise<void>): Promise<void> {
  const [{ openDatabase }, { uuidv7Maker }, { createLog }, { trailOf }] = await Promise.all([
    import('../platform/database.ts'),
    import('../platform/ids.ts'),
    import('../platform/log.ts'),
    import('../audit/trail.ts'),
  ]);
  const database = await openDatabase(file);
  try {
    const where = {
      clock,
      newId: uuidv7Maker(clock),
      actor: null,
      origin: { address: hostname(), agent: null },
      log: createLog('warn'),
    };
    await write({ trail: trailOf(database), where });
  } finally {
    await database.close();
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
  vi: `Chưa ghi được việc này vào nhật ký kiểm tra: ${why}`,
  en: `This could not be entered into the audit trail: ${why}`,
});
