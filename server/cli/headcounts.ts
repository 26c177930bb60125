import type { Command } from 'commander';

import { formatDateTime } from '../../domain/text/dates.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import { HeadcountContent, headcountContracts } from '../../domain/wire/headcount.ts';
import type { Decision, HeadcountFailure, LevelAbove } from '../reports/commands.ts';
import type { Said, Say } from './report.ts';
import { badUsage, type Report } from './report.ts';
import { jsonFile } from './files.ts';
import {
  bridgeOf,
  checked,
  commonOptions,
  inShell,
  instantOption,
  nodeOf,
  type At,
  type Node,
  type Shell,
} from './shell.ts';

interface SubmitOptions extends At {
  readonly total?: string;
  readonly content?: string;
  readonly remark?: string;
}

/** `reports submit`, `accept`, `return`, `deadline`, `difficulty`: what a bridge and the level above it do with headcounts. */
export function registerHeadcounts(reports: Command, say: Say): void {
  const step = (name: string, description: string): Command =>
    reports
      .command(name)
      .description(description)
      .requiredOption('--bridge <id>', say('điểm cầu', 'bridge'))
      .option('--conference <id>', say('hội nghị', 'conference'));

  step('submit', say('gửi báo cáo của một điểm cầu lên trên', "send a bridge's report up"))
    .option('--total <heads>', say('tổng số đại biểu', 'delegates in all'))
    .option(
      '--content <file>',
      say(
        'JSON đủ các mục: total, byClause, byCategory, chairName, chairPost, remark',
        'JSON of all of it: total, byClause, byCategory, chairName, chairPost, remark',
      ),
    )
    .option('--remark <text>', say('ghi chú', 'remark'))
    .action(async (options: SubmitOptions, command: Command) => {
      await inShell(commonOptions(command), (shell) => submit(shell, options));
    });

  step('accept', say('cấp trên nhận báo cáo', 'accept a report, as the level above')).action(
    async (options: At, command: Command) => {
      await inShell(commonOptions(command), (shell) =>
        decide(shell, options, { kind: 'accept', revision: null }),
      );
    },
  );

  step('return', say('cấp trên trả lại báo cáo', 'return a report, as the level above'))
    .requiredOption('--remark <text>', say('lý do', 'why'))
    .action(async (options: At & { remark: string }, command: Command) => {
      await inShell(commonOptions(command), (shell) =>
        decide(shell, options, { kind: 'return', revision: null, remark: options.remark, about: null }),
      );
    });

  step('deadline', say('đặt hạn cho các điểm cầu bên dưới', 'set the deadline for the bridges below'))
    .requiredOption('--before <moment>', '2025-01-08')
    .action(async (options: At & { before: string }, command: Command) => {
      await inShell(commonOptions(command), (shell) => setDeadline(shell, options));
    });

  step('difficulty', say('báo cáo khó khăn, vướng mắc', 'report a difficulty'))
    .requiredOption('--text <text>', say('nội dung', 'what it is'))
    .action(async (options: At & { text: string }, command: Command) => {
      await inShell(commonOptions(command), (shell) => raise(shell, options));
    });
}

async function submit(shell: Shell, options: SubmitOptions): Promise<Report> {
  const [{ submitHeadcount }, { lineOf }] = await Promise.all([
    import('../reports/commands.ts'),
    import('../reports/present.ts'),
  ]);
  const { context, say } = shell;
  const { language } = context;
  const { total, content: file, remark } = options;
  if ((total === undefined) === (file === undefined)) {
    throw badUsage({ vi: 'Cho --total hoặc --content.', en: 'Give either --total or --content.' }, language);
  }
  const given =
    file !== undefined
      ? await jsonFile(file, language)
      : { total: /^\d+$/.test(total ?? '') ? Number(total) : total, remark: remark ?? null };
  const content = checked(HeadcountContent, given, file ?? '--total', language);
  const node = await nodeOf(shell, options);
  const sent = await submitHeadcount(context, node.conference, node.bridge, lineOf(node.bridge, content));
  const heads = formatNumber(content.total, language);
  return after(shell, node, sent, say(`Đã gửi: ${heads} đại biểu.`, `Sent: ${heads} delegates.`));
}

