import type { BridgeTree } from '../bridges/bridge.ts';
import type { BridgeId, ClauseId } from '../ids.ts';
import type { Clause } from '../plan/plan.ts';
import { assertNever } from '../result.ts';
import type { Language, Sentence } from '../text/language.ts';
import { shorten, tidy } from '../text/normalize.ts';
import { formatNumber } from '../text/numbers.ts';
import type {
  Explain,
  LowerLevelMembership,
  NoBridge,
  OtherSeat,
  Placement,
  PlacementFinding,
  PlacementReason,
  Unseated,
} from './placement.ts';

/** What sentences about a placement quote from. */
export interface Told {
  readonly bridges: BridgeTree;
  readonly clauses: readonly Clause[];
  readonly lowerLevelMembership: LowerLevelMembership;
}

/** Letters of a clause that a sentence quotes. */
const QUOTED = 90;

/** The beginning of a clause, cut between words, without its full stop. */
function excerpt(words: string): string {
  const text = tidy(words).replace(/[.;,:]+$/, '');
  const short = shorten(text, QUOTED);
  if (short === text) return text;
  const cut = short.lastIndexOf(' ');
  return `${(cut === -1 ? short.slice(0, -1) : short.slice(0, cut)).replace(/[.;,:]+$/, '')} …`;
}

/**
 * Gives the sentences that say why somebody sits where they sit, or nowhere, quoting the clause. Made when asked: a
 * placement of a nation does not carry a million texts.
 */
export function explainer({ bridges, clauses, lowerLevelMembership }: Told): Explain {
  const quotes = new Map(clauses.map((clause) => [clause.id, excerpt(clause.text)]));
  const exclusions = new Map(clauses.map((clause) => [clause.id, clause.exclusions[0] ?? null]));
  const bridgeName = (id: BridgeId): string => bridges.get(id)?.name ?? id;
  const quote = (id: ClauseId, words?: string): string =>
    `${id}: “${words === undefined ? (quotes.get(id) ?? '') : excerpt(words)}”`;

  const why = (placement: Placement, reason: PlacementReason, language: Language): string => {
    const vi = language === 'vi';
    const at = placement.bridge === null ? '' : bridgeName(placement.bridge);
    switch (reason.kind) {
      case 'chair':
        return vi ? `Chủ trì tại ${at}.` : `Chairs ${at}.`;
      case 'clause': {
        const words = quote(reason.clause, reason.words);
        if (placement.basis === 'invited') {
          return vi ? `Được mời dự tại ${at} theo ${words}.` : `Invited to ${at} by ${words}.`;
        }
        return vi ? `Được triệu tập dự tại ${at} theo ${words}.` : `Summoned to ${at} by ${words}.`;
      }
      case 'named-by-decision':
        return vi
          ? `Dự tại ${at} theo “${reason.decision}”, căn cứ ${quote(reason.clause)}.`
          : `Sits at ${at} by the decision “${reason.decision}”, under ${quote(reason.clause)}.`;
      case 'named-for-quota':
        return vi
          ? `Được đơn vị cử làm đại diện dự tại ${at} theo ${quote(reason.clause, reason.words)}.`
          : `Named by the unit to a representative's seat at ${at}, under ${quote(reason.clause, reason.words)}.`;
      case 'filled-room':
        return vi
          ? `Dự mở rộng tại ${at} vì phòng còn chỗ, theo ${quote(reason.clause)}.`
          : `Sits at ${at} because the room has space left, under ${quote(reason.clause)}.`;
      case 'pinned':
        return vi
          ? `Được ban tổ chức xếp tại ${at}. Lý do: ${reason.note}.`
          : `Seated at ${at} by the organizers. Reason: ${reason.note}.`;
      case 'no-position':
        return vi
          ? 'Chưa có chức vụ trong danh sách nên chưa xếp được. Hãy bổ sung chức vụ và đơn vị.'
          : 'Not seated: no position on record. Add a position and its unit.';
      case 'not-understood':
        return vi
          ? `Chưa hiểu chức vụ “${reason.position}”. Hãy ghi rõ chức danh và cơ quan.`
          : `Not seated: the position “${reason.position}” was not understood. Write the post and the body in full.`;
      case 'no-clause':
        return vi
          ? 'Không mục thành phần nào nêu chức vụ này. Không tính là vắng.'
          : 'Not seated: no clause speaks of this position. Not counted as absent.';
      case 'no-bridge':
        return noBridge(
          reason.why,
          quote(reason.clause, reason.words),
          reason.among.map(bridgeName).join(', '),
          vi,
        );
      case 'condition-off':
        return vi
          ? `Chỉ dự nếu điểm cầu mở rộng thành phần theo ${quote(reason.clause)}. Chưa mở rộng nên không tính là vắng.`
          : `Would sit only if the bridge extends its list under ${quote(reason.clause)}. It has not; not counted as absent.`;
      case 'room-full':
        return vi
          ? `Hết chỗ tại ${bridgeName(reason.bridge)} cho thành phần mở rộng theo ${quote(reason.clause)}. Không tính là vắng.`
          : `No room left at ${bridgeName(reason.bridge)} for those under ${quote(reason.clause)}. Not counted as absent.`;
      case 'room-unknown':
        return vi
          ? `${bridgeName(reason.bridge)} chưa báo số chỗ nên chưa xếp thành phần mở rộng theo ${quote(reason.clause)}.`
          : `${bridgeName(reason.bridge)} has not said how many seats it has, so nobody is seated under ${quote(reason.clause)}.`;
      case 'excluded':
        return vi
          ? `Thuộc ${quote(reason.clause)}, nhưng mục này loại trừ: “${reason.exclusion}”.`
          : `Fits ${quote(reason.clause)}, which leaves out: “${reason.exclusion}”.`;
      case 'awaits-decision':
        return vi
          ? `Chỉ dự khi cấp có thẩm quyền có văn bản triệu tập theo ${quote(reason.clause)}. Không tính là vắng.`
          : `Would sit only if a recorded decision names them under ${quote(reason.clause)}. Not counted as absent.`;
      case 'awaits-naming':
        return vi
          ? `Chỉ dự khi đơn vị cử làm đại diện theo ${quote(reason.clause, reason.words)}. Không tính là vắng.`
          : `Would sit only if the unit names them as a representative under ${quote(reason.clause, reason.words)}. Not counted as absent.`;
      case 'kept-out':
        return vi
          ? `Ban tổ chức không xếp chỗ. Lý do: ${reason.note}.`
          : `Not seated, by the organizers. Reason: ${reason.note}.`;
      default:
        return assertNever(reason);
    }
  };

  const other = (seat: OtherSeat, language: Language): string => {
    const vi = language === 'vi';
    const also = vi
      ? `Cũng thuộc ${seat.clause} tại ${bridgeName(seat.bridge)}`
      : `Also fits ${seat.clause} at ${bridgeName(seat.bridge)}`;
    return `${also}; ${passedOver(seat, exclusions.get(seat.clause) ?? null, lowerLevelMembership, vi)}.`;
  };

  return (placement, language) =>
    [
      why(placement, placement.reason, language),
      ...placement.others.map((seat) => other(seat, language)),
    ].join(' ');
}

