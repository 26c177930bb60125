/**
 * The words of deadlines as sources of regular expressions, for NFC text and the flags `iu`. Blanks may be line breaks and
 * the asterisks that mark bold text. Runs of blanks are bounded, so that no text makes a search slow.
 */
const GAP = String.raw`[\s*_]{1,12}`;
const MAYBE_GAP = String.raw`[\s*_]{0,12}`;
const NO_LETTER_BEFORE = String.raw`(?<![\p{L}\p{N}])`;
const NO_LETTER_AFTER = String.raw`(?![\p{L}\p{N}])`;

const TONE = /[\u0300\u0301\u0303\u0309\u0323]/;
const VOWEL = /[aăâeêioôơuưy]/;

/** A syllable with its tone on any of its vowels: "hoàn" and "hòan", "quý" and "qúy". */
function syllable(word: string): string {
  const parts = word.normalize('NFD');
  const tone = TONE.exec(parts)?.[0];
  if (tone === undefined) return word;
  const bare = Array.from(parts.replace(TONE, '').normalize('NFC'));
  const spellings = bare.flatMap((letter, at) =>
    VOWEL.test(letter)
      ? [[...bare.slice(0, at), letter + tone, ...bare.slice(at + 1)].join('').normalize('NFC')]
      : [],
  );
  return `(?:${spellings.join('|')})`;
}

/** Alternatives of plain words, `trước khi|sau khi`, as one group. */
export function words(alternatives: string): string {
  const each = alternatives.split('|').map((phrase) => phrase.split(' ').map(syllable).join(GAP));
  return `(?:${each.join('|')})`;
}

const WEEKDAY = `(?:${words('thứ')}${GAP}(?:${words('hai|ba|tư|năm|sáu|bảy|bẩy')}|[2-7])|${words('chủ nhật')})`;

/** `16 giờ 30 phút`, `16h30`, `lúc 16:30`, `4 giờ chiều`; before the date, or after it (`After`). */
function hour(where: '' | 'After'): string {
  return String.raw`(?:${words('lúc')}${GAP})?(?<hour${where}>\d{1,2})${MAYBE_GAP}(?:${words('giờ')}|h|g|:)(?:${MAYBE_GAP}(?<minute${where}>\d{1,2})(?!\d)(?:${MAYBE_GAP}(?:${words('phút')}|p(?!\p{L})|['’]))?)?(?:${GAP}(?<half${where}>${words('sáng|trưa|chiều|tối')}))?`;
}

const AND_YEAR = String.raw`(?:${MAYBE_GAP}[/,-]${MAYBE_GAP}|\.|${GAP}${words('năm')}${GAP}|${MAYBE_GAP},${MAYBE_GAP}${words('năm')}${GAP})`;

/** `10/01/2025`, `10.1.25`, `10/01`, `10/01 năm 2025`, `10 tháng 01 năm 2025`, `10 tháng 01`. */
const DAY = [
  String.raw`(?<day1>\d{1,2})\s?(?<sign>[/.-])\s?(?<month1>\d{1,2})\s?\k<sign>\s?(?<year1>\d{4}|\d{2})(?!\d)`,
  String.raw`(?<day2>\d{1,2})\s?[/-]\s?(?<month2>\d{1,2})(?!\d|[ \t]?[/.-][ \t]?\d)(?:${GAP}${words('năm')}${GAP}(?<year2>\d{4})(?!\d))?`,
  String.raw`(?<day3>\d{1,2})${GAP}${words('tháng')}${GAP}(?<month3>\d{1,2})(?!\d)(?:${AND_YEAR}(?<year3>\d{4}|\d{2})(?!\d))?`,
].join('|');

const MONTH = String.raw`${words('tháng')}${GAP}(?<month4>\d{1,2})(?!\d)(?:${AND_YEAR}(?<year4>\d{4})(?!\d)|/(?<year4short>\d{2})(?!\d))?`;

/** Roman or arabic; scanners write I as l or |. */
const QUARTER = String.raw`(?:${words('quý')}|${words('quí')})${GAP}(?<quarter>[IVXl|]{1,4}|\d{1,2})${NO_LETTER_AFTER}(?:(?:${AND_YEAR}|${GAP})(?<year5>\d{4})(?!\d))?`;

const YEAR = String.raw`${words('năm')}${GAP}(?<year6>\d{4})(?!\d|${MAYBE_GAP}[-–/]${MAYBE_GAP}\d)`;

/** A further date of a list: "và tháng 4", "và 15/01", "và II/2025". */
const SAME_LINE_GAP = String.raw`[ \t\u00A0]{0,3}`;
const FURTHER_PERIOD = String.raw`(?:${words('đầu|giữa|cuối')}${GAP})?${words('tháng|quý|quí')}${GAP}[\dIVX]|\d{1,2}\s?/\s?\d|[IVX]{1,3}\s?/\s?\d`;
const FURTHER_DATE = String.raw`${FURTHER_PERIOD}|${words('ngày')}${GAP}\d`;

