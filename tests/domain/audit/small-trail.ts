import {
  firstAuditLink,
  linkedForm,
  newAuditForm,
  type AuditEntry,
  type Deed,
  type Words,
} from '../../../domain/audit/entry.ts';
import { sealedText, writeAuditLine } from '../../../domain/audit/export.ts';
import { nextLink, type Link } from '../../../domain/ledger/chain.ts';
import {
  fingerprintOf,
  NOTHING_BEFORE,
  statementOf,
  type SignedCheckpoint,
} from '../../../domain/ledger/checkpoint.ts';
import type { AccountId } from '../../../domain/ids.ts';
import { Instant } from '../../../domain/time.ts';
import { sha256, type Key } from '../ledger/small-ledger.ts';

const START = 1_736_729_000_000;
let salts = 0;
const newSalt = (): string => sha256(`salt ${++salts}`).slice(0, 22);

export function aDeed(id: string, more: Partial<Deed> = {}): Deed {
  const by = 'a1' as AccountId;
  return { step: 'look', id, act: 'people', by, on: [['conference', 'c1']], of: null, reason: null, ...more };
}

/** A trail in memory that does what the server's does. */
export interface SmallTrail {
  readonly entries: readonly AuditEntry[];
  append(deed: Deed, words?: Words): void;
  sign(): void;
  fingerprint(number: number): string;
  /** An export as text. Entries that `shows` leaves out stand by their digest; `after` is a head that a checkpoint names. */
  export(how?: { readonly shows?: (entry: AuditEntry) => boolean; readonly after?: number }): string[];
}

export function smallTrail(key: Key): SmallTrail {
  const first = firstAuditLink(sha256);
  const entries: AuditEntry[] = [];
  const checkpoints: SignedCheckpoint[] = [];
  let link: Link = first;
  const headAt = (place: number): Link => (place === 0 ? first : (entries[place - 1] as Link));
  return {
    entries,
    append(deed, words = { who: 'Trần Thử', address: '10.0.0.1' }) {
      const { form, texts } = newAuditForm(deed, words, newSalt, sha256);
      const at = Instant.parse(START + entries.length * 1000);
      link = nextLink(link, at, linkedForm(form, sha256), sha256);
      entries.push({ ...link, at, form, texts });
    },
    sign() {
      const before = checkpoints.at(-1)?.statement;
      const statement = statementOf({
        number: checkpoints.length + 1,
        at: Instant.parse(START + entries.length * 1000),
        seq: 0,
        events: 0,
        chains: 0,
        root: sha256('nothing'),
        audit: link,
        before: before === undefined ? NOTHING_BEFORE : sha256(before),
      });
      checkpoints.push({ statement, signature: key.sign(statement) });
    },
    fingerprint: (number) => fingerprintOf(checkpoints[number - 1]?.statement ?? '', sha256),
    export({ shows = () => true, after = 0 } = {}) {
      const { place, hash } = headAt(after);
      const header = {
        at: Instant.parse(START),
        key: key.options.key,
        start: { place, hash },
        asked: '{}',
      };
      const sealed = [
        writeAuditLine({ kind: 'header', header }),
        ...checkpoints.map((checkpoint) => writeAuditLine({ kind: 'checkpoint', checkpoint })),
      ];
      const part = entries.slice(after);
      const lines = part.map((entry) => {
        if (shows(entry)) return writeAuditLine({ kind: 'entry', entry });
        const digest = linkedForm(entry.form, sha256);
        return writeAuditLine({ kind: 'hidden', entry: { ...entry, digest } });
      });
      const shown = part.filter(shows).length;
      const hidden = part.length - shown;
      const signature = key.sign(sealedText(sealed, shown, hidden, sha256));
      return [...sealed, ...lines, writeAuditLine({ kind: 'end', shown, hidden, signature })];
    },
  };
}
