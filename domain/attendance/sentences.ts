import type { BridgeId, DeviceId } from '../ids.ts';
import { assertNever } from '../result.ts';
import { formatClock, formatTime } from '../text/dates.ts';
import type { Language } from '../text/language.ts';
import { formatNumber } from '../text/numbers.ts';
import type { Clash } from './book.ts';
import type { AttendanceEvent, Flag, Outcome } from './event.ts';
import { timeOf } from './order.ts';
import type { BridgeState, Presence } from './presence.ts';

type Words<Key extends string> = Readonly<Record<Language, Readonly<Record<Key, string>>>>;

/** The words of the states, the same on every page; shape and colour go with the word. */
export type PresenceWord =
  | 'unmarked'
  | 'excused'
  | 'present'
  | 'online'
  | 'left'
  | 'absent-with-reason'
  | 'absent';

const PRESENCE: Words<PresenceWord> = {
  vi: {
    unmarked: 'chưa điểm danh',
    excused: 'xin vắng',
    present: 'có mặt',
    online: 'trực tuyến',
    left: 'đã về',
    'absent-with-reason': 'vắng có lý do',
    absent: 'vắng',
  },
  en: {
    unmarked: 'not checked in',
    excused: 'excused',
    present: 'present',
    online: 'online',
    left: 'left',
    'absent-with-reason': 'absent with reason',
    absent: 'absent',
  },
};

export function presenceWordOf(presence: Presence): PresenceWord {
  switch (presence.state) {
    case 'present':
      return presence.mode === 'online' ? 'online' : 'present';
    case 'absent':
      return presence.reason === null ? 'absent' : 'absent-with-reason';
    default:
      return presence.state;
  }
}

export function presenceWord(presence: Presence, language: Language): string {
  return PRESENCE[language][presenceWordOf(presence)];
}

const BRIDGE_STATES: Words<BridgeState> = {
  vi: { unopened: 'chưa mở', open: 'đã mở', closed: 'đã đóng' },
  en: { unopened: 'not open', open: 'open', closed: 'closed' },
};

export function bridgeStateWord(state: BridgeState, language: Language): string {
  return BRIDGE_STATES[language][state];
}

/** What pages say where an event needs a look (cần xem lại). */
const FLAG_SENTENCES: Words<Flag> = {
  vi: {
    'already-present': 'Điểm danh lại người đang có mặt.',
    'present-elsewhere': 'Có mặt ở hai điểm cầu mà chưa ghi về ở điểm cầu trước.',
    'other-bridge': 'Thuộc điểm cầu khác.',
    'not-on-list': 'Chưa có trong danh sách.',
    'not-here': 'Ghi về ở nơi không có mặt.',
    'late-upload': 'Gửi lên sau khi điểm cầu đã đóng.',
    'clock-off': 'Đồng hồ của máy bị lệch.',
    'not-taking-part': 'Ghi tại điểm cầu không dự buổi này.',
  },
  en: {
    'already-present': 'A second scan of somebody who is present.',
    'present-elsewhere': 'Present at two bridges without having left the first.',
    'other-bridge': 'Belongs to another bridge.',
    'not-on-list': 'Not on the list.',
    'not-here': 'Left where they were not present.',
    'late-upload': 'Uploaded after the bridge had closed.',
    'clock-off': "The machine's clock is off.",
    'not-taking-part': 'Recorded at a bridge that does not take part in this session.',
  },
};

export function flagSentence(flag: Flag, language: Language): string {
  return FLAG_SENTENCES[language][flag];
}

const OUTCOMES: Words<Outcome> = {
  vi: {
    recorded: 'Đã ghi.',
    conflict: 'Mã của lượt này đã dùng cho một lượt khác. Lượt ghi trước được giữ nguyên.',
    refused: 'Không ghi được.',
    quarantined: 'Đã nhận, còn chờ xem xét.',
  },
  en: {
    recorded: 'Recorded.',
    conflict: 'The id of this scan is taken by another one. The first one stays as it is.',
    refused: 'Not recorded.',
    quarantined: 'Received; somebody has to decide on it.',
  },
};

export function outcomeSentence(outcome: Outcome, language: Language): string {
  return OUTCOMES[language][outcome];
}

/** Why an event is not taken in. Closed. */
export type RefusalReason =
  | 'other-content'
  | 'other-bridge'
  | 'no-such-session'
  | 'malformed'
  | 'device-revoked'
  | 'device-unpaired'
  | 'device-unproven';

