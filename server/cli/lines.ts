import type { Command } from 'commander';

import type { BridgeId } from '../../domain/ids.ts';
import { LINE_STANDINGS, LineStanding } from '../../domain/media/line-standing.ts';
import { judgeLine } from '../../domain/media/line-test.ts';
import { sayIncidentKind, sayIncidents, sayLineStanding } from '../../domain/media/sentences.ts';
import { incidentTotals } from '../../domain/media/quality.ts';
import { formatDateTime } from '../../domain/text/dates.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import { isoOf, type Instant } from '../../domain/time.ts';
import type { Report, Say } from './report.ts';
import {
  aboutNode,
  checked,
  commonOptions,
  inShell,
  nodeOf,
  sessionOf,
  type At,
  type Shell,
} from './shell.ts';

interface ListOptions extends At {
  readonly standing?: string;
}

/** `lines ...`: how the lines of the bridges stand before the day. */
export function registerLines(program: Command, say: Say): void {
  const lines = program.command('lines').description(say('đường truyền', 'lines of the bridges'));
  aboutNode(lines.command('list'), say)
    .description(
      say(
        'đường truyền của từng điểm cầu theo lần kiểm tra cuối, việc cần xử lý đứng trước; --json cho đủ số đo',
        'the line of each bridge by its last test, what has to be seen to first; --json has all measures',
      ),
    )
    .option('--standing <standing>', LINE_STANDINGS.join(', '))
    .action(async (options: ListOptions, command: Command) => {
      await inShell(commonOptions(command), (shell) => list(shell, options));
    });
  aboutNode(lines.command('incidents'), say)
    .description(
      say('sự cố đường truyền trong một buổi, theo giờ', 'what went wrong with lines in a session, by time'),
    )
    .option('--session <id>', say('buổi họp', 'session'))
    .action(async (options: At, command: Command) => {
      await inShell(commonOptions(command), (shell) => incidents(shell, options));
    });
}

async function list(shell: Shell, options: ListOptions): Promise<Report> {
  const { lineRows } = await import('../lines/queries.ts');
  const { context, say } = shell;
  const { language } = context;
  const { standing } = options;
  const wanted = standing === undefined ? null : checked(LineStanding, standing, '--standing', language);
  const { conference, bridge } = await nodeOf(shell, options);
  const rows = (await lineRows(context, conference, bridge, wanted))?.rows ?? [];
  const counts = LINE_STANDINGS.map((one) => ({
    one,
    count: rows.filter((row) => row.standing === one).length,
  })).filter(({ count }) => count > 0);
  return {
    json: rows.map(({ bridge: own, standing: stands, test }) => ({
      bridge: own.id,
      name: own.name,
      standing: stands,
      at: test === null ? null : isoOf(test.at),
      measures: test?.measures ?? null,
      findings: test === null ? [] : judgeLine(test.measures).findings,
    })),
    lines: [
      ...rows.map(({ bridge: own, standing: stands, test }) => {
        const at = test === null ? '' : `  ${formatDateTime(test.at, language)}`;
        return `${own.id}  ${own.name}: ${sayLineStanding(stands, language)}${at}`;
      }),
      ...counts.map(
        ({ one, count }) => `${sayLineStanding(one, language)}: ${formatNumber(count, language)}`,
      ),
      ...(rows.length === 0 ? [say('Không có điểm cầu nào như vậy.', 'There is no such bridge.')] : []),
    ],
  };
}

async function incidents(shell: Shell, options: At): Promise<Report> {
  const { incidentsBelow } = await import('../lines/queries.ts');
  const { context } = shell;
  const { language } = context;
  const { conference, bridge } = await nodeOf(shell, options);
  const session = await sessionOf(shell, conference, options.session);
  const found = await incidentsBelow(context, conference, bridge, session);
  const { tree, incidents: all = [], until = context.clock() } = found ?? {};
  const totals = incidentTotals(all, until);
  const nameOf = (id: BridgeId): string => tree?.get(id)?.name ?? id;
  const moment = (at: Instant | null): string => (at === null ? '…' : formatDateTime(at, language));
  return {
    json: all.map(({ bridge: at, kind, from, to }) => ({
      bridge: at,
      name: nameOf(at),
      kind,
      from: isoOf(from),
      to: to === null ? null : isoOf(to),
    })),
    lines: [
      ...all.map(
        ({ bridge: at, kind, from, to }) =>
          `${nameOf(at)}: ${sayIncidentKind(kind, language)}, ${moment(from)} - ${moment(to)}`,
      ),
      sayIncidents(totals.count, totals.lastedMs, language),
    ],
    negative: all.length > 0,
  };
}
