import type { Command } from 'commander';

import { failureSentence } from '../../domain/plan/sentences.ts';
import { assertNever } from '../../domain/result.ts';
import type { Language } from '../../domain/text/language.ts';
import type { CivilDate } from '../../domain/time.ts';
import { sayUnitTreeFailure } from '../../domain/units/sentences.ts';
import type { CreateFailure } from '../plans/commands.ts';
import { findingsReport } from './plan.ts';
import { readingOf } from './reading.ts';
import { badUsage, table, type Report, type Say } from './report.ts';
import { commonOptions, conferenceOf, dateOption, inShell, type At, type Shell } from './shell.ts';

/** `conference ...`: from a plan document to a conference, and its issue. */
export function registerConferences(program: Command, say: Say): void {
  const conference = program.command('conference').description(say('hội nghị', 'conferences'));

  conference
    .command('create')
    .description(say('tạo hội nghị từ một văn bản kế hoạch', 'make a conference out of a plan document'))
    .requiredOption('--from <file>', say('TXT, MD hoặc DOCX', 'TXT, MD or DOCX'))
    .option(
      '--tree-date <date>',
      say('ghim cây đơn vị của một ngày khác, YYYY-MM-DD', 'pin the unit tree of another date, YYYY-MM-DD'),
    )
    .action(async (options: { from: string; treeDate?: string }, command: Command) => {
      const common = commonOptions(command);
      const treeDate = options.treeDate === undefined ? null : dateOption(options.treeDate, common.language);
      await inShell(common, (shell) => createFrom(shell, options.from, treeDate));
    });

  conference
    .command('list')
    .description(say('các hội nghị, mới nhất trước', 'conferences, newest first'))
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
    .description(
      say(
        'ban hành kế hoạch; mã thoát 1 khi kế hoạch còn lỗi',
        'issue the plan; exit code 1 where it has errors',
      ),
    )
    .option('--conference <id>', say('hội nghị', 'conference'))
    .action(async (options: At, command: Command) => {
      await inShell(commonOptions(command), (shell) => issue(shell, options));
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

async function issue(shell: Shell, at: At): Promise<Report> {
  const [{ issuePlan }, { checkedPlan }, { presentPlan }] = await Promise.all([
    import('../plans/commands.ts'),
    import('../plans/queries.ts'),
    import('../plans/present.ts'),
  ]);
  const { context, say } = shell;
  const { language } = context;
  const scope = await conferenceOf(shell, at);
  const issued = await issuePlan(context, scope);
  if (issued.ok) {
    return {
      json: { ok: true, issuedAt: issued.value },
      lines: [say('Đã ban hành kế hoạch.', 'The plan was issued.')],
    };
  }
  switch (issued.reason) {
    case 'has errors': {
      const { findings } = presentPlan(await checkedPlan(context, scope), language);
      return findingsReport(findings, language);
    }
    case 'out of date':
      throw badUsage(
        {
          vi: 'Người khác vừa sửa kế hoạch. Chưa ban hành. Hãy chạy lại.',
          en: 'Somebody else has just changed the plan. It was not issued. Run it again.',
        },
        language,
      );
    default:
      return assertNever(issued);
  }
}
