import type { Leaf, Reading } from '../../domain/plan/draft.ts';
import { className, leftoverSentence } from '../../domain/plan/sentences.ts';
import { assertNever } from '../../domain/result.ts';
import type { Language } from '../../domain/text/language.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import { textFailureSentence } from '../documents/text.ts';
import { inputFile } from './files.ts';
import { badUsage, table } from './report.ts';

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

/** A value, with a question mark where a person should look. */
function shown({ value, confidence }: Leaf<string>): string {
  return value === null ? '-' : `${value}${confidence < 0.7 ? ' (?)' : ''}`;
}

export function heading(word: string, count: number): string {
  return `\n${word} (${count})`;
}

export function sayReading({ plan, leftovers, text }: Reading, language: Language): string[] {
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
    ...table(rows.map(([ofVi, ofEn, leaf]) => [vi ? ofVi : ofEn, shown(leaf)])),
    heading(vi ? 'Thành phần' : 'Composition', plan.clauses.length),
    ...plan.clauses.flatMap((clause) => [
      `  ${className(String(clause.bridgeClass.value), language)}: ${shown(clause.text)}`,
      ...clause.exclusions.map((exclusion) => `      (${shown(exclusion)})`),
    ]),
    heading(vi ? 'Chương trình' : 'Agenda', plan.agenda.length),
    ...plan.agenda.map((item) => {
      const sign = item.limit.value === 'max' ? '≤' : '~';
      const minutes = item.minutes.value === null ? '' : ` [${sign}${item.minutes.value}′]`;
      return `  ${shown(item.title)}${minutes}`;
    }),
    heading(vi ? 'Nhiệm vụ' : 'Duties', plan.duties.length),
    ...plan.duties
      .filter((duty) => duty.deadline.phrase.value !== null)
      .map((duty) => `  ${shown(duty.owner)} → ${shown(duty.addressee)}: ${shown(duty.deadline.phrase)}`),
    heading(vi ? 'Chưa xếp được' : 'Not placed', leftovers.length),
    ...leftovers.map(({ reason, text: words }) => {
      const line = words.replaceAll(/\s+/g, ' ');
      return `  ${leftoverSentence(reason, language)} ${line.length > 80 ? `${line.slice(0, 80)}…` : line}`;
    }),
    '',
    vi ? `${formatNumber(text.length)} ký tự.` : `${formatNumber(text.length, 'en')} characters.`,
  ];
}
