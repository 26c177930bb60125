import type { Command } from 'commander';

import { PlacementSettings } from '../../domain/composition/settings.ts';
import { explainer } from '../../domain/composition/sentences.ts';
import type { Sentence } from '../../domain/text/language.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import type { PlaceFailure } from '../composition/commands.ts';
import { findingsReport } from './plan.ts';
import { NAMES_DELETED } from '../retention/sentences.ts';
import { badUsage, table, type Report, type Say } from './report.ts';
import { jsonFile } from './files.ts';
import {
  bridgeOf,
  bridgesOf,
  checked,
  commonOptions,
  conferenceOf,
  inShell,
  type At,
  type Shell,
} from './shell.ts';

interface ListOptions extends At {
  readonly unplaced: boolean;
  readonly find?: string;
}

/** `place`, `placements`: who sits where, and why. */
export function registerPlacement(program: Command, say: Say): void {
  const conference = say('hội nghị', 'conference');
  program
    .command('place')
    .description(say('xếp chỗ theo thành phần của kế hoạch', "seat people by the plan's composition"))
    .option('--conference <id>', conference)
    .option(
      '--settings <file>',
      say('JSON các lựa chọn; không có thì giữ như trước', 'JSON of the settings; as before where left out'),
    )
    .action(async (options: At & { settings?: string }, command: Command) => {
      await inShell(commonOptions(command), (shell) => place(shell, options));
    });

  program
    .command('placements')
    .description(say('ai ngồi đâu và vì sao', 'who sits where, and why'))
    .option('--conference <id>', conference)
    .option('--bridge <id>', say('chỉ một điểm cầu', 'only one bridge'))
    .option('--unplaced', say('chỉ những người chưa có chỗ', 'only people without a seat'), false)
    .option('--find <text>', say('chỉ những người có tên này', 'only people of this name'))
    .action(async (options: ListOptions, command: Command) => {
      await inShell(commonOptions(command), (shell) => list(shell, options));
    });
}

const UNPLACED: Readonly<Record<PlaceFailure['reason'], Sentence>> = {
  'names deleted': NAMES_DELETED,
  'no bridges': {
    vi: 'Chưa có điểm cầu. Chạy "bridges build" trước.',
    en: 'There are no bridges. Run "bridges build" first.',
  },
  'no people': {
    vi: 'Chưa có danh sách đại biểu. Chạy "people import" trước.',
    en: 'There is no roster. Run "people import" first.',
  },
  'changed meanwhile': {
    vi: 'Người khác vừa đổi thành phần. Chưa xếp chỗ. Hãy chạy lại.',
    en: 'Somebody else has just changed the composition. Nobody was placed. Run it again.',
  },
  'too heavy': {
    vi: 'Xếp chỗ cần nhiều thời gian hoặc bộ nhớ hơn mức cho phép nên đã dừng.',
    en: 'Placing took more time or memory than is allowed and was stopped.',
  },
  busy: { vi: 'Máy đang bận. Hãy chạy lại sau.', en: 'The machine is busy. Run it again later.' },
};

async function place(shell: Shell, options: At & { readonly settings?: string }): Promise<Report> {
  const [{ placeEverybody }, { currentPlacement }, { presentSummary }] = await Promise.all([
    import('../composition/commands.ts'),
    import('../composition/queries.ts'),
    import('../composition/present.ts'),
  ]);
  const { context, say } = shell;
  const { language } = context;
  const { settings: file } = options;
  const settings =
    file === undefined
      ? {}
      : checked(PlacementSettings.partial(), await jsonFile(file, language), file, language);
  const conference = await conferenceOf(shell, options);
  const placed = await placeEverybody(context, conference, { settings });
  if (!placed.ok) {
    throw badUsage(UNPLACED[placed.reason], language);
  }
  const current = await currentPlacement(context, conference);
  if (current === null) throw new Error('a placement that was just kept is gone');
  const summary = presentSummary(current, language);
  const seated = formatNumber(summary.seated, language);
  const unplaced = formatNumber(summary.unplaced, language);
  return {
    json: summary,
    lines: [
      say(`${seated} người có chỗ, ${unplaced} người chưa có.`, `${seated} seated, ${unplaced} not.`),
      '',
      ...table(
        summary.clauses.map((clause) => [
          clause.clause,
          formatNumber(clause.seated, language),
          formatNumber(clause.matched, language),
          clause.text.length > 80 ? `${clause.text.slice(0, 80)}…` : clause.text,
        ]),
      ),
      '',
      ...findingsReport(summary.findings, language).lines,
    ],
  };
}

async function list(shell: Shell, options: ListOptions): Promise<Report> {
  const [{ findPlacements, settingsOf }, { presentPlaced }, { planOf }] = await Promise.all([
    import('../composition/queries.ts'),
    import('../composition/present.ts'),
    import('../plans/queries.ts'),
  ]);
  const { context } = shell;
  const { conference, tree } = await bridgesOf(shell, options);
  const bridge = options.bridge === undefined ? null : await bridgeOf(shell, conference, options.bridge);
  const search = { bridge, unplaced: options.unplaced, q: options.find ?? '' };
  const [rows, { plan }, settings] = await Promise.all([
    findPlacements(context, conference, search, null, 1_000_000),
    planOf(context, conference),
    settingsOf(context, conference),
  ]);
  const { lowerLevelMembership } = settings;
  const explain = explainer({ bridges: tree, clauses: plan.clauses, lowerLevelMembership });
  const shown = rows.map((row) => presentPlaced(row, tree, explain, context.language));
  return {
    json: shown,
    lines: shown.flatMap(({ person, name, why }) => [`${person}  ${name}`, `    ${why}`]),
  };
}
