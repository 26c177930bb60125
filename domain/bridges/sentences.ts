import { sayAddressFault } from '../mail/sentences.ts';
import { assertNever } from '../result.ts';
import { formatDate } from '../text/dates.ts';
import type { Language } from '../text/language.ts';
import { noRows, rowPlace, tooLong } from '../text/rows.ts';
import { formatNumber } from '../text/numbers.ts';
import { BRIDGE_CLASSES } from './bridge.ts';
import type { Bridge, BridgeClass, ReadinessItem } from './bridge.ts';
import type { BuildFailure } from './build.ts';
import type { ChangeKind } from './change.ts';
import type { BridgeEditFailure } from './edit.ts';
import type { BuildFinding } from './finding.ts';
import type { BridgeRowError } from './import.ts';
import type { MoveEffect, Shifted } from './move.ts';
import type { Lack } from './readiness.ts';

const READINESS = {
  room: { vi: 'phòng họp', en: 'the room' },
  equipment: { vi: 'thiết bị', en: 'the equipment' },
  line: { vi: 'đường truyền', en: 'the line' },
  'line-test': { vi: 'kiểm tra đường truyền', en: 'the line test' },
  documents: { vi: 'tài liệu hội nghị', en: 'the documents' },
  host: { vi: 'người trực điểm cầu', en: 'somebody at the door' },
} as const satisfies Record<ReadinessItem, { vi: string; en: string }>;

/** `phòng họp`, `the room`: an item of the checklist in the middle of a sentence. */
export function sayReadinessItem(item: ReadinessItem, language: Language): string {
  return READINESS[item][language];
}

/** The name of a class of bridges; the class itself where the program does not know it. */
export function sayBridgeClass(bridgeClass: BridgeClass, language: Language): string {
  const known = Object.entries(BRIDGE_CLASSES).find(([id]) => id === bridgeClass);
  return known === undefined ? bridgeClass : known[1][language];
}

/** What a bridge still lacks. */
export function sayLack(lack: Lack, language: Language): string {
  const vi = language === 'vi';
  switch (lack) {
    case 'chair':
      return vi ? 'Chưa phân công người chủ trì.' : 'Nobody is assigned to chair.';
    case 'capacity':
      return vi ? 'Chưa biết phòng có bao nhiêu chỗ.' : 'The number of seats is not known.';
    case 'contact':
      return vi ? 'Chưa có người liên hệ.' : 'There is nobody to call.';
    case 'host':
      return vi ? 'Chưa có người trực điểm cầu.' : 'Nobody is assigned to the door.';
    case 'line-test':
      return vi ? 'Đường truyền chưa kiểm tra đạt.' : 'The line has passed no test.';
    default:
      return vi
        ? `Chưa xác nhận ${sayReadinessItem(lack, 'vi')}.`
        : `Not confirmed: ${sayReadinessItem(lack, 'en')}.`;
  }
}

function chain(bridges: readonly Bridge[]): string {
  const names = bridges.map((bridge) => bridge.name);
  const shown = names.length > 5 ? [...names.slice(0, 4), '...', names.at(-1) ?? ''] : names;
  return shown.join(' → ');
}

function circle(bridges: readonly Bridge[]): string {
  return chain([...bridges, ...bridges.slice(0, 1)]);
}

function list(bridges: readonly Bridge[], language: Language): string {
  const shown = bridges.slice(0, 3).map((bridge) => bridge.name);
  const more = bridges.length - shown.length;
  if (more <= 0) return shown.join(', ');
  return language === 'vi'
    ? `${shown.join(', ')} và ${more} điểm cầu khác`
    : `${shown.join(', ')} and ${more} more`;
}

