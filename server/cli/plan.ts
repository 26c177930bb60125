import type { Command } from 'commander';
import { z } from 'zod';

import { Plan } from '../../domain/plan/plan.ts';
import { failureSentence, findingSentence } from '../../domain/plan/sentences.ts';
import { assertNever } from '../../domain/result.ts';
import type { Language } from '../../domain/text/language.ts';
import type { ChangeFailure } from '../plans/commands.ts';
import { table, type Report, type Say } from './report.ts';
import { heading, readingOf, sayReading } from './reading.ts';
import { jsonFile } from './files.ts';
import { checked, commonOptions, conferenceOf, inShell, report, type At } from './shell.ts';

const MARKS = { error: '✗', warning: '!', note: '·' } as const;

/** `plan ...`: what a plan document says and what is wrong with it, and the plan that a conference has. */
export function registerPlan(program: Command, say: Say): void {
  const plan = program.command('plan').description(say('kế hoạch hội nghị', 'the plan of a conference'));
  const document = say('TXT, MD hoặc DOCX', 'TXT, MD or DOCX');

  plan
    .command('read')
    .description(say('đọc văn bản kế hoạch; không lưu gì', 'read a plan document; nothing is kept'))
    .argument('<file>', document)
    .action(async (file: string, _options, command: Command) => {
      const common = commonOptions(command);
      const reading = await readingOf(file, common.language);
      report({ json: reading, lines: sayReading(reading, common.language) }, common);
    });

  plan
    .command('check')
    .description(
      say(
        'kiểm tra một văn bản, hoặc kế hoạch của một hội nghị; mã thoát 1 khi có lỗi',
        'check a document, or the plan of a conference; exit code 1 where there is an error',
      ),
    )
    .argument('[file]', document)
    .option('--conference <id>', say('hội nghị', 'conference'))
    .action(async (file: string | undefined, options: At, command: Command) => {
      const common = commonOptions(command);
      if (file !== undefined) {
        report(await checkFile(file, common.language), common);
        return;
      }
      await inShell(common, async (shell) => {
        const { checkedPlan } = await import('../plans/queries.ts');
        const { presentPlan } = await import('../plans/present.ts');
        const conference = await conferenceOf(shell, options);
        const { findings } = presentPlan(await checkedPlan(shell.context, conference), common.language);
        return findingsReport(findings, common.language);
      });
    });

  plan
    .command('show')
    .description(say('kế hoạch đã lưu của một hội nghị', 'the plan that a conference has'))
    .option('--conference <id>', say('hội nghị', 'conference'))
    .action(async (options: At, command: Command) => {
      await inShell(commonOptions(command), async (shell) => {
        const { planOf } = await import('../plans/queries.ts');
        const found = await planOf(shell.context, await conferenceOf(shell, options));
        const { plan: kept, revision, state } = found;
        return {
          json: { revision, state, plan: kept },
          lines: [
            ...table([
              [say('Trích yếu', 'Title'), kept.title],
              [say('Số', 'Number'), kept.number ?? '-'],
              [say('Bắt đầu', 'Starts'), kept.startsAt ?? '-'],
              [say('Kết thúc', 'Ends'), kept.endsAt ?? '-'],
              [say('Địa điểm', 'Venue'), kept.venue ?? '-'],
            ]),
            heading(say('Thành phần', 'Composition'), kept.clauses.length),
            ...table(kept.clauses.map(({ id, text }) => [`  ${id}`, text])),
          ],
        };
      });
    });

  plan
    .command('replace')
    .description(
      say(
        'thay kế hoạch bằng tệp JSON mà "plan show --json" in ra',
        'replace the plan by JSON as "plan show --json" prints it',
      ),
    )
    .argument('<file>', 'JSON')
    .option('--conference <id>', say('hội nghị', 'conference'))
    .action(async (file: string, options: At, command: Command) => {
      const common = commonOptions(command);
      const given = checked(ReplacedPlan, await jsonFile(file, common.language), file, common.language);
      await inShell(common, async (shell) => {
        const { changePlan } = await import('../plans/commands.ts');
        const { checkedPlan } = await import('../plans/queries.ts');
        const { presentPlan } = await import('../plans/present.ts');
        const conference = await conferenceOf(shell, options);
        const changed = await changePlan(shell.context, conference, given);
        if (!changed.ok) return refused(changed, shell.say, common.language);
        const shown = presentPlan(await checkedPlan(shell.context, conference), common.language);
        const found = findingsReport(shown.findings, common.language);
        return {
          ...found,
          json: { ok: true, revision: shown.revision, findings: shown.findings },
          negative: false,
        };
      });
    });
}

const ReplacedPlan = z.object({ revision: z.int(), plan: Plan });

function refused(failure: ChangeFailure, say: Say, language: Language): Report {
  const messages = (): string[] => {
    switch (failure.reason) {
      case 'not a whole plan':
        return failure.fields.map((field) => failureSentence(field, language));
      case 'has errors':
        return failure.findings.map((finding) => findingSentence(finding, language));
      case 'out of date':
        return [
          say(
            'Kế hoạch đã được sửa sau lần đọc này. Chưa lưu gì. Chạy lại "plan show".',
            'The plan was changed since it was read. Nothing was saved. Run "plan show" again.',
          ),
        ];
      default:
        return assertNever(failure);
    }
  };
  const said = messages();
  return { json: { ok: false, reason: failure.reason, messages: said }, lines: said, negative: true };
}

async function checkFile(file: string, language: Language): Promise<Report> {
  const [{ checksOfReading }, { presentFindings }] = await Promise.all([
    import('../plans/queries.ts'),
    import('../plans/present.ts'),
  ]);
  const { findings, failures } = checksOfReading(await readingOf(file, language));
  return findingsReport(presentFindings(findings, failures, language), language);
}

interface Said {
  readonly severity: 'error' | 'warning' | 'note';
  readonly message: string;
}

/** Findings for people and scripts; an error among them is a negative finding. */
export function findingsReport(findings: readonly Said[], language: Language): Report {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const nothing = language === 'vi' ? 'Không thấy gì cần sửa.' : 'Nothing to mend was found.';
  return {
    json: { ok: errors === 0, findings },
    lines:
      findings.length === 0
        ? [nothing]
        : findings.map(({ severity, message }) => `${MARKS[severity]} ${message}`),
    negative: errors > 0,
  };
}
