import type { Instant } from '../time.ts';
import { assertNever } from '../result.ts';
import { momentOf } from '../ledger/verdict-sentences.ts';
import type { Language, Sentence } from '../text/language.ts';
import type { ProblemCode } from '../wire/problem.ts';
import { ACTS } from './acts.ts';
import type { Doer } from './entry.ts';

/** What a sentence of an entry is made of. */
export interface Said {
  readonly act: string;
  readonly outcome: 'done' | 'refused' | 'open';
  readonly reason: string | null;
  readonly by: Doer;
  /** Name of the account, or of whoever works at the machine; null where it was erased. */
  readonly who: string | null;
  /** With which name somebody tried to sign in. */
  readonly username: string | null;
  readonly address: string | null;
  readonly at: Instant;
  /** What it was on, in the order in which it is said. */
  readonly on: readonly { readonly kind: string; readonly id: string; readonly name: string | null }[];
}

/** Who did something, by name where there is one. */
export function doerName(
  { by, who, username }: Pick<Said, 'by' | 'who' | 'username'>,
  language: Language,
): string {
  const vi = language === 'vi';
  switch (by) {
    case 'operator': {
      const own = vi ? 'Người vận hành máy chủ' : 'Whoever works at the server';
      return who === null ? own : `${own} (${who})`;
    }
    case 'program':
      return vi ? 'Chương trình' : 'The program';
    case 'nobody': {
      if (username === null) return vi ? 'Một người chưa đăng nhập' : 'Somebody not signed in';
      return vi ? `Một người xưng tên “${username}”` : `Somebody under the name “${username}”`;
    }
    default:
      return who ?? (vi ? `Tài khoản ${by}` : `Account ${by}`);
  }
}

/** Kinds of things as they stand before a name, in the order in which they are said. */
const THINGS: Readonly<Record<string, { readonly vi: string; readonly en: string }>> = {
  person: { vi: 'người', en: 'person' },
  account: { vi: 'tài khoản', en: 'account' },
  device: { vi: 'máy', en: 'machine' },
  import: { vi: 'lần nhập', en: 'import' },
  version: { vi: 'bản', en: 'version' },
  event: { vi: 'lượt', en: 'event' },
  bridge: { vi: 'điểm cầu', en: 'bridge' },
  session: { vi: 'buổi', en: 'session' },
  reminder: { vi: 'lần đôn đốc', en: 'reminder' },
  letter: { vi: 'thư', en: 'letter' },
  draft: { vi: 'kế hoạch đang soạn', en: 'plan in preparation' },
  conference: { vi: 'hội nghị', en: 'conference' },
};
const ORDER = Object.keys(THINGS);