const REFUSALS: Words<RefusalReason> = {
  vi: {
    'other-content': OUTCOMES.vi.conflict,
    'other-bridge': 'Máy này không được ghi cho điểm cầu ấy. Lượt này vẫn lưu trên máy.',
    'no-such-session': 'Không có buổi họp này. Lượt này vẫn lưu trên máy.',
    malformed: 'Không đọc được lượt này. Lượt này vẫn lưu trên máy để xem lại.',
    'device-revoked': 'Máy này đã bị thu hồi quyền ghi. Lượt này đã nhận, còn chờ xem xét.',
    'device-unpaired': 'Máy này chưa ghép với điểm cầu. Lượt này đã nhận, còn chờ xem xét.',
    'device-unproven': 'Chưa rõ lượt này do máy nào gửi. Lượt này đã nhận, còn chờ xem xét.',
  },
  en: {
    'other-content': OUTCOMES.en.conflict,
    'other-bridge': 'This machine may not write for that bridge. The scan stays on this machine.',
    'no-such-session': 'There is no such session. The scan stays on this machine.',
    malformed: 'This scan cannot be read. It stays on this machine, to be looked at.',
    'device-revoked':
      'This machine may no longer record. The scan was received, and somebody has to decide on it.',
    'device-unpaired':
      'This machine is not paired with the bridge. The scan was received, and somebody has to decide on it.',
    'device-unproven':
      'It is not certain which machine sent this scan. It was received, and somebody has to decide on it.',
  },
};

export function refusalSentence(reason: RefusalReason, language: Language): string {
  return REFUSALS[language][reason];
}

/** Everything the door's answer rests on, after the event was taken in. */
export interface DoorFacts {
  readonly event: AttendanceEvent;
  readonly flags: readonly Flag[];
  /** The scan that this one repeats or contradicts. */
  readonly clash: Clash | null;
  /** Where the person now stands; null for events that speak of nobody. */
  readonly presence: Presence | null;
  /** Where the person is expected; null for those without a seat. */
  readonly expectedAt: BridgeId | null;
  readonly bridgeName: (bridge: BridgeId) => string;
  /** `cửa 2, máy 5`; null where nobody named the machine. */
  readonly deviceName: (device: DeviceId) => string | null;
}

/** `done` green, `again` amber, `noted` blue, `look` with the triangle; each with its word, never the colour alone. */
export type DoorTone = 'done' | 'again' | 'noted' | 'look';

export interface DoorAnswer {
  readonly tone: DoorTone;
  readonly text: string;
}

/** What the person at the door is told of an event that was recorded: how the person stands now, and what to do. */
export function doorAnswer(facts: DoorFacts, language: Language): DoorAnswer {
  const answer = answerTo(facts, language === 'vi');
  const late = facts.flags.includes('late-upload');
  const off = facts.flags.includes('clock-off');
  const outside = facts.flags.includes('not-taking-part');
  if (!late && !off && !outside) return answer;
  const { tone, text } = answer;
  const tail = language === 'vi' ? TAILS.vi : TAILS.en;
  const told = [text, late ? tail.late : '', off ? tail.off : '', outside ? tail.outside : ''];
  return { tone: outside ? 'look' : tone, text: told.filter(Boolean).join(' ') };
}

const TAILS = {
  vi: {
    late: 'Điểm cầu đã đóng, báo cáo sẽ có bản mới.',
    off: 'Đồng hồ máy này lệch, cần chỉnh lại.',
    outside: 'Điểm cầu này không dự buổi này, nên lượt này cần xem lại.',
  },
  en: {
    late: 'The bridge has closed; its report will get a new version.',
    off: "This machine's clock is off and should be set.",
    outside: 'This bridge does not take part in this session, so the scan needs a look.',
  },
} as const;

function answerTo(facts: DoorFacts, vi: boolean): DoorAnswer {
  const { event, flags } = facts;
  const time = formatTime(timeOf(event));
  switch (event.kind) {
    case 'arrive':
      return arrival(facts, vi);
    case 'leave':
      if (!flags.includes('not-here')) return done(vi ? `Đã ghi về lúc ${time}.` : `Left at ${time}.`);
      return look(
        vi
          ? `Đã ghi lại. Lúc ${time} người này không có mặt tại đây.`
          : `Recorded. At ${time} this person was not present here.`,
      );
    case 'excuse':
      return excuse(facts, event.reason, vi);
    case 'walk-in': {
      const who = [event.name, event.unit].filter(Boolean).join(', ');
      return {
        tone: 'noted',
        text: vi ? `Đã ghi khách ngoài danh sách: ${who}.` : `Walk-in recorded: ${who}.`,
      };
    }
    case 'count':
      return done(headCount(event, vi));
    case 'void':
      if (!flags.includes('other-bridge'))
        return done(vi ? `Đã hoàn tác: ${event.reason}.` : `Undone: ${event.reason}.`);
      return look(
        vi
          ? 'Đã ghi lại nhưng không hoàn tác: lượt ấy của điểm cầu khác.'
          : 'Recorded, and nothing undone: that scan belongs to another bridge.',
      );
    case 'open':
      return done(vi ? `Đã mở điểm cầu lúc ${time}.` : `The bridge opened at ${time}.`);
    case 'close':
      return done(
        vi
          ? `Đã đóng điểm cầu lúc ${time}. Người được triệu tập mà chưa điểm danh tính là vắng.`
          : `The bridge closed at ${time}. Summoned people who did not check in are absent.`,
      );
    default:
      return assertNever(event);
  }
}

