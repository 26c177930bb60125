import { tidy } from '../text/normalize.ts';

/** A paper is about holding a conference ("Tổ chức Hội nghị …"); nobody calls the conference so. */
const HOLDING =
  /^(?:(?:kế hoạch|về việc|v\/v)\s+)*(?:tổ chức|mở|triệu tập|tiến hành)\s+(?=(?:các\s+|cuộc\s+|buổi\s+)?(?:hội nghị|hội thảo|tọa đàm|phiên họp|họp|kỳ họp|đại hội|diễn đàn|lễ|lớp)(?!\p{L}))/iu;
/** "Hà Nội, ngày 13 tháng 01 năm 2025", as the banner over the stage ends. */
const PLACE_AND_DATE =
  /^(?:\p{Lu}[^\n,]*,\s*)?ngày\s+\d{1,2}(?:\s+tháng\s+|\s*[/.-]\s*)\d{1,2}(?:\s+năm\s+|\s*[/.-]\s*)\d{4}$/iu;

/**
 * What people call the conference, out of the title of its plan: without the verb that the paper begins with, and without
 * a line of place and date. A title that is something else stays as it is.
 */
export function conferenceName(title: string): string {
  const lines = title.split('\n').map(tidy);
  const words = lines.filter((line, index) => index === 0 || !PLACE_AND_DATE.test(line)).join(' ');
  const name = words.replace(HOLDING, '');
  return name.charAt(0).toUpperCase() + name.slice(1);
}