/** Nothing may follow that makes it another date: a longer number, a list, a span, the lunar calendar. */
const NOTHING_MORE = [
  NO_LETTER_AFTER,
  String.raw`(?!${SAME_LINE_GAP}[/-]${SAME_LINE_GAP}\d)`,
  String.raw`(?!${MAYBE_GAP}\(?(?:${words('âm lịch')}|ÂL${NO_LETTER_AFTER}))`,
  `(?!${SAME_LINE_GAP}(?:[-–]${SAME_LINE_GAP}|${words('và|hoặc|hay|đến')}${GAP})(?:${FURTHER_DATE}))`,
  `(?!${SAME_LINE_GAP},${SAME_LINE_GAP}(?:${FURTHER_PERIOD}))`,
].join('');

/** A point or stretch of the calendar; `timeOf` reads its groups. */
const TIME = [
  String.raw`(?:${hour('')}(?:${MAYBE_GAP}[,(]?${MAYBE_GAP}))?(?:${WEEKDAY}${MAYBE_GAP}[,)]?${MAYBE_GAP})?(?:${words('ngày')}${MAYBE_GAP})?(?:${DAY})(?:${GAP}${hour('After')}${NO_LETTER_AFTER})?`,
  MONTH,
  QUARTER,
  YEAR,
].join('|');

/** What stands in front and belongs to the phrase: "hoàn thành trong ...", "ngay trong ...". */
const LEAD = `(?<lead>${words('hoàn thành xong|hoàn thành|xong|kết thúc')}${GAP})?(?:${words('ngay')}${GAP})?`;

/** "hạn", "hạn chót", "thời hạn hoàn thành": what a form prints before a date. */
const TERM = `(?:${words('thời gian hoàn thành')}|(?:${words('thời')}${GAP})?${words('hạn')})(?:${GAP}${words(
  'chót|cuối cùng|cuối|nộp|gửi|báo cáo|hoàn thành|trả lời|đăng ký|thực hiện',
)}){0,3}`;

const LAST_DAY = `(?:${words('chậm nhất|muộn nhất|không muộn hơn|không chậm hơn|không quá|cho đến hết|đến hết|hết')}|${TERM})(?:${MAYBE_GAP}[:,-])?(?:${GAP}${words('là|vào|đến hết|đến|hết|trong')}){0,3}`;

/** The word that says on which side of its time a deadline lies. */
const KEY = String.raw`(?<!${words('không')}\s)(?<before>${words('trước')})|(?<!${words('trước|tính')}\s)(?<by>${LAST_DAY})|(?<within>${words('trong')})`;

function pattern(source: string): RegExp {
  return new RegExp(NO_LETTER_BEFORE + source, 'giu');
}

/** "Trước ngày 10/01/2025", "hoàn thành trong Quý I/2025", "chậm nhất 17 giờ ngày 09/01". */
export const DATED = pattern(`${LEAD}(?:${KEY})${MAYBE_GAP}(?:[:-]${MAYBE_GAP})?(?:${TIME})${NOTHING_MORE}`);

const EVERY = words('hằng|hàng|mỗi');
const PERIOD = `(?:(?<month>${words('tháng')})|(?<quarter>${words('quý|quí')})|(?<year>${words('năm')}))${NO_LETTER_AFTER}`;
const SIDE = `(?:(?<before>${words('trước')})|(?<by>${LAST_DAY}))`;
const DAY_OF = String.raw`(?:${words('ngày')}${MAYBE_GAP})(?<day>\d{1,2})(?:(?:\s?[/-]\s?|${GAP}${words('tháng')}${GAP})(?<ofMonth>\d{1,2}))?(?!\d|[ \t]?[/.-][ \t]?\d)`;
/** "Trước ngày 25 hằng tháng", "trước ngày 15/12 hằng năm". */
export const DAY_OF_EVERY = pattern(
  `${SIDE}${GAP}${DAY_OF}${MAYBE_GAP},?${MAYBE_GAP}(?:${words('của')}${GAP})?${EVERY}${GAP}${PERIOD}`,
);

/** "Định kỳ hằng tháng, hằng quý": several periods at once, which one deadline cannot be. */
export const SEVERAL_PERIODS = pattern(
  `(?<regularly>${words('định kỳ|định kì')}${GAP})?${EVERY}${GAP}${words('tuần|tháng|quý|quí|năm')}(?:${MAYBE_GAP}(?:,|${words('và|hoặc|hay')})${MAYBE_GAP}(?:${EVERY}${GAP})?${words('tuần|tháng|quý|quí|năm')}${NO_LETTER_AFTER}(?!${GAP}\\d))+`,
);

/** "Định kỳ hằng quý báo cáo", "hằng tháng, trước ngày 25". */
export const EVERY_PERIOD = pattern(
  `(?<regularly>${words('định kỳ|định kì')}${GAP})?${EVERY}${GAP}${PERIOD}(?<report>${GAP}${words('báo cáo')})?(?:${MAYBE_GAP}[,(]?${MAYBE_GAP}${SIDE}${GAP}${DAY_OF}${NO_LETTER_AFTER}\\)?)?`,
);