/** Why the bridges of a conference make no tree. */
export function sayBuildFailure(failure: BuildFailure, language: Language): string {
  const vi = language === 'vi';
  switch (failure.reason) {
    case 'no bridges':
      return vi ? 'Chưa có điểm cầu nào.' : 'There are no bridges yet.';
    case 'unknown scope':
      return vi
        ? `Không có đơn vị mang mã ${failure.unit} vào ngày của hội nghị.`
        : `There is no unit ${failure.unit} on the day of the conference.`;
    case 'duplicate id':
      return vi ? `${failure.bridge.name}: bị ghi hai lần.` : `${failure.bridge.name} is there twice.`;
    case 'unknown parent':
      return vi
        ? `${failure.bridge.name}: không tìm thấy điểm cầu cấp trên.`
        : `${failure.bridge.name}: the bridge above it is not there.`;
    case 'unknown feed parent':
      return vi
        ? `${failure.bridge.name}: không tìm thấy điểm cầu cấp tín hiệu.`
        : `${failure.bridge.name}: the bridge that its picture comes from is not there.`;
    case 'cycle':
      return vi
        ? `Các điểm cầu trực thuộc vòng quanh: ${circle(failure.bridges)}.`
        : `Bridges hang under each other in a circle: ${circle(failure.bridges)}.`;
    case 'several roots':
      return vi
        ? `Chỉ một điểm cầu được đứng đầu, hiện có ${formatNumber(failure.bridges.length)}: ${list(failure.bridges, 'vi')}.`
        : `Only one bridge may stand at the top, there are ${formatNumber(failure.bridges.length, 'en')}: ${list(failure.bridges, 'en')}.`;
    case 'feed cycle':
      return vi
        ? `Tín hiệu đi vòng quanh: ${circle(failure.bridges)}.`
        : `The picture goes round in a circle: ${circle(failure.bridges)}.`;
    default:
      return assertNever(failure);
  }
}

/** Why a bridge was not changed; nothing was. */
export function sayBridgeEditFailure(failure: BridgeEditFailure, language: Language): string {
  const vi = language === 'vi';
  switch (failure.reason) {
    case 'unknown bridge':
      return vi ? 'Không tìm thấy điểm cầu.' : 'There is no such bridge.';
    case 'the root stays':
      return vi
        ? `${failure.bridge.name} đứng đầu hội nghị nên không thể chuyển hoặc bỏ.`
        : `${failure.bridge.name} stands at the top of the conference and cannot be moved or taken out.`;
    case 'would circle':
      return vi
        ? `Không thể đặt ${failure.bridge.name} dưới điểm cầu trực thuộc nó (${chain(failure.path)}).`
        : `${failure.bridge.name} cannot hang under a bridge below it (${chain(failure.path)}).`;
    case 'feed would circle':
      return vi
        ? `Tín hiệu của ${failure.bridge.name} sẽ đi vòng quanh (${chain(failure.path)}).`
        : `The picture of ${failure.bridge.name} would go round in a circle (${chain(failure.path)}).`;
    case 'chairs another bridge':
      return vi
        ? `Người này đã chủ trì ${failure.other.name}. Mỗi người chỉ chủ trì một điểm cầu.`
        : `This person already chairs ${failure.other.name}. Each person chairs one bridge only.`;
    case 'no name':
      return vi ? 'Điểm cầu phải có tên.' : 'A bridge must have a name.';
    case 'too long':
      return vi
        ? `Dài quá ${formatNumber(failure.most)} ký tự.`
        : `Longer than ${formatNumber(failure.most, 'en')} characters.`;
    case 'not a capacity':
      return vi
        ? `Số chỗ là số nguyên từ 0 đến ${formatNumber(failure.most)}.`
        : `The number of seats is a whole number from 0 to ${formatNumber(failure.most, 'en')}.`;
    case 'not a phone':
      return vi
        ? `"${failure.text}" không phải là số điện thoại.`
        : `"${failure.text}" is not a phone number.`;
    case 'not an address':
      return sayAddressFault(failure.fault, language);
    case 'has bridges below':
      return vi
        ? `${failure.bridge.name} còn ${formatNumber(failure.count)} điểm cầu trực thuộc. Chuyển chúng đi trước, hoặc bỏ cùng lúc.`
        : `${failure.bridge.name} still has ${formatNumber(failure.count, 'en')} below it. Move them first, or take them out with it.`;
    default:
      return assertNever(failure);
  }
}

