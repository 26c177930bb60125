import { fits, shorten, tidy } from '../text/normalize.ts';

/** A paper of more bytes is no reading for a phone at a village hall. */
export const LARGEST_PAPER = 20 * 1024 * 1024;
/** So many papers of one conference, and so many bytes together. */
export const MOST_PAPERS = 60;
export const LARGEST_TOGETHER = 300 * 1024 * 1024;
/** Letters of a name, its ending among them: what a file may be called on every system. */
const LONGEST_NAME = 80;

/** What no system has in the name of a file, and what turns the direction of reading around. */
const NOT_IN_NAMES = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"/\\|?*]+/gu;

/** The name of a paper out of that of its file: as people read it, and as their machine can keep it. */
export function paperName(fileName: string): string {
  const clean = tidy(fileName.toWellFormed().replace(NOT_IN_NAMES, ' ')).replace(/^\.+/, '');
  const ending = /\.\w{1,5}$/.exec(clean)?.[0] ?? '';
  const stem = clean.slice(0, clean.length - ending.length).trim();
  const room = LONGEST_NAME - ending.length;
  return (fits(stem, room) ? stem : shorten(stem, room)) + ending.toLowerCase();
}

/** Papers as they are read: "2. Báo cáo" before "10. Dự thảo". */
export function inReadingOrder<Paper extends { readonly name: string }>(papers: readonly Paper[]): Paper[] {
  const order = new Intl.Collator('vi', { numeric: true });
  return papers.toSorted((one, other) => order.compare(one.name, other.name));
}
