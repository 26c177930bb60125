import { assertNever } from '../result.ts';
import { formatDateTime } from '../text/dates.ts';
import type { Language } from '../text/language.ts';
import { formatNumber } from '../text/numbers.ts';
import type { SigningNotice } from './chair-summary.ts';

/** What the chair must know before signing, in a sentence. */
export function noticeSentence(notice: SigningNotice, language: Language): string {
  const vi = language === 'vi';
  switch (notice.kind) {
    case 'not closed':
      if (notice.state === 'unopened')
        return vi
          ? 'Điểm cầu chưa mở. Bản tổng hợp này chưa có số liệu.'
          : 'The bridge has not opened. This summary has no figures yet.';
      return vi
        ? 'Điểm cầu chưa đóng. Số liệu còn thay đổi; người chưa điểm danh chưa tính là vắng.'
        : 'The bridge has not closed. Figures may change, and nobody unmarked counts as absent yet.';
    case 'machine waits': {
      const { name, waiting, since } = notice.machine;
      const n = formatNumber(waiting, language);
      const from = since === null ? '' : formatDateTime(since, language);
      return vi
        ? `${name} còn ${n} lượt chưa gửi${from === '' ? '' : `, lượt cũ nhất lúc ${from}`}. Khi gửi lên, báo cáo sẽ có bản mới.`
        : `${n} entries wait on ${name}${from === '' ? '' : `, the oldest of ${from}`}. Once sent, the report gets a new version.`;
    }
    case 'to resolve': {
      const n = formatNumber(notice.count, language);
      return vi
        ? `Còn ${n} mã chưa xác định được là ai, chưa tính vào số có mặt.`
        : `${n} codes are still to be identified, and are not counted as present.`;
    }
    case 'no version':
      return vi ? 'Báo cáo điểm danh chưa được chốt bản nào.' : 'No version of the report was frozen yet.';
    case 'events after version':
      return vi
        ? `Sau bản ${notice.version} của báo cáo, sổ còn nhận thêm lượt ghi của điểm cầu này.`
        : `After version ${notice.version} of the report more was recorded of this bridge.`;
    case 'no closing checkpoint':
      return vi
        ? 'Chưa có mốc đóng sổ được ký cho điểm cầu này. Hãy chờ ít giây rồi tải lại trước khi ký.'
        : 'No signed closing checkpoint covers this bridge yet. Wait some seconds and load again before signing.';
    case 'no chair':
      return vi
        ? 'Chưa phân công người chủ trì trong hệ thống; ghi tên khi ký.'
        : 'No chair is assigned in the system; write the name when signing.';
    default:
      return assertNever(notice);
  }
}
