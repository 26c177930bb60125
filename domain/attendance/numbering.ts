/*
 * Numbers for ids, 0, 1, 2, ... in the order in which they come. A book of a nation knows millions of ids, nearly all of
 * them UUIDs. As a text in a map each costs some 90 bytes; here it is four words and one place of a table that is half
 * empty, 24 to 32 bytes, and finding one takes reading its digits and two looks into memory.
 */

const DASH = 45;
const DIGITS = Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const VALUES = new Int8Array(128).fill(-1);
for (const [value, digit] of DIGITS.entries()) VALUES[digit] = value;

/**
 * So far an id is looked for beside where it belongs. At most half of the table is taken, where longer runs do not come
 * by chance; ids made to meet in one place go to the map, which nobody outside can aim at.
 */
const LONGEST_RUN = 128;
const FIRST_ROOM = 512;
/** Rows are only copied, so that they may grow in small steps; the table doubles. */
const GROWTH = 1.5;
/** Of 32 bits, in a UUID. */
const WORDS = 4;

export type Numbering<Id extends string> = ReturnType<typeof openNumbering<Id>>;

/**
 * @param room for so many ids there is room before anything has to be moved
 * @param columns so many numbers of the caller's stand beside each id: what is looked into to find it brings them along
 */
export function openNumbering<Id extends string>(room = 0, columns = 0) {
  const width = WORDS + columns;
  let size = 0;
  let rows = new Int32Array(width * Math.max(room, FIRST_ROOM));
  /** Numbers plus one; 0 where nothing is, as fresh memory has it. */
  let table = new Int32Array(tableSize(Math.max(room, FIRST_ROOM)));
  /** Ids that are no UUIDs in their usual form, and those for which the table had no place. */
  const others = new Map<Id, number>();
  /** Of those that are no UUIDs, the text. */
  const texts = new Map<number, Id>();
  /** The id that was read last. */
  const read = new Int32Array(WORDS);

  function seek(): number {
    const a = read[0]!;
    const b = read[1]!;
    const c = read[2]!;
    const d = read[3]!;
    const mask = table.length - 1;
    const first = hashOf(a, b, c, d);
    for (let step = 0; step < LONGEST_RUN; step++) {
      const found = table[(first + step) & mask]! - 1;
      if (found < 0) return -1;
      const at = found * width;
      if (rows[at + 3] === d && rows[at + 2] === c && rows[at + 1] === b && rows[at] === a) return found;
    }
    return -1;
  }

  function put(number: number): void {
    const at = number * width;
    const mask = table.length - 1;
    const first = hashOf(rows[at]!, rows[at + 1]!, rows[at + 2]!, rows[at + 3]!);
    for (let step = 0; step < LONGEST_RUN; step++) {
      const place = (first + step) & mask;
      if (table[place] !== 0) continue;
      table[place] = number + 1;
      return;
    }
    others.set(idOf(number), number);
  }

  function growRows(): void {
    const before = rows;
    rows = new Int32Array(width * Math.ceil(size * GROWTH));
    rows.set(before);
  }

  function growTable(): void {
    table = new Int32Array(table.length * 2);
    for (let number = 0; number < size; number++) if (!texts.has(number)) put(number);
  }

  function find(id: Id): number {
    const found = readUuid(id, read) ? seek() : -1;
    return found < 0 && others.size > 0 ? (others.get(id) ?? -1) : found;
  }

  function idOf(number: number): Id {
    return texts.get(number) ?? (uuidOf(rows, number * width) as Id);
  }

  function add(id: Id): number {
    const isUuid = readUuid(id, read);
    const found = isUuid ? seek() : -1;
    const known = found < 0 && others.size > 0 ? others.get(id) : undefined;
    if (found >= 0 || known !== undefined) return known ?? found;
    if (size * width === rows.length) growRows();
    if (size * 2 === table.length) growTable();
    const number = size++;
    if (isUuid) {
      const at = number * width;
      for (let word = 0; word < WORDS; word++) rows[at + word] = read[word]!;
      put(number);
    } else {
      others.set(id, number);
      texts.set(number, id);
    }
    return number;
  }

  return {
    /** How many ids have a number. */
    get size(): number {
      return size;
    },
    /** -1 for an id that has none. */
    find,
    /** The number of an id, the next one where it has none yet. */
    add,
    idOf,
    /** What stands beside an id; 0 until something is written there. */
    column: (number: number, column: number): number => rows[number * width + WORDS + column]!,
    setColumn(number: number, column: number, value: number): void {
      rows[number * width + WORDS + column] = value;
    },
    /** As the texts compare. */
    compare(a: number, b: number): number {
      if (a === b) return 0;
      if (texts.has(a) || texts.has(b)) return idOf(a) < idOf(b) ? -1 : 1;
      for (let word = 0; word < WORDS; word++) {
        const difference = (rows[a * width + word]! >>> 0) - (rows[b * width + word]! >>> 0);
        if (difference !== 0) return difference;
      }
      return 0;
    },
  };
}

/** At most half full, and a power of two. */
function tableSize(room: number): number {
  return 2 ** Math.ceil(Math.log2(room * 2));
}

/** All words matter: of ids that one machine made in one morning most digits are the same. */
export function hashOf(a: number, b: number, c: number, d: number): number {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15) ^ c, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 13) ^ d, 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 16), 0x165667b1);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** Reads a UUID in its usual form, lower case with four dashes, into four words. False for any other text. */
function readUuid(id: string, into: Int32Array): boolean {
  if (id.length !== 36) return false;
  if (id.charCodeAt(8) !== DASH || id.charCodeAt(13) !== DASH) return false;
  if (id.charCodeAt(18) !== DASH || id.charCodeAt(23) !== DASH) return false;
  const refused =
    readWord(id, 0, 4, into, 0) |
    readWord(id, 9, 14, into, 1) |
    readWord(id, 19, 24, into, 2) |
    readWord(id, 28, 32, into, 3);
  return refused >= 0;
}

/** A word out of four digits and four more. Negative where one of them is no digit. */
function readWord(id: string, at: number, then: number, into: Int32Array, word: number): number {
  const high = fourDigits(id, at);
  const low = fourDigits(id, then);
  into[word] = (high << 16) | low;
  return high | low;
}

/** Negative where one of them is no digit. */
function fourDigits(id: string, at: number): number {
  return (
    (valueAt(id, at) << 12) | (valueAt(id, at + 1) << 8) | (valueAt(id, at + 2) << 4) | valueAt(id, at + 3)
  );
}

function valueAt(id: string, at: number): number {
  const code = id.charCodeAt(at);
  return code < 128 ? VALUES[code]! : -1;
}

/** The places of a UUID's 32 digits among its 36 letters. */
const PLACES = Array.from({ length: 36 }, (_, at) => at).filter((at) => ![8, 13, 18, 23].includes(at));
const spelling = Array.from({ length: 36 }, () => DASH);

function uuidOf(words: Int32Array, at: number): string {
  for (let digit = 0; digit < 32; digit++) {
    spelling[PLACES[digit]!] = DIGITS[(words[at + (digit >> 3)]! >>> (28 - (digit & 7) * 4)) & 15]!;
  }
  // In one call, as a text put together piece by piece keeps its pieces.
  return String.fromCharCode(...spelling);
}
