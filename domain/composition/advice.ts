import type { BridgeId, ClauseId, PersonId } from '../ids.ts';
import { assertNever } from '../result.ts';
import type { Sentence } from '../text/language.ts';
import type { PlacementFinding } from './placement.ts';

/** What a finding is about, so that a page can lead there. */
export interface About {
  readonly bridge: BridgeId | null;
  readonly clause: ClauseId | null;
  readonly person: PersonId | null;
}

export function aboutOf(finding: PlacementFinding): About {
  const bridge =
    'bridge' in finding ? finding.bridge : 'bridges' in finding ? (finding.bridges[0] ?? null) : null;
  return {
    bridge: finding.kind === 'unknown-bridge' ? null : bridge,
    clause: 'clause' in finding && finding.kind !== 'unknown-clause' ? finding.clause : null,
    person: 'person' in finding && finding.kind !== 'unknown-person' ? finding.person : null,
  };
}

const MEND_LIST: Sentence = {
  vi: 'Bỏ mục này trong phần xếp tay, quyết định và đại diện, hoặc nhập người còn thiếu.',
  en: 'Take it out of what is settled by hand, or import who is missing.',
};
const NAME_CHAIR: Sentence = {
  vi: 'Mở điểm cầu và chọn người chủ trì.',
  en: 'Open the bridge and choose its chair.',
};

/** What to do about a finding. */
export function adviseOn(finding: PlacementFinding): Sentence {
  switch (finding.kind) {
    case 'no-chair':
    case 'chair-unknown':
      return NAME_CHAIR;
    case 'chairs-several':
      return {
        vi: 'Giữ một điểm cầu, chọn người khác cho các điểm cầu còn lại.',
        en: 'Keep one bridge, choose others for the rest.',
      };
    case 'seats-not-named':
      return {
        vi: 'Đề nghị đơn vị cử người, rồi ghi tên vào chỗ đại diện.',
        en: 'Ask the unit for names, then enter them.',
      };
    case 'too-many-named':
      return {
        vi: 'Bớt tên, hoặc tăng số chỗ đại diện.',
        en: 'Take names out, or raise the number of seats.',
      };
    case 'quota-unset':
      return { vi: 'Định số chỗ đại diện cho mục này.', en: 'Set the number of seats for this clause.' };
    case 'over-capacity':
      return {
        vi: 'Đổi phòng lớn hơn và sửa số chỗ, hoặc xếp bớt người sang điểm cầu khác.',
        en: 'Take a larger room and mend its capacity, or seat some people elsewhere.',
      };
    case 'capacity-unknown':
      return {
        vi: 'Hỏi điểm cầu và ghi số chỗ của phòng.',
        en: 'Ask the bridge and enter how many seats it has.',
      };
    case 'clause-not-understood':
      return { vi: 'Mở mục này và chọn ai thuộc thành phần.', en: 'Open the clause and say whom it means.' };
    case 'exclusion-not-understood':
      return { vi: 'Mở mục này và chọn ai được trừ ra.', en: 'Open the clause and say whom it leaves out.' };
    case 'clause-without-bridge':
      return {
        vi: 'Thêm điểm cầu loại này, hoặc để trống nếu hội nghị không có.',
        en: 'Add such a bridge, or leave it if the conference has none.',
      };
    case 'clause-matches-nobody':
      return {
        vi: 'Kiểm tra danh sách còn thiếu ai, hoặc sửa cách hiểu mục này.',
        en: 'See whom the roster lacks, or mend how the clause is understood.',
      };
    case 'without-position':
      return { vi: 'Bổ sung chức vụ trong danh sách đại biểu.', en: 'Add their positions to the roster.' };
    case 'without-bridge':
      return {
        vi: 'Bổ sung mã đơn vị hoặc nơi công tác của họ.',
        en: 'Add their unit codes or places of work.',
      };
    case 'unknown-person':
    case 'unknown-bridge':
    case 'unknown-clause':
      return MEND_LIST;
    case 'wrong-bridge':
      return {
        vi: 'Chọn điểm cầu đúng loại mà mục này nói đến.',
        en: 'Choose a bridge of the class that the clause speaks of.',
      };
    case 'pin-against-chair':
      return {
        vi: 'Bỏ xếp tay, hoặc chọn người khác chủ trì.',
        en: 'Take the pin back, or choose another chair.',
      };
    case 'listed-twice':
      return { vi: 'Gộp hai mục trong danh sách đại biểu.', en: 'Merge the two entries of the roster.' };
    default:
      return assertNever(finding);
  }
}