/** Things in the order in which a sentence says them. */
export function inOrder<Thing extends { readonly kind: string }>(things: readonly Thing[]): Thing[] {
  return things.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

/** `điểm cầu Huyện Đại Từ`; an id where the thing has no name. */
export function thingWords({ kind, id, name }: Said['on'][number], language: Language): string {
  return `${THINGS[kind]?.[language] ?? kind} ${name ?? id}`;
}

/** Of many things of one kind the first are named. */
const MOST_NAMED = 3;

/** How things of a kind follow the act: where they are, or after a comma. */
const BEFORE: Readonly<Record<string, { readonly vi: string; readonly en: string }>> = {
  bridge: { vi: ' ở ', en: ' at ' },
};

/** ` ở điểm cầu Huyện Đại Từ, buổi sáng`; an act that ends with what it is on is followed by the name alone. */
function onWords(verb: string, on: Said['on'], language: Language): string {
  const kinds = Map.groupBy(inOrder(on), ({ kind }) => kind);
  return [...kinds]
    .map(([kind, things], index) => {
      const word = THINGS[kind]?.[language] ?? kind;
      const isSaid = index === 0 && things.length === 1 && verb.endsWith(` ${word}`);
      if (isSaid) return ` ${things[0]?.name ?? things[0]?.id ?? ''}`;
      const more = things.length - MOST_NAMED;
      const named = things.slice(0, MOST_NAMED).map((thing) => thingWords(thing, language));
      const rest = language === 'vi' ? ` và ${more} mục khác` : ` and ${more} more`;
      return `${BEFORE[kind]?.[language] ?? ', '}${named.join(', ')}${more > 0 ? rest : ''}`;
    })
    .join('');
}

/** `Nguyễn Thị Thử xem danh sách người ở điểm cầu Huyện Đại Từ lúc 07:41 13/01/2025, từ máy 10.1.2.3.` */
export function saySentence(said: Said, language: Language): string {
  const { act, outcome, reason, address, at, on } = said;
  const vi = language === 'vi';
  const who = doerName(said, language);
  const when = vi ? ` lúc ${momentOf(at)}` : ` at ${momentOf(at)}`;
  const from = address === null ? '' : vi ? `, từ máy ${address}` : `, from ${address}`;
  const { vi: does, en } = actWords(act);
  const [did, toDo] = en;
  const verb = vi ? does : outcome === 'done' ? did : toDo;
  const deed = `${verb}${onWords(verb, on, language)}${when}${from}.`;
  switch (outcome) {
    case 'done':
      return `${who} ${deed}`;
    case 'refused':
      return vi
        ? `${who} định ${deed} Bị từ chối: ${reasonWords(reason, language)}.`
        : `${who} tried to ${deed} Refused: ${reasonWords(reason, language)}.`;
    case 'open':
      return vi
        ? `${who} bắt đầu ${deed} Không rõ kết quả: máy chủ dừng giữa chừng.`
        : `${who} began to ${deed} How it ended is not known: the server stopped in between.`;
    default:
      return assertNever(outcome);
  }
}

/** What an act is called: `xem danh sách người`; in English as it was done, and as it was tried. */
export function actWords(act: string): { readonly vi: string; readonly en: readonly [string, string] } {
  const known = ACTS[act];
  if (known !== undefined) {
    const { vi, en } = known;
    const [past, infinitive, rest] = en;
    return { vi, en: [`${past} ${rest}`, `${infinitive} ${rest}`] };
  }
  const command = act.startsWith('cli ') ? act.slice(4) : act;
  return {
    vi: `chạy lệnh “${command}”`,
    en: [`ran the command “${command}”`, `run the command “${command}”`],
  };
}

/** Why something was refused, by the code of the refusal. */
export const REASONS: Readonly<Partial<Record<ProblemCode, Sentence>>> = {
  malformed: { vi: 'dữ liệu gửi lên chưa đúng', en: 'what was sent is not right' },
  'unreadable-file': { vi: 'không đọc được tệp', en: 'the file cannot be read' },
  'not-signed-in': { vi: 'chưa đăng nhập', en: 'not signed in' },
  'wrong-credentials': { vi: 'sai tên hoặc mật khẩu', en: 'wrong name or password' },
  forbidden: { vi: 'không có quyền', en: 'not allowed' },
  'not-proven': { vi: 'cần xác nhận lại chính mình', en: 'to be confirmed once more' },
  'device-revoked': { vi: 'máy đã bị thu hồi', en: 'the machine was revoked' },
  'device-unpaired': { vi: 'máy chưa ghép với điểm cầu', en: 'the machine is not paired with the bridge' },
  'device-unproven': { vi: 'chưa rõ máy nào gửi', en: 'it is not certain which machine asked' },
  'not-found': { vi: 'không có, hoặc không được thấy', en: 'not there, or not to be seen' },
  conflict: { vi: 'trùng với dữ liệu đã có', en: 'in conflict with what is there' },
  'out-of-date': { vi: 'dữ liệu đã thay đổi', en: 'changed meanwhile' },
  'wrong-state': { vi: 'chưa làm được lúc ấy', en: 'not possible at that stage' },
  'link-used': { vi: 'đường dẫn không còn dùng được', en: 'the link can no longer be used' },
  'too-large': { vi: 'quá lớn', en: 'too large' },
  'has-errors': { vi: 'còn lỗi', en: 'it had errors' },
  'too-many-requests': { vi: 'thử quá nhiều lần', en: 'too many attempts' },
  failed: { vi: 'máy chủ gặp lỗi', en: 'the server failed' },
};

/** Why something was refused. */
export function reasonWords(reason: string | null, language: Language): string {
  const known = REASONS[reason as ProblemCode] ?? { vi: 'không rõ lý do', en: 'the reason is not known' };
  return known[language];
}
