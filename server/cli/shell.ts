import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

import type { Command } from 'commander';

import { ConferenceId } from '../../domain/ids.ts';
import { Language } from '../../domain/text/language.ts';
import { CivilDate, type Instant } from '../../domain/time.ts';
import type { SheetRow } from '../../domain/units/columns.ts';
import type { Operator } from '../access/gate.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { badUsage, print, type Report } from './report.ts';

/** Options that every command has. */
export interface Common {
  readonly data: string;
  readonly json: boolean;
  readonly language: Language;
}

/** A command's way to the data: opened for it and closed after it. */
export interface Shell {
  readonly context: Context;
  readonly operator: Operator;
}

export function commonOptions(command: Command): Common {
  const options = command.optsWithGlobals<{ data: string; json: boolean; language: string }>();
  const language = Language.safeParse(options.language);
  if (!language.success) {
    throw badUsage({ vi: '--language là vi hoặc en.', en: '--language is vi or en.' }, 'vi');
  }
  return { data: options.data, json: options.json, language: language.data };
}

/** Prints what a command found, and keeps its exit code: 1 for a negative finding. */
export function report(found: Report, { json }: Common): void {
  print(found, json);
  if (found.negative === true) process.exitCode = 1;
}

const clock = (): Instant => Date.now() as Instant;

/** Opens the data folder, runs a command on it as whoever works at this machine, and closes it. */
export async function inShell(common: Common, run: (shell: Shell) => Promise<Report>): Promise<void> {
  // Loaded here and not above: commands that need no data answer without waiting for the database.
  const [{ openDatabase }, { databaseFile }, { createGate }, { bridgePath }, { uuidv7Maker }, { createLog }] =
    await Promise.all([
      import('../platform/database.ts'),
      import('../server.ts'),
      import('../access/gate.ts'),
      import('../access/store.ts'),
      import('../platform/ids.ts'),
      import('../platform/log.ts'),
    ]);
  const database = await openDatabase(databaseFile(common.data));
  try {
    const context: Context = {
      database,
      clock,
      newId: uuidv7Maker(clock),
      log: createLog('warn'),
      actor: null,
      language: common.language,
    };
    const gate = createGate({ path: (own, conference, id) => bridgePath(own.database.read, conference, id) });
    report(await run({ context, operator: gate.operator(context) }), common);
  } finally {
    await database.close();
  }
}

/** The conference that a command is about: the one named, or the only one that there is. */
export async function conferenceOf(
  { context, operator }: Shell,
  named: string | undefined,
): Promise<AuthorizedConferenceId<'organize'>> {
  const { allConferences } = await import('../plans/queries.ts');
  const { language } = context;
  if (named !== undefined) {
    const found = await operator.conference(ConferenceId.parse(named));
    if (found.ok) return found.value;
    throw badUsage({ vi: `Không có hội nghị ${named}.`, en: `There is no conference ${named}.` }, language);
  }
  const all = await allConferences(context, operator.installation, 50);
  const [only] = all;
  if (only === undefined) {
    throw badUsage(
      {
        vi: 'Chưa có hội nghị nào. Tạo một hội nghị bằng "conference create --from <tệp kế hoạch>".',
        en: 'There is no conference yet. Make one with "conference create --from <plan file>".',
      },
      language,
    );
  }
  if (all.length > 1) {
    const list = all.map(({ id, title }) => `  ${id}  ${title}`).join('\n');
    throw badUsage(
      {
        vi: `Có nhiều hội nghị. Chọn một bằng --conference:\n${list}`,
        en: `There are several conferences. Choose one with --conference:\n${list}`,
      },
      language,
    );
  }
  const found = await operator.conference(only.id);
  if (!found.ok) throw new Error(`conference ${only.id} is gone`);
  return found.value;
}

/** The bytes and the name of a file that a command was given. */
export async function inputFile(
  path: string,
  language: Language,
): Promise<{ readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }> {
  try {
    return { name: basename(path), bytes: new Uint8Array(await readFile(path)) };
  } catch {
    throw badUsage({ vi: `Không mở được tệp ${path}.`, en: `Cannot open ${path}.` }, language);
  }
}

/** A date given as an option. */
export function dateOption(text: string, language: Language): CivilDate {
  const date = CivilDate.safeParse(text);
  if (date.success) return date.data;
  throw badUsage(
    { vi: `"${text}" không phải là ngày dạng YYYY-MM-DD.`, en: `"${text}" is not a date like YYYY-MM-DD.` },
    language,
  );
}

/** The rows of a table file, with a sentence for each row that cannot be read. A file that is no table is bad usage. */
export async function rowsOf(
  name: string,
  bytes: Uint8Array,
  language: Language,
): Promise<{
  readonly header: readonly string[];
  readonly rows: readonly SheetRow[];
  readonly problems: readonly { readonly at: string; readonly message: string }[];
}> {
  const [{ readRows, collectRows }, { sayTableFailure, sayRowProblem }] = await Promise.all([
    import('../documents/rows.ts'),
    import('../documents/sentences.ts'),
  ]);
  const table = await readRows(bytes, name);
  if (!table.ok)
    throw badUsage({ vi: sayTableFailure(table, 'vi'), en: sayTableFailure(table, 'en') }, language);
  const { rows, problems } = await collectRows(table.value);
  return {
    header: table.value.header,
    rows,
    problems: problems.map((problem) => sayRowProblem(problem, language)),
  };
}
