import type { Command } from 'commander';

import type { Leaf, Reading } from '../../domain/plan/draft.ts';
import { className, leftoverSentence } from '../../domain/plan/sentences.ts';
import { assertNever } from '../../domain/result.ts';
import type { Language } from '../../domain/text/language.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import { textFailureSentence } from '../documents/text.ts';
import type { Report } from './report.ts';
import { badUsage, table } from './report.ts';
import { commonOptions, conferenceOf, inputFile, inShell, report } from './shell.ts';

const MARKS = { error: '✗', warning: '!', note: '·' } as const;

/** `plan read FILE`, `plan check FILE`: what a plan document says, and what is wrong with it. */
export function registerPlan(program: Command): void {
  const plan = program.command('plan').description('kế hoạch hội nghị');

  plan
    .command('read')
    .description('đọc văn bản kế hoạch; không lưu gì')
    .argument('<file>', 'TXT, MD hoặc DOCX')
    .action(async (file: string, _options, command: Command) => {
      const common = commonOptions(command);
      const reading = await readingOf(file, common.language);
      report({ json: reading, lines: sayReading(reading, common.language) }, common);
    });

  plan
    .command('check')
    .description('kiểm tra một văn bản, hoặc kế hoạch của một hội nghị')
    .argument('[file]', 'TXT, MD hoặc DOCX; không có thì kiểm tra kế hoạch đã lưu')
    .option('--conference <id>')
    .action(async (file: string | undefined, options: { conference?: string }, command: Command) => {
      const common = commonOptions(command);
      if (file !== undefined) {
        report(await checkFile(file, common.language), common);
        return;
      }
      await inShell(common, async (shell) => {
        const { checkedPlan } = await import('../plans/queries.ts');
        const { presentPlan } = await import('../plans/present.ts');
        const conference = await conferenceOf(shell, options.conference);
        const { findings } = presentPlan(await checkedPlan(shell.context, conference), common.language);
        return findingsReport(findings, common.language);
      });
    });
}

/** What the reader makes of a document file; a file that it cannot read is bad usage. */
export async function readingOf(file: string, language: Language): Promise<Reading> {
  const { readPlanFile } = await import('../documents/plan-reading.ts');
  const { bytes } = await inputFile(file, language);
  const read = await readPlanFile(bytes);
  if (read.ok) return read.value;
  switch (read.reason) {
    case 'unreadable':
      throw badUsage(
        { vi: textFailureSentence(read.why, 'vi'), en: textFailureSentence(read.why, 'en') },
        language,
      );
    case 'too heavy':
    case 'busy':
      throw badUsage(
        { vi: 'Văn bản quá phức tạp, không đọc được.', en: 'The document is too complex to be read.' },
        language,
      );
    default:
      return assertNever(read);
  }
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

/** A value, with a question mark where a person should look. */
function say({ value, confidence }: Leaf<string>): string {
  return value === null ? '-' : `${value}${confidence < 0.7 ? ' (?)' : ''}`;
}

function heading(word: string, count: number): string {
  return `\n${word} (${count})`;
}

function sayReading({ plan, leftovers, text }: Reading, language: Language): string[] {
  const vi = language === 'vi';
  const rows: [string, string, Leaf<string>][] = [
    ['Số', 'Number', plan.number],
    ['Cơ quan ban hành', 'Issuer', plan.issuer],
    ['Ngày ban hành', 'Issued on', plan.issuedOn],
    ['Trích yếu', 'Title', plan.title],
    ['Bắt đầu', 'Starts', plan.startsAt],
    ['Kết thúc', 'Ends', plan.endsAt],
    ['Địa điểm', 'Venue', plan.venue],
    ['Hình thức', 'Format', plan.format],
    ['Truyền hình', 'Broadcast', plan.broadcast],
  ];
  return [
    ...table(rows.map(([ofVi, ofEn, leaf]) => [vi ? ofVi : ofEn, say(leaf)])),
    heading(vi ? 'Thành phần' : 'Composition', plan.clauses.length),
    ...plan.clauses.flatMap((clause) => [
      `  ${className(String(clause.bridgeClass.value), language)}: ${say(clause.text)}`,
      ...clause.exclusions.map((exclusion) => `      (${say(exclusion)})`),
    ]),
    heading(vi ? 'Chương trình' : 'Agenda', plan.agenda.length),
    ...plan.agenda.map((item) => {
      const sign = item.limit.value === 'max' ? '≤' : '~';
      const minutes = item.minutes.value === null ? '' : ` [${sign}${item.minutes.value}′]`;
      return `  ${say(item.title)}${minutes}`;
    }),
    heading(vi ? 'Nhiệm vụ' : 'Duties', plan.duties.length),
    ...plan.duties
      .filter((duty) => duty.deadline.phrase.value !== null)
      .map((duty) => `  ${say(duty.owner)} → ${say(duty.addressee)}: ${say(duty.deadline.phrase)}`),
    heading(vi ? 'Chưa xếp được' : 'Not placed', leftovers.length),
    ...leftovers.map(({ reason, text: words }) => {
      const line = words.replaceAll(/\s+/g, ' ');
      return `  ${leftoverSentence(reason, language)} ${line.length > 80 ? `${line.slice(0, 80)}…` : line}`;
    }),
    '',
    vi ? `${formatNumber(text.length)} ký tự.` : `${formatNumber(text.length, 'en')} characters.`,
  ];
}