async function decide(shell: Shell, at: At, decision: Decision): Promise<Report> {
  const { decideOnHeadcount } = await import('../reports/commands.ts');
  const { context, say } = shell;
  const node = await nodeOf(shell, at);
  const parent = node.tree.get(node.bridge)?.parent ?? null;
  const above: LevelAbove =
    parent === null ? node.conference : await bridgeOf(shell, node.conference, parent);
  const decided = await decideOnHeadcount(context, node.conference, node.bridge, above, decision);
  const said =
    decision.kind === 'accept'
      ? say('Đã nhận báo cáo.', 'The report was accepted.')
      : say('Đã trả lại báo cáo.', 'The report was returned.');
  return after(shell, node, decided, said);
}

/** The report after a step, or why there was none. */
async function after(
  shell: Shell,
  node: Node,
  stepped: { readonly ok: true } | ({ readonly ok: false } & HeadcountFailure),
  said: string,
): Promise<Report> {
  const [{ headcountOf }, { presentHeadcount }] = await Promise.all([
    import('../reports/queries.ts'),
    import('../reports/present.ts'),
  ]);
  const { context } = shell;
  const { language } = context;
  if (!stepped.ok) {
    const message = (await sayFailure(stepped, node))[language];
    return { json: { ok: false, reason: stepped.reason, message }, lines: [message], negative: true };
  }
  const { report, steps, names, own } = await headcountOf(context, node.conference, node.bridge);
  if (report === null) throw new Error('a report that was just written is gone');
  const { dueStatusWord } = await import('../../domain/reports/sentences.ts');
  const status = own?.due.status ?? null;
  return {
    json: {
      ok: true,
      report: presentHeadcount(report, steps, names, language),
      status,
      lateByMs: own?.due.lateByMs ?? 0,
    },
    lines: [said, ...(status === null ? [] : [dueStatusWord(status, language)])],
  };
}

async function sayFailure(failure: HeadcountFailure, { tree }: Node): Promise<Said> {
  const { CHANGED_DEADLINE, headcountRefusal, NO_BRIDGES } = await import('../reports/sentences.ts');
  switch (failure.reason) {
    case 'no bridges':
      return NO_BRIDGES;
    case 'changed meanwhile':
      return CHANGED_DEADLINE;
    default:
      return headcountRefusal(failure, (id) => tree.get(id)?.name ?? id);
  }
}

async function setDeadline(shell: Shell, options: At & { readonly before: string }): Promise<Report> {
  const [{ setInnerDeadline }, { CHANGED_DEADLINE, headcountRefusal, NO_BRIDGES }] = await Promise.all([
    import('../reports/commands.ts'),
    import('../reports/sentences.ts'),
  ]);
  const { context, say } = shell;
  const { language } = context;
  const before = instantOption(options.before, language);
  const { conference, bridge, tree } = await nodeOf(shell, options);
  const set = await setInnerDeadline(context, conference, bridge, before);
  if (!set.ok) {
    const said =
      set.reason === 'no bridges'
        ? NO_BRIDGES
        : set.reason === 'changed meanwhile'
          ? CHANGED_DEADLINE
          : headcountRefusal(set, (id) => tree.get(id)?.name ?? id);
    const message = said[language];
    return { json: { ok: false, reason: set.reason, message }, lines: [message], negative: true };
  }
  const moment = formatDateTime(before, language);
  return {
    json: { ok: true, dueBefore: before },
    lines: [say(`Hạn: trước ${moment}.`, `Due before ${moment}.`)],
  };
}

async function raise(shell: Shell, options: At & { readonly text: string }): Promise<Report> {
  const { raiseDifficulty } = await import('../reports/commands.ts');
  const { context, say } = shell;
  const { text } = checked(
    headcountContracts.reportDifficulty.body,
    { text: options.text },
    '--text',
    context.language,
  );
  const { conference, bridge } = await nodeOf(shell, options);
  const raised = await raiseDifficulty(context, conference, bridge, text);
  if (!raised.ok) throw new Error('a text that was just checked is missing');
  const { id, via, addressee, at } = raised.value;
  const to = addressee ?? say('cấp trên trực tiếp', 'the level above');
  return {
    json: { ok: true, id, via, addressee, at },
    lines: [
      via === null
        ? say(`Đã báo cáo ${to}.`, `Reported to ${to}.`)
        : say(`Đã báo cáo ${to} (qua ${via}).`, `Reported to ${to} (via ${via}).`),
    ],
  };
}