/** Reasons to have no seat, as the head of a list of people. */
export const UNSEATED_WORDS: Readonly<Record<Unseated, Sentence>> = {
  'no-position': { vi: 'Chưa có chức vụ', en: 'No position on record' },
  'not-understood': { vi: 'Chưa hiểu chức vụ', en: 'Position not understood' },
  'no-bridge': { vi: 'Chưa rõ điểm cầu', en: 'Bridge not known' },
  'no-clause': { vi: 'Không thuộc mục thành phần nào', en: 'No clause speaks of them' },
  excluded: { vi: 'Được trừ ra', en: 'Left out by a clause' },
  'awaits-decision': { vi: 'Chờ văn bản triệu tập', en: 'Waiting for a decision' },
  'awaits-naming': { vi: 'Chờ đơn vị cử đại diện', en: 'Waiting for their unit to name representatives' },
  'condition-off': { vi: 'Điểm cầu chưa mở rộng thành phần', en: 'The bridge has not extended its list' },
  'room-full': { vi: 'Phòng đã hết chỗ', en: 'The room is full' },
  'room-unknown': { vi: 'Chưa biết phòng có bao nhiêu chỗ', en: 'Seats of the room not known' },
  'kept-out': { vi: 'Ban tổ chức không xếp chỗ', en: 'Kept out by the organizers' },
};
export function sayUnseated(reason: Unseated, language: Language): string {
  return UNSEATED_WORDS[reason][language];
}

function noBridge(why: NoBridge, clause: string, among: string, vi: boolean): string {
  switch (why) {
    case 'none':
      return vi
        ? `Thuộc ${clause}, nhưng không tìm thấy điểm cầu. Hãy bổ sung mã đơn vị hoặc ghi rõ nơi công tác.`
        : `Fits ${clause}, but no bridge was found. Add the unit's code or write where the post is held.`;
    case 'elsewhere':
      return vi
        ? `Thuộc ${clause}, nhưng nơi ghi trong chức vụ không có điểm cầu trong hội nghị này.`
        : `Fits ${clause}, but the place that the position names has no bridge in this conference.`;
    case 'ambiguous':
      return vi
        ? `Thuộc ${clause}, nhưng có thể là nhiều điểm cầu: ${among}. Hãy bổ sung mã đơn vị.`
        : `Fits ${clause}, but it could be any of several bridges: ${among}. Add the unit's code.`;
    default:
      return assertNever(why);
  }
}

