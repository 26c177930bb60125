import { empty } from './draft.ts';
import type { DraftRecipient } from './draft.ts';
import { cells } from './heading.ts';
import { derived, inCapitals, keyOf, leaf, matched, slice, trim, trimEnd } from './passage.ts';
import type { Passage } from './passage.ts';
import { entries } from './phrases.ts';
import type { Item } from './sections.ts';

export interface Recipients {
  readonly recipients: readonly DraftRecipient[];
  readonly marks: readonly Passage[];
}

interface Line {
  readonly name: Passage;
  readonly purpose: Passage | null;
  /** The line carries a part of a brace, which a scanner leaves as "}". */
  readonly braced: boolean;
}

const PURPOSE =
  /\(\s*(?<purpose>(?:để|b\/c|báo cáo|t\/h|thực hiện|phối hợp|theo dõi|biết|chỉ đạo)[^()]{0,80})\)?|(?<=[\s,;])(?<bare>để\s+(?:b\/c|báo cáo|t\/h|thực hiện|phối hợp|theo dõi|biết|chỉ đạo|tổng hợp|đăng tải|phục vụ)[^,;.()]{0,60})/diu;
const SIGNER =
  /^(?:(?:pho )?(?:chu tich|giam doc|bi thu|truong|chanh|chi huy|tu lenh|cuc truong|vien truong|tong|bo truong|thu truong|hieu truong|ban thuong vu)\b|tm\b|kt\b|tl\b|q\b)/;
const SIGNED = /\s(?:T\/M|TM\.|K\/T|KT\.|T\/L|TL\.|TUQ\.)\s/u;

function readLine(passage: Passage): Line | null {
  const signed = SIGNED.exec(passage.text)?.index;
  const line = cells(signed === undefined ? passage : slice(passage, 0, signed))[0];
  // What stands in capitals in the column beside belongs to the signature.
  if (line === undefined || (inCapitals(line.text) && SIGNER.test(keyOf(line.text)))) return null;
  const braced = /[{}]/.test(line.text);
  const found = PURPOSE.exec(line.text);
  const purpose = found === null ? null : (matched(line, found, 'purpose') ?? matched(line, found, 'bare'));
  const named = found === null ? line : trim(slice(line, 0, found.index));
  const brace = named.text.search(/[{}]/);
  const name = trimEnd(trim(brace < 0 ? named : slice(named, 0, brace)));
  return /\p{L}{2}/u.test(name.text) || purpose !== null
    ? { name, purpose: purpose === null ? null : trimEnd(purpose), braced }
    : null;
}

/** Reads "Nơi nhận". A purpose beside a brace goes for each line that the brace spans. */
export function readRecipients(items: readonly Item[]): Recipients {
  const lines: Line[] = [];
  const marks: Passage[] = [];
  for (const item of items) {
    if (item.zone !== 'recipients') continue;
    const heading = /^nơi\s+nhận\s*[:.]?\s*/iu.exec(item.body.text)?.[0].length ?? 0;
    if (heading > 0) marks.push(slice(item.body, 0, heading));
    const rest = trim(slice(item.body, heading));
    if (rest.text.length === 0) continue;
    // A whole list on one line: "Nơi nhận: - Như trên; - Lưu: VT."
    const parts = /;\s*[-–+]\s/.test(rest.text) ? splitList(rest) : heading > 0 ? entries(rest) : [rest];
    for (const part of parts) {
      const line = readLine(part);
      if (line !== null) lines.push(line);
    }
  }
  const recipients = lines.map((line, at): DraftRecipient => {
    const own = line.purpose ?? (line.braced ? braceOf(lines, at) : null);
    return {
      name: leaf(line.name, 0.95),
      purpose:
        own === null ? empty() : line.purpose === null ? derived(own.text, [own], 0.8) : leaf(own, 0.95),
    };
  });
  return { recipients: recipients.filter((recipient) => recipient.name.value !== ''), marks };
}

/** Lines that one brace spans at most. */
const WIDEST_BRACE = 12;

/** The purpose on a neighbouring line of the same brace. */
function braceOf(lines: readonly Line[], at: number): Passage | null {
  for (const step of [-1, 1]) {
    for (
      let near = at + step;
      lines[near]?.braced === true && Math.abs(near - at) <= WIDEST_BRACE;
      near += step
    ) {
      const { purpose } = lines[near] as Line;
      if (purpose !== null) return purpose;
    }
  }
  return null;
}

function splitList(list: Passage): Passage[] {
  const cuts = [...list.text.matchAll(/;\s*(?=[-–+]\s)/g)].map((found) => found.index + 1);
  return [0, ...cuts].map((from, index) => trim(slice(list, from, cuts[index]), '-–+;'));
}