/** Where "hằng quý" stands after the report that it is about. */
export const REPORT_BEFORE = new RegExp(`${words('báo cáo')}${GAP}$`, 'iu');

/** "Trong thời hạn 10 ngày làm việc kể từ ngày ký": a period (thời hạn), which starts on the day after the event. */
export const PERIOD_OF_DAYS = pattern(
  String.raw`${words('trong')}${GAP}(?:${words('vòng|thời hạn|thời gian')}${GAP})?(?<count>\d{1,3})${GAP}${words('ngày')}(?<working>${GAP}${words('làm việc')})?${MAYBE_GAP},?${MAYBE_GAP}(?:${words('kể từ|tính từ|từ')})${GAP}(?:(?<issue>${words('ngày ký ban hành|ngày ký|ngày ban hành')})${NO_LETTER_AFTER}|(?:${TIME})${NOTHING_MORE})`,
);

/** A reference to rules instead of a date; not "không theo quy định", nor "theo quy định của pháp luật". */
export const AS_PRESCRIBED = pattern(
  String.raw`(?<!${words('không')}[\s*_])${words('theo')}${GAP}${words('quy định|qui định')}${NO_LETTER_AFTER}(?!${GAP}(?:${words('của|tại|về|pháp luật|hiện hành|số|trên|này|đó|mới|chung')}|\d))`,
);

/** What somebody owes, in the same sentence before "theo quy định"; anything else there is a reference, no deadline. */
export const OWED_BEFORE = new RegExp(
  `${words('báo cáo|gửi|nộp|tổng hợp|phản hồi|trả lời')}[^.;]{0,200}$`,
  'iu',
);

const REST_OF_CLAUSE = String.raw`[^.,;:()\n]{0,60}(?:\n(?!\s*\n)[^.,;:()\n]{0,60})?`;
const NUMBER_WORD = words('một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|giêng|chạp');

/** Phrases that set a limit in time which no rule above understands: "trước Tết Nguyên đán", "trong 10 ngày". */
export const LIKE_A_DEADLINE: readonly RegExp[] = [
  [
    words('trước') + GAP,
    `(?:${words('ngày|tháng|quý|quí|năm|tuần|cuối|giữa|đầu|kỳ họp|phiên họp|tết|lễ|mùng|mồng|thời điểm|thời hạn|thứ|chủ nhật|giờ')}${NO_LETTER_AFTER}`,
    String.raw`|\d{1,3}${GAP}${words('giờ|ngày|tháng|tuần')}|\d{1,2}(?:h|:|[/.-]\d)`,
    // "Trước Hội nghị 02 ngày"
    String.raw`|${words('hội nghị|đại hội|cuộc họp|buổi họp|khai mạc')}[^.,;:()\n]{0,40}?\d{1,2}${GAP}${words('ngày|giờ|tuần')})`,
  ],
  [
    String.raw`(?<!${words('tính')}\s)${words('chậm nhất|muộn nhất|đến hết|không muộn hơn|không chậm hơn')}${GAP}`,
    String.raw`(?:${words('là|vào|đến|hết|trong|sau|trước|cuối|đầu|giữa|ngày|tháng|quý|quí|năm|tuần|thứ|chủ nhật')}${NO_LETTER_AFTER}|\d)`,
  ],
  [
    `${words('hạn chót|hạn cuối|hạn nộp|hạn gửi|hạn báo cáo|hạn hoàn thành')}${NO_LETTER_AFTER}`,
    String.raw`[:\s-]{0,4}`,
  ],
  [
    words('trong') + GAP,
    String.raw`(?:(?:${words('đầu|giữa|cuối|nửa đầu|nửa cuối')}${GAP})?${words('tháng|quý|quí')}${GAP}(?:\d|[IVX]{1,3}${NO_LETTER_AFTER}|(?:${words('này|tới|sau')}|${NUMBER_WORD})${NO_LETTER_AFTER})`,
    String.raw`|${words('năm nay|tuần này|tuần tới|năm tới')}|${words('năm')}${GAP}\d`,
    String.raw`|\d{1,2}${GAP}${words('tháng')}${GAP}${words('đầu|cuối')}${GAP}${words('năm')}`,
    String.raw`|${words('vòng|thời hạn|thời gian')}${GAP}\d{1,3}${GAP}${words('ngày|giờ|tuần|tháng')}`,
    String.raw`|\d{1,3}${GAP}${words('ngày')}${GAP}${words('làm việc|kể từ|tính từ')})`,
  ],
  [
    words('định kỳ|định kì') + GAP,
    `(?:${words('hằng|hàng|mỗi|theo')}${GAP}${words('ngày|tuần|tháng|quý|quí|năm')}`,
    String.raw`|\d{1,2}${GAP}${words('ngày|tuần|tháng|năm')})${NO_LETTER_AFTER}`,
  ],
].map((parts) => pattern(parts.join('') + REST_OF_CLAUSE));
