import { writeFile } from 'node:fs/promises';

import type { Command } from 'commander';

import { countedHeads } from '../../domain/attendance/ratios.ts';
import { sayIncidents } from '../../domain/media/sentences.ts';
import { ratioSentence } from '../../domain/reports/sentences.ts';
import { escapeHtml } from '../../domain/text/html.ts';
import { formatDateTime, formatLongDate } from '../../domain/text/dates.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import { civilDateOf } from '../../domain/time.ts';
import type { BridgeSummary } from '../../domain/wire/summary.ts';
import { badUsage, table, type Report, type Say } from './report.ts';
import { commonOptions, inShell, nodeOf, sessionOf, type At, type Shell } from './shell.ts';

interface SummaryOptions extends At {
  readonly out?: string;
}

/** `attendance summary`: what the chair of a bridge signs, as lines or as a page to print. */
export function registerSummary(program: Command, say: Say): void {
  const attendance = program.commands.find((command) => command.name() === 'attendance');
  attendance
    ?.command('summary')
    .description(
      say(
        'bản tổng hợp để người chủ trì ký; mã thoát 1 khi còn điều cần biết trước khi ký',
        'what the chair signs; exit code 1 where something is to be known before signing',
      ),
    )
    .requiredOption('--bridge <id>', say('điểm cầu', 'bridge'))
    .option('--conference <id>', say('hội nghị', 'conference'))
    .option('--session <id>', say('buổi họp; không có là buổi đầu tiên', 'session; the first where left out'))
    .option('--out <file>', say('trang HTML để in', 'HTML page to print'))
    .action(async (options: SummaryOptions, command: Command) => {
      await inShell(commonOptions(command), (shell) => summary(shell, options));
    });
}

async function summary(shell: Shell, options: SummaryOptions): Promise<Report> {
  const [{ followTurns }, { chairSummary }, { presentSummary }] = await Promise.all([
    import('../summary/live.ts'),
    import('../summary/queries.ts'),
    import('../summary/present.ts'),
  ]);
  const { context, say } = shell;
  const { language } = context;
  const { conference, bridge } = await nodeOf(shell, options);
  const session = await sessionOf(shell, conference, options.session);
  // Before the book is opened: who opened and closed is told as it is read.
  const following = followTurns(context);
  const found = await chairSummary(context, conference, bridge, session);
  await following.stop();
  if (!found.ok) throw new Error(`a session that was just read is gone: ${found.reason}`);
  const shown = presentSummary(found.value, language);
  if (options.out !== undefined) {
    await writeFile(options.out, pageOf(shown, say, language)).catch(() => {
      throw badUsage({ vi: `Không ghi được ${options.out}.`, en: `Cannot write ${options.out}.` }, language);
    });
  }
  return {
    json: shown,
    lines: [
      ...linesOf(shown, say, language),
      ...(options.out === undefined ? [] : [say(`Đã ghi ${options.out}.`, `${options.out} was written.`)]),
    ],
    negative: shown.notices.length > 0,
  };
}

type Language = Shell['context']['language'];

/** What stands on the sheet, heading by heading. */
function factsOf(shown: BridgeSummary, say: Say, language: Language): [string, string][] {
  const { session, bridge, chair, opened, closed, figures, line, version, checkpoint } = shown;
  const n = (count: number): string => formatNumber(count, language);
  const moment = (turn: BridgeSummary['opened']): string =>
    turn === null
      ? say('chưa ghi nhận', 'not recorded')
      : `${formatDateTime(turn.at, language)}${turn.device === null ? '' : ` (${turn.device})`}`;
  return [
    [say('Điểm cầu', 'Bridge'), bridge.name],
    [say('Buổi họp', 'Session'), `${session.title}, ${formatDateTime(session.startsAt, language)}`],
    [say('Mở lúc', 'Opened'), moment(opened)],
    [say('Đóng lúc', 'Closed'), moment(closed)],
    [say('Chủ trì', 'Chair'), chair?.name ?? say('chưa phân công', 'not assigned')],
    ...(line === null
      ? []
      : ([[say('Đường truyền', 'Line'), sayIncidents(line.incidents, line.lastedMs, language)]] as [
          string,
          string,
        ][])),
    [say('Triệu tập', 'Summoned'), n(figures.summoned)],
    [
      say('Có mặt', 'Present'),
      ratioSentence({ part: figures.ofExpected, whole: figures.summoned }, language),
    ],
    [say('Trực tuyến', 'Online'), n(figures.online)],
    [say('Dự nơi khác', 'Elsewhere'), n(figures.attendedElsewhere)],
    [say('Vắng có lý do', 'Absent with reason'), n(figures.absentWithReason + figures.excused)],
    [say('Vắng không lý do', 'Absent without reason'), n(figures.absentWithout)],
    [say('Khách ngoài danh sách', 'Walk-ins'), n(figures.walkIn)],
    [say('Đếm thêm', 'Counted'), n(countedHeads(figures))],
    [say('Tổng số có mặt', 'All present'), n(figures.attended + countedHeads(figures))],
    [
      say('Bản báo cáo', 'Version of the report'),
      version === null ? '-' : `${version.version}, ${formatDateTime(version.at, language)}`,
    ],
    [
      say('Mã đối chiếu', 'Fingerprint'),
      checkpoint === null
        ? say('chưa có', 'none yet')
        : `${checkpoint.fingerprint} (${say('mốc số', 'checkpoint')} ${n(checkpoint.number)}, ${formatDateTime(checkpoint.at, language)})`,
    ],
  ];
}

