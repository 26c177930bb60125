import type { AttendanceEvent } from '../../domain/attendance/event.ts';
import { assertNever } from '../../domain/result.ts';
import type { Language, Sentence } from '../../domain/text/language.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import type { HeldCause } from '../../domain/wire/devices.ts';

/** What a machine is called that the bridge does not know. */
export const UNKNOWN_MACHINE: Sentence = { vi: 'Máy chưa ghép', en: 'Machine that is not paired' };

const CAUSES: Readonly<Record<HeldCause, Sentence>> = {
  revoked: { vi: 'Máy đã bị thu hồi', en: 'The machine was revoked' },
  unpaired: { vi: 'Máy chưa ghép với điểm cầu', en: 'The machine is not paired with the bridge' },
  unproven: { vi: 'Không rõ máy nào gửi', en: 'It is not certain which machine sent it' },
  'other-machine': { vi: 'Do máy khác gửi thay', en: 'Another machine sent it' },
};

/** Why an event is held. */
export function causeSentence(cause: HeldCause, language: Language): string {
  return CAUSES[cause][language];
}

const ERASED = { vi: '(đã xóa)', en: '(erased)' } as const;

/**
 * What an event in quarantine says, for whoever decides on it: "Điểm danh Nguyễn Văn Thử, trực tiếp".
 *
 * @param person of whom it speaks; null where the roster does not know them
 */
export function heldSentence(event: AttendanceEvent, person: string | null, language: Language): string {
  const vi = language === 'vi';
  const erased = ERASED[language];
  switch (event.kind) {
    case 'open':
      return vi ? 'Mở điểm cầu' : 'The bridge opened';
    case 'close':
      return vi ? 'Đóng điểm cầu' : 'The bridge closed';
    case 'arrive': {
      const who = person ?? codeOf(event.person, vi);
      return `${vi ? 'Điểm danh' : 'Checked in'} ${who}, ${modeOf(event.mode, vi)}`;
    }
    case 'leave': {
      const who = person ?? codeOf(event.person, vi);
      return vi ? `${who} đã về` : `${who} left`;
    }
    case 'excuse': {
      const who = person ?? codeOf(event.person, vi);
      const reason = event.reason || erased;
      return vi ? `${who} vắng có lý do: ${reason}` : `${who} is excused: ${reason}`;
    }
    case 'walk-in': {
      const who = [event.name || erased, event.unit].filter(Boolean).join(', ');
      return `${vi ? 'Khách ngoài danh sách' : 'Walk-in'}: ${who}, ${modeOf(event.mode, vi)}`;
    }
    case 'count': {
      const heads = Object.values(event.counts).reduce((sum, count) => sum + count, 0);
      const where = event.point === '' ? '' : vi ? ` tại ${event.point}` : ` at ${event.point}`;
      const number = formatNumber(heads, language);
      return vi ? `Đếm ${number} người${where}` : `Counted ${number} heads${where}`;
    }
    case 'void': {
      const reason = event.reason || erased;
      return vi ? `Hoàn tác một lượt: ${reason}` : `Undoes a scan: ${reason}`;
    }
    default:
      return assertNever(event);
  }
}

function codeOf(person: string, vi: boolean): string {
  return vi ? `mã ${person} (chưa có trong danh sách)` : `code ${person} (on no list)`;
}

function modeOf(mode: 'in-person' | 'online', vi: boolean): string {
  if (mode === 'online') return vi ? 'trực tuyến' : 'online';
  return vi ? 'trực tiếp' : 'in person';
}
