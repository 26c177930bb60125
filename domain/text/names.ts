import { compareVi, sortKey } from './collate.ts';
import { nfc, tidy } from './normalize.ts';

/** What a list of people is sorted by. */
export interface Named {
  /** As typed, without "đồng chí". */
  readonly name: string;
  /** The given name that lists sort by (tên); by default the last word of `name`. */
  readonly sortGiven?: string;
  /** Order of precedence in official lists; smaller comes first, null last. */
  readonly precedence?: number | null;
}

/** The given name (tên), by which a Vietnamese is addressed and sorted: the last word. */
export function givenName(name: string): string {
  const words = tidy(name);
  return words.slice(words.lastIndexOf(' ') + 1);
}

/** Kept small: only to tell "Ông Nguyễn Văn An" from the family Ông ("Ông Ích Khiêm"). */
const COMMON_FAMILIES = new Set(
  (
    'nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đoàn lâm trịnh mai đào cao hà lương ' +
    'tạ tô trương vương phùng quách chu châu thái lưu tống kiều nông triệu lò vi hứa giàng vàng thào sùng'
  ).split(' '),
);

/** Whether a word is one of the family names that most Vietnamese have. */
export function isCommonFamily(word: string): boolean {
  return COMMON_FAMILIES.has(word.toLowerCase());
}

const COMRADE = /^(?:các\s+)?(?:đồng chí|đ\s?[/.]\s?c)(?:\s*[.:]\s*|\s+)(?=\p{L})/iu;
const MR_OR_MRS = /^(?:ông\s?[(/]\s?bà\)?|ông|bà)(?:\s*[.:]\s*|\s+)(?=\p{L})/iu;

/**
 * The name without the form of address: "đồng chí Trần Văn An", "đ/c Trần Văn An", "ông Trần Văn An" become "Trần Văn An".
 * Titles and posts stay, as do "nguyên" and "cố", which say something about the person.
 */
export function stripHonorific(name: string): string {
  const text = tidy(name);
  const bare = text.replace(COMRADE, '');
  const address = MR_OR_MRS.exec(bare)?.[0];
  if (address === undefined) return bare;
  const rest = bare.slice(address.length);
  const [family = '', ...others] = rest.toLowerCase().split(' ');
  // "Ông" with a capital may itself be the family name.
  if (address.trimEnd() === 'Ông' && !(others.length > 0 && COMMON_FAMILIES.has(family))) return bare;
  return others.length > 0 ? rest : bare;
}

/** Between the parts of a person's key. Not U+0000, which PostgreSQL refuses in text. */
const PART = '\x01';

/**
 * Key by which people sort within one precedence, as plain code units: given name, then middle names, then family name,
 * each in Vietnamese order. Store it where a database sorts. Case and tone placement do not count.
 */
export function personSortKey(person: Named): string {
  const name = tidy(person.name);
  const words = name.split(' ');
  const given = tidy(person.sortGiven ?? '') || (words.at(-1) ?? '');
  const givenWords = given.split(' ');
  // A given name of several words, or one that stands in front ("H'Hen Niê"), is taken out of the name where it stands.
  const rest = [...words];
  const start = lastIndexOfRun(words, givenWords);
  if (start === -1) rest.pop();
  else rest.splice(start, givenWords.length);
  const [family = '', ...middle] = rest;
  return sortKey(given) + PART + sortKey(middle.join(' ')) + PART + sortKey(family);
}

function lastIndexOfRun(words: readonly string[], run: readonly string[]): number {
  for (let start = words.length - run.length; start >= 0; start--) {
    if (run.every((word, at) => words[start + at] === word)) return start;
  }
  return -1;
}

interface Remembered {
  readonly name: string;
  readonly sortGiven: string | undefined;
  readonly key: string;
}

/** Keys of the people compared so far: a sort asks for each some twenty times. Forgotten with the person. */
const remembered = new WeakMap<Named, Remembered>();

function keyOf(person: Named): string {
  const known = remembered.get(person);
  if (known !== undefined && known.name === person.name && known.sortGiven === person.sortGiven)
    return known.key;
  const key = personSortKey(person);
  remembered.set(person, { name: person.name, sortGiven: person.sortGiven, key });
  return key;
}

/**
 * Order of people in an official list: precedence first, those without one last; then by given name, middle names and
 * family name in Vietnamese order. People whose names are spelled alike are left in the order they came in.
 */
export function comparePeople(a: Named, b: Named): number {
  const rankA = a.precedence ?? Infinity;
  const rankB = b.precedence ?? Infinity;
  if (rankA !== rankB) return rankA - rankB;
  const keyA = keyOf(a);
  const keyB = keyOf(b);
  if (keyA !== keyB) return keyA < keyB ? -1 : 1;
  return nfc(a.name) === nfc(b.name) ? 0 : compareVi(a.name, b.name);
}

export { compareVi };