/** What an organizer should know about a build. */
export function sayBuildFinding(finding: BuildFinding, language: Language): string {
  const vi = language === 'vi';
  switch (finding.kind) {
    case 'centre added':
      return vi
        ? 'Kế hoạch không nêu điểm cầu Trung ương. Đã thêm một điểm cầu đứng đầu.'
        : 'The plan names no central bridge. One was added at the top.';
    case 'level without units':
      return vi
        ? `Kế hoạch có điểm cầu ${finding.level.name.vi.toLocaleLowerCase('vi')}, nhưng ngày ${formatDate(finding.asOf)} không có đơn vị nào ở cấp này.`
        : `The plan has bridges of the level ${finding.level.name.en.toLowerCase()}, but on ${formatDate(finding.asOf)} no unit is of that level.`;
    case 'class without bridges':
      return vi
        ? `Kế hoạch có nhóm điểm cầu "${sayBridgeClass(finding.class, 'vi')}", nhưng chưa có danh sách.`
        : `The plan has bridges of the class "${sayBridgeClass(finding.class, 'en')}", but nobody has listed them yet.`;
    case 'not in plan':
      return vi
        ? `${finding.bridge.name} không còn trong kế hoạch. Vẫn giữ lại; có thể bỏ nếu không cần.`
        : `${finding.bridge.name} is not in the plan any more. It was kept; take it out if nobody needs it.`;
    case 'moved':
      return vi
        ? `${finding.bridge.name} nay trực thuộc ${finding.parent.name}.`
        : `${finding.bridge.name} now hangs under ${finding.parent.name}.`;
    case 'hangs elsewhere':
      return vi
        ? `${finding.bridge.name} trực thuộc ${finding.parent.name} (theo đơn vị hành chính là ${finding.expected.name}).`
        : `${finding.bridge.name} hangs under ${finding.parent.name} (by its place it would be ${finding.expected.name}).`;
    case 'unknown place':
      return vi
        ? `${finding.bridge.name}: không có điểm cầu nào là "${finding.text}".`
        : `${finding.bridge.name}: no bridge is called "${finding.text}".`;
    case 'ambiguous place':
      return vi
        ? `${finding.bridge.name}: có nhiều điểm cầu là "${finding.text}". Ghi mã đơn vị thay cho tên.`
        : `${finding.bridge.name}: several bridges are called "${finding.text}". Write the code of the unit instead.`;
    case 'said twice':
      return vi
        ? `${finding.bridge.name} có hai dòng. Chỉ dùng dòng đầu.`
        : `${finding.bridge.name} has two rows. Only the first was used.`;
    case 'same name elsewhere':
      return vi
        ? `${finding.bridge.name}: ở nơi khác đã có một điểm cầu cùng tên. Nếu là một thì bỏ bớt.`
        : `${finding.bridge.name}: a bridge of this name stands elsewhere already. Take one out if they are one.`;
    case 'chairs another bridge':
      return vi
        ? `Người được phân công chủ trì ${finding.bridge.name} đã chủ trì ${finding.other.name}. Giữ nguyên như cũ.`
        : `The person named to chair ${finding.bridge.name} already chairs ${finding.other.name}. Left as it was.`;
    default:
      return assertNever(finding);
  }
}

/** Where a faulty row stands in the file and what is wrong with it. */
export function sayBridgeRowError(
  error: BridgeRowError,
  language: Language,
): { readonly at: string; readonly message: string } {
  const vi = language === 'vi';
  if (!('row' in error)) {
    if (error.reason === 'no rows') {
      return noRows(language);
    }
    return {
      at: vi ? 'dòng tiêu đề' : 'header row',
      message: vi
        ? 'Cần có cột "Mã đơn vị", "Cơ quan" hoặc "Tên điểm cầu".'
        : 'A column "Mã đơn vị" (unit code), "Cơ quan" (organisation) or "Tên điểm cầu" (name) is needed.',
    };
  }
  return { at: rowPlace(error.row, error.column, language), message: sayRow(error, vi) };
}

function sayRow(error: Extract<BridgeRowError, { row: number }>, vi: boolean): string {
  switch (error.reason) {
    case 'no class':
      return vi ? 'Thiếu loại điểm cầu.' : 'The class of the bridge is missing.';
    case 'no organisation':
      return vi ? 'Thiếu cơ quan hoặc tên điểm cầu.' : 'The organisation or the name is missing.';
    case 'unknown class':
      return vi ? `Không có loại điểm cầu "${error.text}".` : `"${error.text}" is not a class of bridges.`;
    case 'unknown unit':
      return vi
        ? `Không có đơn vị mang mã ${error.text} vào ngày của hội nghị.`
        : `There is no unit ${error.text} on the day of the conference.`;
    case 'unknown person':
      return vi
        ? `Không có người mang mã ${error.text} trong danh sách.`
        : `There is nobody with the id ${error.text} in the roster.`;
    case 'not a place in order':
      return vi
        ? `"${error.text}" không phải là số thứ tự từ 1 trở lên.`
        : `"${error.text}" is not a number from 1 up.`;
    case 'not a capacity':
      return vi
        ? `"${error.text}" không phải là số chỗ (từ 0 đến ${formatNumber(error.most)}).`
        : `"${error.text}" is not a number of seats (from 0 to ${formatNumber(error.most, 'en')}).`;
    case 'too long':
      return tooLong(error.most, vi ? 'vi' : 'en');
    case 'chairs twice':
      return vi
        ? `Người này đã chủ trì ở dòng ${error.firstRow}.`
        : `This person already chairs in row ${error.firstRow}.`;
    default:
      return assertNever(error);
  }
}

