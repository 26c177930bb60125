import { formatNumber } from '../../domain/text/numbers.ts';
import type { Language, Sentence } from '../../domain/text/language.ts';
import type { LedgerFinding, LedgerVerdict } from './verification.ts';

/** Name of the file of an export. */
export const EXPORT_NAME: Sentence = { vi: 'Sổ điểm danh', en: 'Attendance ledger' };

export const NO_SESSION: Sentence = {
  vi: 'Hội nghị không có buổi họp này.',
  en: 'The conference has no such session.',
};

export const NO_BRIDGES: Sentence = {
  vi: 'Hội nghị chưa có điểm cầu.',
  en: 'The conference has no bridges yet.',
};

export const NO_VERIFIER: Sentence = {
  vi: 'Máy chủ chưa có tệp kiểm tra. Hãy chạy: npm run build',
  en: 'The server has no verifier yet. Run: npm run build',
};

export function noSuchCheckpoint(asked: string): Sentence {
  return {
    vi: `Không có mốc ký ${asked}.`,
    en: `There is no checkpoint ${asked}.`,
  };
}

/** What the whole database comes to, for people. */
export function sayLedgerVerdict(verdict: LedgerVerdict, language: Language): string[] {
  const vi = language === 'vi';
  const number = (count: number): string => formatNumber(count, language);
  const { events, chains, checkpoints, otherKey, unsigned, erased, finding } = verdict;
  if (finding !== null) return [sayLedgerFinding(finding, language)];
  const lines = [
    vi
      ? `Đầy đủ: ${number(events)} lượt trong ${number(chains)} sổ điểm cầu, ${number(checkpoints)} mốc ký.`
      : `Complete: ${number(events)} events in the chains of ${number(chains)} bridges, ${number(checkpoints)} checkpoints.`,
  ];
  if (otherKey > 0) {
    lines.push(
      vi
        ? `${number(otherKey)} mốc đầu được ký bằng một khóa cũ.`
        : `An older key signed the first ${number(otherKey)} checkpoints.`,
    );
  }
  if (unsigned > 0) {
    lines.push(
      vi
        ? `${number(unsigned)} lượt sau mốc cuối chưa được ký.`
        : `${number(unsigned)} events after the last checkpoint are not signed yet.`,
    );
  }
  if (erased > 0) {
    lines.push(
      vi
        ? `${number(erased)} lượt đã xóa phần chữ; sổ vẫn nguyên vẹn.`
        : `The words of ${number(erased)} events were erased; the ledger is whole all the same.`,
    );
  }
  return lines;
}

const KINDS = {
  vi: {
    changed: 'đã bị sửa',
    removed: 'đã bị xóa',
    reordered: 'đã bị đổi thứ tự',
    inserted: 'đã bị chèn vào',
  },
  en: {
    changed: 'was changed',
    removed: 'was removed',
    reordered: 'was moved to another place',
    inserted: 'was inserted',
  },
} as const;

function sayLedgerFinding(finding: LedgerFinding, language: Language): string {
  const vi = language === 'vi';
  switch (finding.kind) {
    case 'tampered': {
      const { how, session, bridge, place, id } = finding;
      const code = id === null ? '' : vi ? ` (mã ${id})` : ` (id ${id})`;
      return vi
        ? `Lượt số ${place} của điểm cầu ${bridge}, buổi ${session}${code}, ${KINDS.vi[how]}.`
        : `Event ${place} of bridge ${bridge}, session ${session}${code}, ${KINDS.en[how]}.`;
    }
    case 'rewritten': {
      const { checkpoint, from, upTo } = finding;
      return vi
        ? `Sổ đã bị viết lại hoặc bị bớt, trong khoảng từ lượt chung số ${from} đến ${upTo}: mốc ký ${checkpoint} ghi khác.`
        : `The ledger was made anew or lacks events, somewhere from its event ${from} to ${upTo}: checkpoint ${checkpoint} says otherwise.`;
    }
    case 'bad-checkpoint':
      return vi
        ? `Mốc ký ${finding.checkpoint} bị sửa, bị thiếu hoặc sai chữ ký.`
        : `Checkpoint ${finding.checkpoint} was changed, is missing or has a wrong signature.`;
    case 'bad-proof':
      return vi
        ? `Chứng cứ lưu của điểm cầu ${finding.bridge} theo mốc ký ${finding.checkpoint} không khớp.`
        : `The proof kept of bridge ${finding.bridge} under checkpoint ${finding.checkpoint} does not hold.`;
    case 'kept-missing':
      return vi
        ? `Mốc đã giữ ${finding.fingerprint} không có trong sổ: sổ đã bị ký lại.`
        : `The kept checkpoint ${finding.fingerprint} is not in the ledger: its history was signed anew.`;
    default:
      return vi
        ? `Lượt số ${finding.place} của điểm cầu ${finding.bridge} khác biên nhận đã giữ, hoặc không còn.`
        : `Event ${finding.place} of bridge ${finding.bridge} differs from the receipt that was kept, or is gone.`;
  }
}