function passedOver(
  seat: OtherSeat,
  exclusion: string | null,
  setting: LowerLevelMembership,
  vi: boolean,
): string {
  switch (seat.passedOverBy) {
    case 'chair-duty':
      return vi ? 'việc chủ trì được xét trước' : 'the duty to chair comes first';
    case 'exclusion':
      if (exclusion === null) return vi ? 'mục này loại trừ' : 'that clause leaves them out';
      return vi ? `mục này có “${exclusion}”` : `that clause says “${exclusion}”`;
    case 'higher-bridge':
      return vi ? 'điểm cầu cấp trên được xét trước' : 'the higher bridge comes first';
    case 'lower-level-setting':
      if (setting === 'higher bridge first') {
        return vi
          ? 'theo thiết lập, điểm cầu cấp trên được xét trước'
          : 'by the setting, the higher bridge comes first';
      }
      return vi
        ? 'theo thiết lập, điểm cầu cấp dưới được xét trước'
        : 'by the setting, the lower bridge comes first';
    case 'pin':
      return vi ? 'ban tổ chức đã xếp riêng' : 'the organizers seated them by hand';
    default:
      return assertNever(seat.passedOverBy);
  }
}

/** `error`: somebody must act before the day. `warning`: look. `note`: worth knowing. */
export function severityOf(finding: PlacementFinding): 'error' | 'warning' | 'note' {
  switch (finding.kind) {
    case 'clause-not-understood':
    case 'exclusion-not-understood':
    case 'chairs-several':
    case 'chair-unknown':
    case 'unknown-person':
    case 'unknown-bridge':
    case 'unknown-clause':
    case 'wrong-bridge':
    case 'listed-twice':
    case 'too-many-named':
    case 'pin-against-chair':
      return 'error';
    case 'no-chair':
    case 'over-capacity':
    case 'capacity-unknown':
    case 'seats-not-named':
    case 'quota-unset':
    case 'clause-without-bridge':
      return 'warning';
    case 'clause-matches-nobody':
    case 'without-position':
    case 'without-bridge':
      return 'note';
    default:
      return assertNever(finding);
  }
}

