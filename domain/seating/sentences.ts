import { assertNever } from '../result.ts';
import type { Language } from '../text/language.ts';
import { shorten } from '../text/normalize.ts';
import { formatNumber } from '../text/numbers.ts';
import { rowPlace } from '../text/rows.ts';
import type { Fault } from '../wire/problem.ts';
import type { SeatDeed } from './change.ts';
import type { SeatFault } from './import.ts';

/** What was done, in the list of what can be taken back. */
export function saySeatDeed(deed: SeatDeed, people: number, language: Language): string {
  const n = formatNumber(people, language);
  const vi = language === 'vi';
  switch (deed) {
    case 'numbered':
      return vi ? `Đã đánh số ghế của ${n} người.` : `The seat numbers of ${n} people were given.`;
    case 'cleared':
      return vi ? `Đã bỏ số ghế của ${n} người.` : `The seat numbers of ${n} people were taken away.`;
    case 'imported':
      return vi ? `Đã nhập số ghế của ${n} người từ tệp.` : `The seat numbers of ${n} people were imported.`;
    default:
      return assertNever(deed);
  }
}

/** Letters of what somebody typed, in a sentence about it. */
const SHOWN = 40;

/** Where a file of seat numbers is wrong, and how. */
export function saySeatFault(fault: SeatFault, language: Language): Fault {
  const vi = language === 'vi';
  if (fault.kind === 'no column') {
    const column = fault.field === 'person' ? (vi ? 'Mã người' : 'Person') : vi ? 'Số ghế' : 'Seat number';
    return {
      at: vi ? 'dòng tiêu đề' : 'header',
      message: vi
        ? `Tệp không có cột "${column}". Hãy xuất danh sách từ trang này, điền số ghế rồi gửi lại.`
        : `The file has no column "${column}". Export the list from this page, fill it in and send it again.`,
    };
  }
  return { at: rowPlace(fault.row, fault.column, language), message: sayRow(fault, vi) };
}

function sayRow(fault: Exclude<SeatFault, { kind: 'no column' }>, vi: boolean): string {
  switch (fault.kind) {
    case 'no person':
      return vi ? 'Có số ghế mà không có mã người.' : 'A seat number without the code of a person.';
    case 'not expected': {
      const code = shorten(fault.code, SHOWN);
      return vi
        ? `Không có ai mang mã ${code} được xếp ở điểm cầu này.`
        : `Nobody with the code ${code} is expected at this bridge.`;
    }
    case 'other name':
      return vi
        ? `Mã này là của ${fault.name}. Có thể các dòng đã bị lệch.`
        : `This code is that of ${fault.name}. The rows may have been shifted.`;
    case 'person twice':
      return vi
        ? `Người này đã có ở dòng ${fault.earlier}.`
        : `This person is in row ${fault.earlier} already.`;
    case 'not a number': {
      const text = shorten(fault.text, SHOWN);
      return vi
        ? `"${text}" không phải là số ghế. Số ghế gồm chữ và số, như B12 hoặc 1-12.`
        : `"${text}" is no seat number. One has letters and figures, like B12 or 1-12.`;
    }
    case 'number twice':
      return vi
        ? `Ghế ${fault.number} đã cho người ở dòng ${fault.earlier}.`
        : `Seat ${fault.number} was given to the person in row ${fault.earlier}.`;
    case 'taken':
      return vi
        ? `Ghế ${fault.number} là của ${fault.holder}, người không có trong tệp.`
        : `Seat ${fault.number} is that of ${fault.holder}, who is not in the file.`;
    default:
      return assertNever(fault);
  }
}