function arrival(facts: DoorFacts, vi: boolean): DoorAnswer {
  const { event, flags, clash, presence, expectedAt, bridgeName } = facts;
  const came = presence !== null && 'at' in presence;
  if (!came)
    return {
      tone: 'noted',
      text: vi ? 'Đã ghi lại. Lượt này đã được hoàn tác.' : 'Recorded. This scan was undone.',
    };
  if (flags.includes('not-on-list')) {
    const text = vi ? 'Chưa có trong danh sách, đã ghi lại.' : 'Not on the list; recorded all the same.';
    return { tone: 'noted', text };
  }
  if (flags.includes('present-elsewhere') && clash !== null) return elsewhere(facts, clash, vi);
  if (flags.includes('already-present') && clash !== null) {
    const where = placeOf(facts, clash, vi);
    const at = formatTime(clash.time);
    return {
      tone: 'again',
      text: vi ? `Đã điểm danh lúc ${at}${where}.` : `Already checked in at ${at}${where}.`,
    };
  }
  if (presence.state === 'left') {
    const [since, until] = [formatTime(presence.since), formatTime(presence.until)];
    return done(
      vi ? `Đã ghi có mặt từ ${since}, đã về lúc ${until}.` : `Present from ${since}, left at ${until}.`,
    );
  }
  const online = 'mode' in event && event.mode === 'online';
  const how = online ? (vi ? ', dự trực tuyến' : ', online') : '';
  // At the door seconds tell this scan from the one before.
  const clock = formatClock(timeOf(event));
  const late = flags.includes('late-upload');
  const first = vi
    ? `${late ? 'Đã ghi có mặt từ' : 'Vừa điểm danh'} ${clock}${how}.`
    : `${late ? 'Present from' : 'Checked in just now,'} ${clock}${how}.`;
  if (!flags.includes('other-bridge') || expectedAt === null) return done(first);
  const home = bridgeName(expectedAt);
  return {
    tone: 'noted',
    text: vi ? `${first} Thuộc danh sách của ${home}.` : `${first} On the list of ${home}.`,
  };
}

/** Two bridges saw the person, and no leaving lies between: says which came last, as that is where they count. */
function elsewhere({ event, bridgeName }: DoorFacts, clash: Clash, vi: boolean): DoorAnswer {
  const other = bridgeName(clash.bridge);
  const at = formatTime(clash.time);
  if (isLater(clash, event)) {
    return look(
      vi
        ? `Đã ghi lại. Sau lượt này, lúc ${at}, đã điểm danh tại ${other} và tính ở đó.`
        : `Recorded. After this scan, at ${at}, they checked in at ${other} and count there.`,
    );
  }
  return look(
    vi
      ? `Đã ghi có mặt tại đây. Trước đó, lúc ${at}, đã điểm danh tại ${other} và chưa ghi về.`
      : `Present here. Before, at ${at}, they checked in at ${other} and have not left there.`,
  );
}

function isLater(clash: Clash, event: AttendanceEvent): boolean {
  const time = timeOf(event);
  return clash.time === time ? clash.event > event.id : clash.time > time;
}

/** ` tại cửa 2, máy 5`; of another bridge, ` tại Điểm cầu ...`. */
function placeOf({ event, bridgeName, deviceName }: DoorFacts, clash: Clash, vi: boolean): string {
  const place = clash.bridge === event.bridge ? deviceName(clash.device) : bridgeName(clash.bridge);
  if (place === null) return '';
  return vi ? ` tại ${place}` : `, ${place}`;
}

function excuse({ presence }: DoorFacts, reason: string, vi: boolean): DoorAnswer {
  if (presence !== null && 'at' in presence) {
    return look(
      vi
        ? `Đã ghi lý do: ${reason}. Nhưng người này đã có mặt, nên vẫn tính là có mặt.`
        : `Reason recorded: ${reason}. But this person was present, and counts as present.`,
    );
  }
  if (presence?.state === 'absent') {
    return done(vi ? `Đã ghi vắng có lý do: ${reason}.` : `Absent with reason: ${reason}.`);
  }
  return done(vi ? `Đã ghi xin vắng: ${reason}.` : `Excused: ${reason}.`);
}

function headCount(event: Extract<AttendanceEvent, { kind: 'count' }>, vi: boolean): string {
  const heads = formatNumber(
    Object.values(event.counts).reduce((sum, count) => sum + count, 0),
    vi ? 'vi' : 'en',
  );
  const where = event.point === '' ? '' : vi ? ` tại ${event.point}` : ` at ${event.point}`;
  return vi
    ? `Đã ghi ${heads} người${where}, không kể người điểm danh theo tên.`
    : `${heads} heads recorded${where}, beside those checked in by name.`;
}

function done(text: string): DoorAnswer {
  return { tone: 'done', text };
}

function look(text: string): DoorAnswer {
  return { tone: 'look', text };
}