/** A finding in words. `personName` gives the name of somebody by id, or null. */
export function sayPlacementFinding(
  finding: PlacementFinding,
  { bridges, clauses }: Pick<Told, 'bridges' | 'clauses'>,
  language: Language,
  personName: (id: string) => string | null = () => null,
): string {
  const vi = language === 'vi';
  const at = (id: BridgeId): string => bridges.get(id)?.name ?? id;
  const who = (id: string): string => personName(id) ?? id;
  const count = (n: number): string => formatNumber(n, language);
  const quoted = (id: ClauseId): string => {
    const clause = clauses.find((one) => one.id === id);
    return clause === undefined ? id : `${id} “${excerpt(clause.text)}”`;
  };
  switch (finding.kind) {
    case 'no-chair':
      return vi ? `${at(finding.bridge)} chưa có người chủ trì.` : `${at(finding.bridge)} has no chair.`;
    case 'chair-unknown':
      return vi
        ? `Người chủ trì của ${at(finding.bridge)} không có trong danh sách đại biểu.`
        : `The chair of ${at(finding.bridge)} is not on the roster.`;
    case 'chairs-several': {
      const names = finding.bridges.map(at).join(', ');
      return vi
        ? `${who(finding.person)} được phân công chủ trì nhiều điểm cầu: ${names}. Chỉ xếp ở điểm cầu đầu tiên.`
        : `${who(finding.person)} is assigned to chair several bridges: ${names}. Seated at the first only.`;
    }
    case 'seats-not-named':
      return vi
        ? `${at(finding.bridge)}: còn ${count(finding.open)} chỗ theo ${finding.clause} chưa cử người.`
        : `${at(finding.bridge)}: ${count(finding.open)} ${finding.open === 1 ? 'seat' : 'seats'} of ${finding.clause} not yet named.`;
    case 'too-many-named':
      return vi
        ? `${at(finding.bridge)}: cử ${count(finding.named)} người cho ${count(finding.seats)} chỗ theo ${finding.clause}.`
        : `${at(finding.bridge)}: ${count(finding.named)} people named for ${count(finding.seats)} seats of ${finding.clause}.`;
    case 'quota-unset':
      return vi
        ? `${quoted(finding.clause)}: chưa định số chỗ đại diện tại ${count(finding.bridges.length)} điểm cầu.`
        : `${quoted(finding.clause)}: the number of representatives is not set at ${count(finding.bridges.length)} ${finding.bridges.length === 1 ? 'bridge' : 'bridges'}.`;
    case 'over-capacity': {
      const guests =
        finding.invited === 0
          ? ''
          : vi
            ? ` và ${count(finding.invited)} khách mời`
            : ` and ${count(finding.invited)} invited`;
      return vi
        ? `${at(finding.bridge)}: triệu tập ${count(finding.summoned)} người${guests}, phòng có ${count(finding.capacity)} chỗ.`
        : `${at(finding.bridge)}: ${count(finding.summoned)} summoned${guests}, ${count(finding.capacity)} seats.`;
    }
    case 'capacity-unknown':
      return vi
        ? `${at(finding.bridge)} đã mở rộng thành phần nhưng chưa báo số chỗ.`
        : `${at(finding.bridge)} has extended its list but not said how many seats it has.`;
    case 'clause-not-understood':
      return vi
        ? `${finding.clause}: chưa hiểu “${finding.words}”. Chưa xếp được ai theo những chữ này; hãy đặt quy tắc.`
        : `${finding.clause}: “${finding.words}” was not understood. Nobody is seated by these words; give them a rule.`;
    case 'exclusion-not-understood':
      return vi
        ? `${finding.clause}: chưa hiểu phần loại trừ “${finding.words}”. Phần này chưa được áp dụng.`
        : `${finding.clause}: the exclusion “${finding.words}” was not understood and is not applied.`;
    case 'clause-without-bridge':
      return vi
        ? `${quoted(finding.clause)}: hội nghị không có điểm cầu nào thuộc loại này.`
        : `${quoted(finding.clause)}: the conference has no bridge of this class.`;
    case 'clause-matches-nobody':
      return vi
        ? `${quoted(finding.clause)}: danh sách chưa có ai thuộc mục này.`
        : `${quoted(finding.clause)}: nobody on the roster fits this clause.`;
    case 'without-position':
      return vi
        ? `${count(finding.people)} người chưa có chức vụ nên chưa xếp được.`
        : `${count(finding.people)} without a position on record, so not seated.`;
    case 'without-bridge':
      return vi
        ? `${count(finding.people)} người thuộc thành phần nhưng chưa xác định được điểm cầu.`
        : `${count(finding.people)} fit a clause, but their bridge is not known.`;
    case 'unknown-person':
      return vi
        ? `Người có mã ${finding.person} được nêu trong ${SETTING[finding.in].vi} nhưng không có trong danh sách.`
        : `${finding.person}, named in ${SETTING[finding.in].en}, is not on the roster.`;
    case 'unknown-bridge':
      return vi
        ? `Điểm cầu có mã ${finding.bridge} được nêu trong ${SETTING[finding.in].vi} nhưng không có trong hội nghị.`
        : `Bridge ${finding.bridge}, named in ${SETTING[finding.in].en}, is not in the conference.`;
    case 'unknown-clause':
      return vi
        ? `Mục ${finding.clause} được nêu trong ${SETTING[finding.in].vi} nhưng không có trong kế hoạch.`
        : `Clause ${finding.clause}, named in ${SETTING[finding.in].en}, is not in the plan.`;
    case 'wrong-bridge':
      return vi
        ? `${quoted(finding.clause)} không nói về loại điểm cầu của ${at(finding.bridge)}.`
        : `${quoted(finding.clause)} does not speak of bridges like ${at(finding.bridge)}.`;
    case 'pin-against-chair':
      return vi
        ? `${who(finding.person)} chủ trì ${at(finding.bridge)} nên không xếp ở nơi khác được.`
        : `${who(finding.person)} chairs ${at(finding.bridge)} and cannot be seated elsewhere.`;
    case 'listed-twice':
      return vi
        ? `${who(finding.person)} có hai lần trong danh sách; chỉ tính lần đầu.`
        : `${who(finding.person)} is on the roster twice; only the first counts.`;
    default:
      return assertNever(finding);
  }
}

const SETTING = {
  decision: { vi: 'quyết định triệu tập', en: 'a decision' },
  quota: { vi: 'danh sách đại diện', en: 'a list of representatives' },
  pin: { vi: 'danh sách xếp riêng', en: 'the people seated by hand' },
  extension: { vi: 'danh sách điểm cầu mở rộng', en: 'the bridges that extend their list' },
  rules: { vi: 'quy tắc đặt riêng', en: 'the rules given by hand' },
} as const;
