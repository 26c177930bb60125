import { assertNever } from '../result.ts';
import { formatDateTime } from '../text/dates.ts';
import type { Language } from '../text/language.ts';
import { formatNumber } from '../text/numbers.ts';
import { instantOf } from '../time.ts';
import type { Effect } from './effects.ts';
import { className } from './sentences.ts';

/** What a change of the plan touches, in one short sentence with what to do. */
export function effectSentence(effect: Effect, language: Language): string {
  const vi = language === 'vi';
  const count = (number: number): string => formatNumber(number, language);
  switch (effect.code) {
    case 'session-made':
      return vi
        ? 'Buổi họp được lập theo giờ của kế hoạch.'
        : 'The session is made at the hours of the plan.';
    case 'session-moves':
      return vi
        ? 'Buổi họp dời theo giờ mới, cùng chương trình.'
        : 'The session moves to the new hours, with its agenda.';
    case 'session-follows':
      return vi
        ? 'Tên, địa điểm và chương trình của buổi họp đổi theo.'
        : 'The session takes over title, venue and agenda.';
    case 'session-ran':
      return vi
        ? 'Chương trình đã chạy nên buổi họp giữ nguyên như đã diễn ra.'
        : 'The agenda has begun to run, so the session stays as it ran.';
    case 'class-gone':
      return vi
        ? `Cây điểm cầu còn ${count(effect.bridges)} điểm cầu «${className(effect.class, language)}»; cần bỏ hoặc lập lại cây.`
        : `The tree still has ${count(effect.bridges)} bridges of “${className(effect.class, language)}”; take them out or build it again.`;
    case 'class-new':
      return vi
        ? `Cây điểm cầu chưa có «${className(effect.class, language)}»; cần lập thêm.`
        : `The tree has no “${className(effect.class, language)}” yet; add them.`;
    case 'clause-gone':
      return vi
        ? `Mục ${effect.clause} không còn: ${count(effect.people)} người đang có chỗ theo mục này.`
        : `Clause ${effect.clause} goes: ${count(effect.people)} people have their seats by it.`;
    case 'clause-changed':
      return vi
        ? `Mục ${effect.clause} đổi: ${count(effect.people)} người đang có chỗ theo mục này.`
        : `Clause ${effect.clause} changes: ${count(effect.people)} people have their seats by it.`;
    case 'clause-new':
      return vi
        ? `Mục ${effect.clause} là mục mới, chưa ai có chỗ theo mục này.`
        : `Clause ${effect.clause} is new; nobody has a seat by it yet.`;
    case 'place-again':
      return vi
        ? 'Chỗ ngồi đã xếp giữ nguyên cho đến khi xếp lại.'
        : 'Seats stay as they are until people are placed again.';
    case 'deadline-moves':
      return deadlineSentence(effect, language);
    case 'already-issued':
      return vi
        ? 'Kế hoạch đã ban hành: các đơn vị thấy bản mới ngay. Hãy báo cho các đơn vị biết.'
        : 'The plan is issued: units see the new version at once. Let them know.';
    default:
      return assertNever(effect);
  }
}

function deadlineSentence(
  { before, after, reports }: Extract<Effect, { code: 'deadline-moves' }>,
  language: Language,
): string {
  const vi = language === 'vi';
  const moment = (iso: string | null): string | null => {
    const instant = iso === null ? null : instantOf(iso);
    return instant === null ? null : formatDateTime(instant, language);
  };
  const [was, is] = [moment(before), moment(after)];
  const sent = formatNumber(reports, language);
  if (is === null) {
    return vi
      ? `Báo cáo số lượng không còn hạn. Đã có ${sent} báo cáo được gửi.`
      : `Headcount reports have no deadline any more. ${sent} were sent.`;
  }
  if (was === null) {
    return vi ? `Báo cáo số lượng có hạn: trước ${is}.` : `Headcount reports are now due before ${is}.`;
  }
  return vi
    ? `Hạn báo cáo số lượng đổi từ trước ${was} sang trước ${is}. Đã có ${sent} báo cáo được gửi.`
    : `Headcount reports are due before ${is}, not ${was}. ${sent} were sent.`;
}
