import { hostname, userInfo } from 'node:os';

import type { Command } from 'commander';

import type { z } from 'zod';

import type { BridgeTree } from '../../domain/bridges/bridge.ts';
import { BridgeId, ConferenceId, SessionId } from '../../domain/ids.ts';
import { Language } from '../../domain/text/language.ts';
import { addDays, CivilDate, Instant, instantOf, startOfDay } from '../../domain/time.ts';
import type { Operator } from '../access/gate.ts';
import type { Context } from '../platform/context.ts';
import { readInput } from '../platform/intake.ts';
import { problemOf, ProblemError } from '../platform/problems.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId, Mark } from '../platform/scopes.ts';
import { audited, NO_NOTES } from '../platform/trail.ts';
import { kindOf } from './audited.ts';
import { BadUsage, badUsage, print, sayIn, type Report, type Say } from './report.ts';

/** Options that every command has. */
export interface Common {
  readonly data: string;
  readonly json: boolean;
  readonly language: Language;
  /** `people import`, with what was given to it. */
  readonly command: string;
  readonly given: Readonly<Record<string, unknown>>;
}

/** A command's way to the data: opened for it and closed after it. */
export interface Shell {
  readonly context: Context;
  readonly operator: Operator;
  readonly say: Say;
}

/** Which conference, bridge and session a command is about, as its options name them. */
export interface At {
  readonly conference?: string;
  readonly bridge?: string;
  readonly session?: string;
}

export function commonOptions(command: Command): Common {
  const options = command.optsWithGlobals<{ data: string; json: boolean; language: string }>();
  const language = Language.safeParse(options.language);
  if (!language.success) {
    throw badUsage({ vi: '--language là vi hoặc en.', en: '--language is vi or en.' }, 'vi');
  }
  const names: string[] = [];
  for (let at: Command | null = command; at?.parent != null; at = at.parent) names.unshift(at.name());
  const given = { ...command.opts(), ...(command.args.length > 0 && { arguments: command.args }) };
  return {
    data: options.data,
    json: options.json,
    language: language.data,
    command: names.join(' '),
    given,
  };
}

/** Lets a command be about a conference, and about a bridge of it with everything below. */
export function aboutNode(command: Command, say: Say): Command {
  return command
    .option('--conference <id>', say('hội nghị', 'conference'))
    .option(
      '--bridge <id>',
      say(
        'chỉ một điểm cầu và bên dưới; không có là toàn hội nghị',
        'only one bridge and below; all where left out',
      ),
    );
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
  const [
    { databaseFile, openDatabase },
    { createGate },
    { uuidv7Maker },
    { openKeys },
    { createLog },
    { trailOf },
  ] = await Promise.all([
    import('../platform/database.ts'),
    import('../access/gate.ts'),
    import('../platform/ids.ts'),
    import('../platform/keys.ts'),
    import('../platform/log.ts'),
    import('../audit/trail.ts'),
  ]);
  const database = await openDatabase(databaseFile(common.data));
  try {
    const context: Context = {
      database,
      clock,
      newId: uuidv7Maker(clock),
      keys: openKeys(common.data),
      log: createLog('warn'),
      actor: null,
      language: common.language,
      origin: { address: hostname(), agent: null },
      audit: NO_NOTES,
    };
    const gate = createGate();
    const say = sayIn(common.language);
    const work = (own: Context): Promise<Report> => run({ context: own, operator: gate.operator(own), say });
    const kind = kindOf(common.command);
    if (kind === null) {
      report(await work(context), common);
      return;
    }
    const act = {
      act: `cli ${common.command}`,
      kind,
      on: [],
      filter: common.given,
      by: 'operator',
      who: userInfo().username,
      reasonOf: (error: unknown) => (error instanceof BadUsage ? 'malformed' : null),
    } as const;
    report(await audited(trailOf(database), context, act, work), common);
  } finally {
    await database.close();
  }
}

