import { checkpointWords } from '../ledger/verdict-sentences.ts';
import type { KeptName } from '../ledger/verdict.ts';
import { assertNever } from '../result.ts';
import type { Language } from '../text/language.ts';
import { formatNumber } from '../text/numbers.ts';
import type { AuditFinding, AuditVerdict } from './verify.ts';

/** What an export of the audit trail comes to, for people. */
export function sayAuditVerdict(verdict: AuditVerdict, language: Language): string[] {
  if (!verdict.ok) return [sayAuditFinding(verdict.finding, language)];
  const vi = language === 'vi';
  const number = (count: number): string => formatNumber(count, language);
  const { from, upTo, shown, hidden, erased, unsigned, checkpoint } = verdict;
  if (shown + hidden === 0) {
    return [vi ? 'Nhật ký kiểm tra chưa có gì.' : 'There is nothing in the audit trail yet.'];
  }
  const until =
    checkpoint === null
      ? vi
        ? 'chưa có mốc ký nào'
        : 'no checkpoint yet'
      : vi
        ? `chốt bằng ${checkpointWords(checkpoint, language)}`
        : `ended by ${checkpointWords(checkpoint, language)}`;
  const lines = [
    vi
      ? `Nhật ký kiểm tra đầy đủ từ mục số ${number(from)} đến mục số ${number(upTo)}, ${until}.`
      : `The audit trail is complete from entry ${number(from)} to entry ${number(upTo)}, ${until}.`,
  ];
  if (hidden > 0) {
    lines.push(
      vi
        ? `${number(shown)} mục có nội dung; ${number(hidden)} mục khác chỉ có dấu băm, vì không thuộc phần được xuất.`
        : `${number(shown)} entries are shown; ${number(hidden)} others stand by their digest only, as they were not asked for.`,
    );
  }
  if (erased > 0) {
    lines.push(
      vi
        ? `${number(erased)} mục không còn phần chữ (đã xóa hoặc không xuất); nhật ký vẫn nguyên vẹn.`
        : `The words of ${number(erased)} entries were erased or left out; the trail is whole all the same.`,
    );
  }
  if (unsigned > 0) {
    lines.push(
      vi
        ? `${number(unsigned)} mục sau mốc ấy chưa được ký.`
        : `${number(unsigned)} entries after it are not signed yet.`,
    );
  }
  return lines;
}

function witness(against: number | KeptName, language: Language): string {
  const vi = language === 'vi';
  if (typeof against === 'number') return vi ? `mốc ký ${against}` : `checkpoint ${against}`;
  if ('fingerprint' in against) {
    return vi ? `mốc đã giữ ${against.fingerprint}` : `the kept checkpoint ${against.fingerprint}`;
  }
  return vi ? `biên nhận số ${against.place}` : `receipt ${against.place}`;
}

/** What does not hold of a trail, in a sentence. */
export function sayAuditFinding(finding: AuditFinding, language: Language): string {
  const vi = language === 'vi';
  const coded =
    'id' in finding && finding.id !== null ? (vi ? ` (mã ${finding.id})` : ` (id ${finding.id})`) : '';
  switch (finding.kind) {
    case 'changed':
      return vi
        ? `Mục số ${finding.place} của nhật ký kiểm tra${coded} đã bị sửa.`
        : `Entry ${finding.place} of the audit trail${coded} was changed.`;
    case 'removed':
      return vi
        ? `Mục số ${finding.place} của nhật ký kiểm tra đã bị xóa.`
        : `Entry ${finding.place} of the audit trail was removed.`;
    case 'reordered':
      return vi
        ? `Mục số ${finding.place} của nhật ký kiểm tra${coded} đã bị đổi thứ tự.`
        : `Entry ${finding.place} of the audit trail${coded} was moved to another place.`;
    case 'inserted':
      return vi
        ? `Mục đứng ở số ${finding.place} của nhật ký kiểm tra${coded} đã bị chèn vào.`
        : `What stands as entry ${finding.place} of the audit trail${coded} was inserted.`;
    case 'rewritten':
      return vi
        ? `Nhật ký kiểm tra đã bị viết lại, trong khoảng từ mục số ${finding.place} đến mục số ${finding.upTo}: ${witness(finding.against, language)} ghi khác.`
        : `The audit trail was made anew, somewhere from entry ${finding.place} to entry ${finding.upTo}: ${witness(finding.against, language)} says otherwise.`;
    case 'cut':
      return vi
        ? `Nhật ký kiểm tra bị cắt từ mục số ${finding.place}: theo ${witness(finding.against, language)} phải có đến mục số ${finding.upTo}.`
        : `The audit trail is cut off from entry ${finding.place} on: by ${witness(finding.against, language)} it goes to entry ${finding.upTo}.`;
    case 'unproven':
      return vi
        ? `Không có mốc ký nào chứng nhận chỗ bắt đầu của tệp, mục số ${finding.place}.`
        : `No checkpoint vouches for where the file begins, entry ${finding.place}.`;
    case 'signed-anew':
      return vi
        ? `Mốc đã giữ ${finding.kept} không có trong tệp: lịch sử đã bị ký lại, hoặc tệp được xuất trước mốc ấy.`
        : `The kept checkpoint ${finding.kept} is not in the file: the history was signed anew, or the file is older.`;
    case 'bad-signature':
      if (finding.checkpoint === null)
        return vi ? 'Có một mốc ký không đọc được.' : 'A checkpoint cannot be read.';
      return vi
        ? `Chữ ký của mốc ${finding.checkpoint} không đúng.`
        : `The signature of checkpoint ${finding.checkpoint} is wrong.`;
    case 'bad-checkpoints':
      return vi
        ? `Các mốc ký không liền nhau: thiếu hoặc sai mốc ${finding.checkpoint}.`
        : `The checkpoints do not follow each other: number ${finding.checkpoint} is missing or another one.`;
    case 'other-key':
      return vi ? `Tệp này ghi khóa khác (${finding.key}).` : `This file names another key (${finding.key}).`;
    case 'half-a-file':
      return vi
        ? `Tệp bị cắt giữa chừng, từ mục số ${finding.place} của nhật ký kiểm tra.`
        : `The file is cut off, from entry ${finding.place} of the audit trail on.`;
    case 'not-as-written':
      return vi
        ? 'Các mục không bị sửa, nhưng tệp không còn như lúc xuất: dòng đầu, mốc ký hoặc số đếm đã đổi.'
        : 'No entry was changed, but the file is not as it was written: its first line, checkpoints or counts differ.';
    case 'unreadable':
      return vi
        ? `Dòng ${finding.line} của tệp không đọc được hoặc không đúng chỗ.`
        : `Line ${finding.line} of the file cannot be read, or does not belong there.`;
    default:
      return assertNever(finding);
  }
}
