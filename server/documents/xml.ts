/** What comes out of the markup of a workbook, in order. Names are without their prefix. */
export interface XmlHandlers {
  /** Says whether the text up to the next tag is wanted. `attributes` is as written, for `attribute`. */
  readonly open: (name: string, attributes: string) => boolean;
  /** Null where it is longer than `maxText` bytes. */
  readonly text: (text: string | null) => void;
  readonly close: (name: string) => void;
}

/** Thrown where markup is broken, or no markup that a workbook has. */
export class XmlDamage extends Error {}

/** No tag of a workbook is longer; what is, is there to keep a reader busy. */
const LONGEST_TAG = 65_536;
/** Workbooks have about ten levels. */
const DEEPEST = 100;
const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;

/**
 * Reads markup out of bytes as they come, in one pass and with bounded memory: tags of at most 64 kB, texts of at most
 * `maxText` bytes. No document type, no entities but the five and numbers: what workbooks have, and nothing that grows.
 * UTF-8 only.
 */
export function xmlReader(
  { open, text, close }: XmlHandlers,
  maxText: number,
): { readonly push: (bytes: Uint8Array) => void; readonly end: () => void } {
  let rest: Buffer = Buffer.alloc(0);
  let isWanted = false;
  let isTooLong = false;
  let isFirst = true;
  const path: string[] = [];

  const giveText = (raw: string | null): void => {
    if (isWanted) text(raw === null ? null : decodeEntities(raw));
    isTooLong = false;
  };

  /** Takes one tag, from `<` to `>`; answers where it ends, -1 where it is not all there yet. */
  const takeTag = (buffer: Buffer, at: number): number => {
    const next = buffer[at + 1];
    if (next === undefined) return -1;
    if (next === QUESTION) return endOf(buffer, '?>', at);
    if (next === BANG) {
      if (buffer.length < at + 9) return -1;
      if (buffer.toString('latin1', at, at + 4) === '<!--') return endOf(buffer, '-->', at + 4);
      if (buffer.toString('latin1', at, at + 9) !== '<![CDATA[') throw new XmlDamage('document type');
      const end = endOf(buffer, ']]>', at + 9);
      if (end !== -1 && isWanted) text(buffer.toString('utf8', at + 9, end - 3));
      return end;
    }
    let end = at + 1;
    let quote = 0;
    for (; end < buffer.length; end++) {
      const byte = buffer[end];
      if (quote !== 0) {
        if (byte === quote) quote = 0;
      } else if (byte === GT) break;
      else if (byte === QUOTE || byte === APOSTROPHE) quote = byte;
    }
    if (end >= buffer.length) return -1;
    if (next === SLASH) {
      // What is closed is what was opened last; no program writes it otherwise.
      const name = path.pop();
      if (name === undefined) throw new XmlDamage('closed twice');
      isWanted = false;
      close(name);
      return end + 1;
    }
    const isEmpty = buffer[end - 1] === SLASH;
    const inside = buffer.toString('utf8', at + 1, isEmpty ? end - 1 : end);
    const blank = inside.search(/\s/);
    const name = localName(blank === -1 ? inside : inside.slice(0, blank));
    isWanted = open(name, blank === -1 ? '' : inside.slice(blank));
    if (isEmpty) {
      isWanted = false;
      close(name);
    } else if (path.push(name) > DEEPEST) {
      throw new XmlDamage('too deep');
    }
    return end + 1;
  };

  return {
    push(bytes) {
      let buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      if (rest.length > 0) buffer = Buffer.concat([rest, buffer]);
      let at = 0;
      if (isFirst && buffer.length >= 3) {
        isFirst = false;
        if (buffer.toString('latin1', 0, 3) === '\xef\xbb\xbf') at = 3;
        // UTF-16, which the standard allows and no program writes.
        else if (buffer[0] === 0xff || buffer[0] === 0xfe || buffer[1] === 0)
          throw new XmlDamage('not UTF-8');
      }
      while (at < buffer.length) {
        const tag = buffer[at] === LT ? at : buffer.indexOf(LT, at);
        if (tag === -1) {
          // A text that goes on in the next piece; one that is not wanted, or too long, need not be kept.
          if (!isWanted || isTooLong) at = buffer.length;
          else if (buffer.length - at > maxText) {
            isTooLong = true;
            at = buffer.length;
          }
          break;
        }
        if (tag > at || isTooLong) {
          giveText(isTooLong || tag - at > maxText ? null : isWanted ? buffer.toString('utf8', at, tag) : '');
          at = tag;
        }
        const end = takeTag(buffer, at);
        if (end === -1) {
          if (buffer.length - at > LONGEST_TAG) throw new XmlDamage('endless tag');
          break;
        }
        at = end;
      }
      // A copy: what is left over must not keep the whole piece alive.
      rest = at < buffer.length ? Buffer.from(buffer.subarray(at)) : Buffer.alloc(0);
    },
    end() {
      if (rest.toString('utf8').trim() !== '' || path.length > 0) throw new XmlDamage('cut off');
    },
  };
}

function endOf(buffer: Buffer, mark: string, from: number): number {
  const found = buffer.indexOf(mark, from, 'latin1');
  return found === -1 ? -1 : found + mark.length;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,4}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** The value of an attribute; null where the tag has none of that name. A prefix is part of the name. */
export function attribute(attributes: string, name: string): string | null {
  // As every program writes it.
  const start = attributes.indexOf(` ${name}="`) + name.length + 3;
  if (start > name.length + 2) {
    const end = attributes.indexOf('"', start);
    if (end !== -1) return decodeEntities(attributes.slice(start, end));
  }
  if (!attributes.includes(name)) return null;
  for (let at = attributes.indexOf(name); at !== -1; at = attributes.indexOf(name, at + 1)) {
    const before = attributes.charCodeAt(at - 1);
    if (at > 0 && before !== 32 && before !== 9 && before !== 10 && before !== 13) continue;
    const rest = /^\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(attributes.slice(at + name.length));
    if (rest !== null) return decodeEntities(rest[1] ?? rest[2] ?? '');
  }
  return null;
}