const FIELDS = {
  class: { vi: 'loại điểm cầu', en: 'the class' },
  name: { vi: 'tên', en: 'the name' },
  organisation: { vi: 'cơ quan', en: 'the organisation' },
  parent: { vi: 'cấp trên', en: 'the bridge above' },
  feedParent: { vi: 'nguồn tín hiệu', en: 'the source of the picture' },
  capacity: { vi: 'số chỗ', en: 'the seats' },
  chair: { vi: 'người chủ trì', en: 'the chair' },
  address: { vi: 'địa chỉ', en: 'the address' },
  ready: { vi: 'mức sẵn sàng', en: 'the checklist' },
  contacts: { vi: 'người liên hệ', en: 'whom to call' },
} as const satisfies Partial<Record<keyof Bridge, { vi: string; en: string }>>;

/** What was changed of the bridges, for the list of changes: `Sửa số chỗ ở 15.345 điểm cầu, từ "Xã Yên Lãng"`. */
export function sayChange(
  {
    kind,
    count,
    first,
    fields,
  }: {
    readonly kind: ChangeKind;
    readonly count: number;
    readonly first: string;
    readonly fields: readonly string[];
  },
  language: Language,
): string {
  const vi = language === 'vi';
  const where = sayMany(count, first, vi);
  const what = Object.entries(FIELDS)
    .filter(([field]) => fields.includes(field))
    .map(([, words]) => words[language])
    .join(', ');
  switch (kind) {
    case 'described':
      return vi ? `Sửa ${what} của ${where}` : `Changed ${what} of ${where}`;
    case 'moved':
      return vi ? `Chuyển ${where} sang cấp trên khác` : `Moved ${where} under another bridge`;
    case 'added':
      return vi ? `Thêm ${where}` : `Added ${where}`;
    case 'removed':
      return vi ? `Bỏ ${where}` : `Took out ${where}`;
    case 'undone':
      return vi ? `Hoàn tác ở ${where}` : `Took back a change of ${where}`;
    default:
      return assertNever(kind);
  }
}

function sayMany(count: number, first: string, vi: boolean): string {
  if (count === 1) return first;
  const more = formatNumber(count - 1, vi ? 'vi' : 'en');
  return vi ? `${first} và ${more} điểm cầu khác` : `${first} and ${more} more`;
}

/** What a move takes along beside bridges. */
export interface MoveCounts {
  /** People placed at what is moved. */
  readonly people: number;
  /** Accounts at bridges above that see it no longer, and that see it from now on. */
  readonly losing: number;
  readonly gaining: number;
}

/** What hanging a bridge elsewhere changes, a sentence for each. */
export function sayMove(effect: MoveEffect, counts: MoveCounts, language: Language): string[] {
  const vi = language === 'vi';
  const n = (count: number): string => formatNumber(count, language);
  const { bridge, from, to, moving, loses, gains } = effect;
  const said = [
    vi
      ? `${n(moving.length)} điểm cầu chuyển theo, với ${n(counts.people)} đại biểu.`
      : `${n(moving.length)} bridges move, with ${n(counts.people)} people.`,
    vi
      ? `Báo cáo số lượng của ${bridge.name} từ nay gửi lên ${to.name}${from === undefined ? '' : `, không gửi ${from.name}`}.`
      : `${bridge.name} reports its headcount to ${to.name} from now on${from === undefined ? '' : `, not to ${from.name}`}.`,
    ...[...loses, ...gains].map((shifted) => sayShifted(shifted, vi)),
  ];
  if (counts.losing > 0) {
    said.push(
      vi
        ? `${n(counts.losing)} tài khoản ở cấp trên cũ không còn xem và sửa được.`
        : `${n(counts.losing)} accounts above it now will not see or change it any more.`,
    );
  }
  if (counts.gaining > 0) {
    said.push(
      vi
        ? `${n(counts.gaining)} tài khoản ở cấp trên mới xem và sửa được từ nay.`
        : `${n(counts.gaining)} accounts above its new place will see and change it from now on.`,
    );
  }
  if (bridge.feedParent !== null && bridge.feedParent !== to.id) {
    said.push(vi ? 'Nguồn tín hiệu riêng vẫn giữ nguyên.' : 'Its own source of the picture stays as it is.');
  }
  return said;
}

function sayShifted({ bridge, before, after }: Shifted, vi: boolean): string {
  return vi
    ? `${bridge.name}: từ ${formatNumber(before)} thành ${formatNumber(after)} điểm cầu bên dưới.`
    : `${bridge.name}: from ${formatNumber(before, 'en')} to ${formatNumber(after, 'en')} bridges below.`;
}