/** The conference that a command is about: the one named, or the only one that there is. */
export async function conferenceOf(
  { context, operator }: Shell,
  { conference: named }: At,
): Promise<AuthorizedConferenceId<Mark>> {
  const { allConferences } = await import('../plans/queries.ts');
  const { language } = context;
  if (named !== undefined) {
    const id = ConferenceId.safeParse(named);
    const found = id.success ? await operator.conference(id.data) : null;
    if (found?.ok === true) {
      context.audit.note({ on: { conference: found.value } });
      return found.value;
    }
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
  context.audit.note({ on: { conference: found.value } });
  return found.value;
}

/** Everything that a command on a bridge stands on. */
export interface Node {
  readonly conference: AuthorizedConferenceId<Mark>;
  readonly tree: BridgeTree;
  readonly bridge: AuthorizedBridgeId<Mark>;
}

/** The bridge that a command is about: the one named, or the topmost. */
export async function nodeOf(shell: Shell, at: At): Promise<Node> {
  const { conference, tree } = await bridgesOf(shell, at);
  return { conference, tree, bridge: await bridgeOf(shell, conference, at.bridge ?? tree.root.id) };
}

/** The conference that a command is about, with its bridges. */
export async function bridgesOf(shell: Shell, at: At): Promise<Omit<Node, 'bridge'>> {
  const { bridgeTreeOf } = await import('../bridges/queries.ts');
  const conference = await conferenceOf(shell, at);
  const tree = await bridgeTreeOf(shell.context, conference);
  if (tree !== null) return { conference, tree };
  throw badUsage(
    {
      vi: 'Chưa có điểm cầu. Chạy "bridges build" trước.',
      en: 'There are no bridges. Run "bridges build" first.',
    },
    shell.context.language,
  );
}

/** One bridge of a conference by its id. */
export async function bridgeOf(
  { context, operator }: Shell,
  conference: AuthorizedConferenceId<Mark>,
  named: string,
): Promise<AuthorizedBridgeId<Mark>> {
  const id = BridgeId.safeParse(named);
  const bridge = id.success ? await operator.bridge(conference, id.data) : null;
  if (bridge?.ok === true) {
    context.audit.note({ on: { bridge: bridge.value } });
    return bridge.value;
  }
  throw badUsage({ vi: `Không có điểm cầu ${named}.`, en: `There is no bridge ${named}.` }, context.language);
}

/** The session that a command is about: the one named, or the first of the conference itself. */
export async function sessionOf(
  { context }: Shell,
  conference: AuthorizedConferenceId<Mark>,
  named: string | undefined,
): Promise<SessionId> {
  const { sessionsOf } = await import('../schedule/queries.ts');
  const sessions = await sessionsOf(context, conference);
  const session = sessions.find(({ id, kind }) => (named === undefined ? kind === 'session' : id === named));
  if (session !== undefined) return session.id;
  throw badUsage(
    named === undefined
      ? {
          vi: 'Hội nghị chưa có buổi họp nào. Thêm một buổi bằng "sessions add".',
          en: 'The conference has no session yet. Add one with "sessions add".',
        }
      : { vi: `Không có buổi họp ${named}.`, en: `There is no session ${named}.` },
    context.language,
  );
}

/** A moment given as an option: a date is its first moment. */
export function instantOption(text: string, language: Language): Instant {
  const instant = instantOf(text);
  if (instant !== null) return instant;
  throw badUsage(
    {
      vi: `"${text}" không phải là ngày giờ dạng 2025-01-10 hoặc 2025-01-10T08:00+07:00.`,
      en: `"${text}" is not a date like 2025-01-10 or 2025-01-10T08:00+07:00.`,
    },
    language,
  );
}

/** A moment up to which something is looked at: a date is looked at to its end, "tính đến hết ngày". */
export function asOfOption(text: string, language: Language): Instant {
  const date = CivilDate.safeParse(text);
  if (!date.success) return instantOption(text, language);
  return Instant.parse(startOfDay(addDays(date.data, 1)) - 1);
}

/** Values out of options or a file, held against what they have to be; every fault is told at once. */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  of: string,
  language: Language,
): z.infer<Schema> {
  try {
    return readInput(schema, value, language);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const faults = (problemOf(error, language).faults ?? []).map(({ at, message }) => `  ${at}: ${message}`);
    throw new BadUsage(
      [language === 'vi' ? `${of} chưa đúng:` : `${of} is not right:`, ...faults].join('\n'),
    );
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