/** Names, heading by heading; a heading without anybody is left out. */
function listsOf(shown: BridgeSummary, say: Say): [string, string[]][] {
  const lists: [string, string[]][] = [
    [
      say('Vắng có lý do', 'Absent with reason'),
      shown.withReason.map(({ name, position, reason }) => joined(name, position, reason)),
    ],
    [
      say('Vắng không lý do', 'Absent without reason'),
      shown.withoutReason.map(({ name, position }) => joined(name, position)),
    ],
    [
      say('Chưa điểm danh', 'Not checked in'),
      shown.unmarked.map(({ name, position }) => joined(name, position)),
    ],
    [
      say('Dự tại điểm cầu khác', 'Attended another bridge'),
      shown.elsewhere.map(({ name, position, at }) => joined(name, position, at)),
    ],
    [say('Khách ngoài danh sách', 'Walk-ins'), shown.walkIns.map(({ name, unit }) => joined(name, unit))],
  ];
  return lists.filter(([, people]) => people.length > 0);
}

function joined(...texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join(', ');
}

function linesOf(shown: BridgeSummary, say: Say, language: Language): string[] {
  return [
    ...shown.notices.map(({ message }) => `! ${message}`),
    ...table(factsOf(shown, say, language)),
    ...listsOf(shown, say).flatMap(([heading, people]) => [
      `${heading} (${people.length})`,
      ...people.map((one, at) => `  ${at + 1}. ${one}`),
    ]),
  ];
}

/** The sheet as a page of its own, which any browser prints. */
function pageOf(shown: BridgeSummary, say: Say, language: Language): string {
  const title = escapeHtml(say('Tổng hợp điểm danh tại điểm cầu', 'Summary of attendance at a bridge'));
  const of = escapeHtml(shown.conference.banner ?? shown.conference.title);
  const rows = factsOf(shown, say, language)
    .map(
      ([label, value]) => `<tr><th scope="row">${escapeHtml(label)}</th><td>${escapeHtml(value)}</td></tr>`,
    )
    .join('\n');
  const lists = listsOf(shown, say)
    .map(([heading, people]) => {
      const items = people.map((one) => `<li>${escapeHtml(one)}</li>`).join('');
      return `<h2>${escapeHtml(heading)} (${people.length})</h2><ol>${items}</ol>`;
    })
    .join('\n');
  const notices = shown.notices.map(({ message }) => `<li>${escapeHtml(message)}</li>`).join('');
  const date = formatLongDate(civilDateOf(shown.closed?.at ?? shown.asOf), language);
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${title}</title><style>
@page { size: A4; margin: 20mm 15mm 20mm 30mm }
body { font: 11pt/1.35 'Be Vietnam Pro', 'Segoe UI', sans-serif; max-width: 48rem; margin: 1rem auto }
h1 { font-size: 14pt; text-align: center; text-transform: uppercase } h2 { font-size: 11pt; margin: .5rem 0 .1rem }
.of, .sign { text-align: center } table { width: 100%; border-collapse: collapse }
th, td { border: 1px solid #777; padding: 0 .4rem; text-align: left; font-weight: 400 }
ol { margin: 0; columns: 2 } .notices { border: 2px solid; padding: .4rem 1.5rem }
.sign { width: 18rem; margin: 1rem 0 0 auto; break-inside: avoid } .line { height: 4rem }
</style></head><body>
<h1>${title}</h1><p class="of">${of}</p>
${notices === '' ? '' : `<ul class="notices">${notices}</ul>`}
<table>${rows}</table>
${lists}
<div class="sign"><i>${escapeHtml(date)}</i><br><b>${escapeHtml(say('NGƯỜI CHỦ TRÌ', 'THE CHAIR'))}</b><br>
<i>${escapeHtml(say('(ký, ghi rõ họ tên)', '(signature and full name)'))}</i><div class="line"></div>
<b>${escapeHtml(shown.chair?.name ?? '')}</b></div>
</body></html>
`;
}
