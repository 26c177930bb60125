import type { Command } from 'commander';

import { sayBuildFailure, sayBuildFinding } from '../../domain/bridges/sentences.ts';
import { UnitCode } from '../../domain/ids.ts';
import { failureSentence } from '../../domain/plan/sentences.ts';
import { assertNever } from '../../domain/result.ts';
import type { Language } from '../../domain/text/language.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import type { CivilDate } from '../../domain/time.ts';
import { sayUnitTreeFailure } from '../../domain/units/sentences.ts';
import type { CreateFailure } from '../plans/commands.ts';
import { findingsReport, readingOf } from './plan.ts';
import { table, type Report } from './report.ts';
import { commonOptions, conferenceOf, dateOption, inShell, type Shell } from './shell.ts';

/** `conference ...` and `bridges ...`: from a plan to its bridge tree. */
export function registerConferences(program: Command): void {
  const conference = program.command('conference').description('hội nghị');

  conference
    .command('create')
    .description('tạo hội nghị từ một văn bản kế hoạch')
    .requiredOption('--from <file>', 'TXT, MD hoặc DOCX')
    .option('--tree-date <date>', 'ghim cây đơn vị của một ngày khác, YYYY-MM-DD')
    .action(async (options: { from: string; treeDate?: string }, command: Command) => {
      const common = commonOptions(command);
      const treeDate = options.treeDate === undefined ? null : dateOption(options.treeDate, common.language);
      await inShell(common, (shell) => createFrom(shell, options.from, treeDate));
    });

  conference
    .command('list')
    .description('các hội nghị, mới nhất trước')
    .action(async (_options, command: Command) => {
      await inShell(commonOptions(command), async ({ context, operator }) => {
        const { allConferences } = await import('../plans/queries.ts');
        const { presentSummary } = await import('../plans/present.ts');
        const all = (await allConferences(context, operator.installation, 1000)).map(presentSummary);
        return {
          json: all,
          lines: table(
            all.map(({ id, number, startsAt, title }) => [id, number ?? '-', startsAt ?? '-', title]),
          ),
        };
      });
    });

  conference
    .command('issue')
    .description('ban hành kế hoạch')
    .option('--conference <id>')
    .action(async (options: { conference?: string }, command: Command) => {
      const common = commonOptions(command);
      await inShell(common, async (shell) => {
        const { issuePlan } = await import('../plans/commands.ts');
        const { checkedPlan } = await import('../plans/queries.ts');
        const { presentPlan } = await import('../plans/present.ts');
        const scope = await conferenceOf(shell, options.conference);
        const issued = await issuePlan(shell.context, scope);
        if (issued.ok) {
          const said = common.language === 'vi' ? 'Đã ban hành kế hoạch.' : 'The plan was issued.';
          return { json: { ok: true, issuedAt: issued.value }, lines: [said] };
        }
        const { findings } = presentPlan(await checkedPlan(shell.context, scope), common.language);
        return { ...findingsReport(findings, common.language), negative: true };
      });
    });

  const bridges = program.command('bridges').description('điểm cầu');

  bridges
    .command('build')
    .description('dựng cây điểm cầu từ kế hoạch và cây đơn vị; điểm cầu đã có giữ nguyên')
    .option('--conference <id>')
    .option('--scope <codes>', 'mã các đơn vị tham gia, cách nhau bằng dấu phẩy; không có là cả nước')
    .action(async (options: { conference?: string; scope?: string }, command: Command) => {
      const common = commonOptions(command);
      const scope = (options.scope ?? '')
        .split(',')
        .map((code) => code.trim())
        .filter((code) => code !== '');
      await inShell(common, (shell) => build(shell, options.conference, scope));
    });

  bridges
    .command('list')
    .description('cây điểm cầu')
    .option('--conference <id>')
    .action(async (options: { conference?: string }, command: Command) => {
      await inShell(commonOptions(command), async (shell) => {
        const { bridgeTreeOf } = await import('../bridges/queries.ts');
        const tree = await bridgeTreeOf(shell.context, await conferenceOf(shell, options.conference));
        const all = tree?.bridges ?? [];
        return {
          json: all,
          lines: all.map(({ id, name }) => `${'  '.repeat((tree?.path(id).length ?? 1) - 1)}${name}`),
        };
      });
    });
}

async function createFrom(shell: Shell, file: string, treeDate: CivilDate | null): Promise<Report> {
  const [{ createConference }, { conferenceSummary, checkedPlan }, present] = await Promise.all([
    import('../plans/commands.ts'),
    import('../plans/queries.ts'),
    import('../plans/present.ts'),
  ]);
  const { context, operator } = shell;
  const { language } = context;
  const { text } = await readingOf(file, language);
  const created = await createConference(context, operator.installation, { text, plan: null, treeDate });
  if (!created.ok) {
    const messages = sayCreateFailure(created, language);
    return { json: { ok: false, reason: created.reason, messages }, lines: messages, negative: true };
  }
  const scope = await operator.conference(created.value);
  if (!scope.ok) throw new Error('a conference that was just made is gone');
  const summary = present.presentSummary(await conferenceSummary(context, scope.value));
  const { findings } = present.presentPlan(await checkedPlan(context, scope.value), language);
  return {
    json: { ok: true, conference: summary, findings },
    lines: [`${summary.id}  ${summary.title}`, ...findings.map(({ message }) => `! ${message}`)],
  };
}

function sayCreateFailure(failure: CreateFailure, language: Language): string[] {
  switch (failure.reason) {
    case 'not a whole plan':
      return failure.fields.map((field) => failureSentence(field, language));
    case 'no tree':
      return [sayUnitTreeFailure(failure.failure, language)];
    // The document was read a moment ago; what a machine out of memory says is no matter of the plan.
    case 'nothing given':
    case 'unreadable':
    case 'too heavy':
    case 'busy':
      return [language === 'vi' ? 'Không đọc được văn bản.' : 'The document cannot be read.'];
    default:
      return assertNever(failure);
  }
}

async function build(shell: Shell, named: string | undefined, scope: readonly string[]): Promise<Report> {
  const { buildBridges } = await import('../bridges/commands.ts');
  const { context } = shell;
  const { language } = context;
  const conference = await conferenceOf(shell, named);
  const built = await buildBridges(context, conference, {
    scope: scope.map((code) => UnitCode.parse(code)),
    extra: [],
  });
  if (!built.ok) {
    const message =
      built.reason === 'no units' || built.reason === 'changed meanwhile'
        ? {
            vi: 'Chưa có danh mục đơn vị của ngày này. Hãy nhập bằng "units import".',
            en: 'There is no list of units for this date. Import one with "units import".',
          }[language]
        : sayBuildFailure(built, language);
    return { json: { ok: false, reason: built.reason, message }, lines: [message], negative: true };
  }
  const { added, kept, total, findings } = built.value;
  const messages = findings.map((finding) => ({
    code: finding.kind,
    severity: finding.severity,
    message: sayBuildFinding(finding, language),
  }));
  const said =
    language === 'vi'
      ? `${formatNumber(total)} điểm cầu: ${formatNumber(added)} mới, ${formatNumber(kept)} giữ nguyên.`
      : `${formatNumber(total, 'en')} bridges: ${formatNumber(added, 'en')} new, ${formatNumber(kept, 'en')} kept.`;
  return {
    json: { ok: true, added, kept, total, findings: messages },
    lines: [said, ...messages.map(({ message }) => `! ${message}`)],
  };
}
