import type { Bridge, BridgeTree } from '../../../domain/bridges/bridge.ts';
import { bridgeTree } from '../../../domain/bridges/tree.ts';
import { personNamed, type Person } from '../../../domain/composition/person.ts';
import type { Basis, Clause } from '../../../domain/plan/plan.ts';

/** A bridge in few words; `parent` and `unit` by their plain codes. */
export function bridge(
  id: string,
  bridgeClass: string,
  more: Partial<Record<'parent' | 'unit' | 'organisation' | 'chair' | 'name', string | null>> & {
    capacity?: number | null;
  } = {},
): Bridge {
  return {
    id,
    class: bridgeClass,
    name: more.name ?? more.organisation ?? id,
    unit: more.unit ?? null,
    organisation: more.organisation ?? null,
    parent: more.parent ?? null,
    feedParent: null,
    capacity: more.capacity ?? null,
    chair: more.chair ?? null,
    address: null,
    ready: [],
    contacts: { technical: null, organizer: null },
  } as unknown as Bridge;
}

export function treeOf(bridges: readonly Bridge[]): BridgeTree {
  const tree = bridgeTree(bridges);
  if (!tree.ok) throw new Error(tree.reason);
  return tree.value;
}

/** A person with positions in words, or with their unit: `['Bí thư Đảng ủy', '00123']`. */
export function person(
  id: string,
  positions: readonly (string | readonly [text: string, unit: string])[],
  more: Partial<Pick<Person, 'name' | 'precedence' | 'collectiveLeadership' | 'namedInPlan'>> = {},
): Person {
  return {
    id,
    ...personNamed(more.name ?? `Người ${id}`),
    positions: positions.map((position) =>
      typeof position === 'string'
        ? { text: position, unit: null, organisation: null }
        : { text: position[0], unit: position[1], organisation: null },
    ),
    precedence: more.precedence ?? null,
    collectiveLeadership: more.collectiveLeadership ?? false,
    namedInPlan: more.namedInPlan ?? false,
  } as unknown as Person;
}

export function clause(
  id: string,
  bridgeClass: string,
  text: string,
  more: {
    basis?: Basis;
    exclusions?: readonly string[];
    condition?: string | null;
    quota?: number | null;
  } = {},
): Clause {
  return {
    id,
    bridgeClass,
    text,
    basis: more.basis ?? 'summoned',
    exclusions: more.exclusions ?? [],
    condition: more.condition ?? null,
    quota: more.quota ?? null,
  } as unknown as Clause;
}

/** The composition of the national conference of 13/01/2025 and of one Party bloc, numbered as the worked examples do. */
export function nationalClauses(): Clause[] {
  return [
    clause(
      'C1',
      'central',
      'Đồng chí Tổng Bí thư, Trưởng Ban Chỉ đạo Trung ương chủ trì Hội nghị; các đồng chí Phó Trưởng Ban Chỉ đạo cùng điều hành.',
    ),
    clause(
      'C2',
      'central',
      'Các đồng chí Ủy viên Bộ Chính trị, Ủy viên Ban Bí thư, Ủy viên chính thức và Ủy viên dự khuyết Ban Chấp hành Trung ương Đảng (trừ các đồng chí được giao chủ trì điểm cầu của bộ, ngành, địa phương).',
      { exclusions: ['trừ các đồng chí được giao chủ trì điểm cầu của bộ, ngành, địa phương'] },
    ),
    clause(
      'C3',
      'central',
      'Mời các đồng chí nguyên lãnh đạo cấp cao của Đảng, Nhà nước, theo danh sách riêng của Văn phòng Trung ương Đảng.',
      { basis: 'invited' },
    ),
    clause(
      'C4',
      'central',
      'Tập thể lãnh đạo: các ban đảng, cơ quan tham mưu, giúp việc của Đảng ở Trung ương; Văn phòng Chủ tịch nước; các cơ quan của Quốc hội và của Ủy ban Thường vụ Quốc hội; các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ; Mặt trận Tổ quốc Việt Nam và các đoàn thể ở Trung ương.',
    ),
    clause(
      'C5',
      'central',
      'Các đồng chí Ủy viên Ủy ban Kiểm tra Trung ương, Ủy viên Quân ủy Trung ương, Ủy viên Đảng ủy Công an Trung ương',
    ),
    clause(
      'C6',
      'central',
      'lãnh đạo cấp vụ, cấp cục và tương đương của Văn phòng Trung ương Đảng và Ban Kinh tế Trung ương.',
    ),
    clause(
      'C7',
      'central',
      'Các nhà khoa học, trí thức và doanh nghiệp tiêu biểu trong lĩnh vực khoa học, công nghệ.',
      { basis: 'invited' },
    ),
    clause('C8', 'agency', 'cán bộ chủ chốt cấp tổng cục, cục, vụ, viện và tương đương', {
      exclusions: ['trừ các đồng chí đã dự tại điểm cầu Trung ương'],
    }),
    clause('C9', 'agency', 'báo cáo viên của bộ, ngành, cơ quan.'),
    clause('C10', 'agency', 'Có thể mở rộng tới cán bộ, đảng viên trong cơ quan nếu phòng họp còn chỗ.', {
      basis: 'conditional',
      condition: 'nếu phòng họp còn chỗ',
    }),
    clause(
      'C11',
      'province',
      'các đồng chí ủy viên ban chấp hành, ủy viên ban thường vụ, ủy viên ủy ban kiểm tra tỉnh ủy, thành ủy',
    ),
    clause('C12', 'province', 'cấp trưởng, cấp phó các ban, sở, ngành, đoàn thể của tỉnh'),
    clause(
      'C13',
      'province',
      'Mặt trận Tổ quốc, các tổ chức chính trị - xã hội, cơ quan, đơn vị của Trung ương đóng trên địa bàn tỉnh, thành phố',
    ),
    clause('C14', 'province', 'báo cáo viên cấp tỉnh, các hội quần chúng cấp tỉnh.'),
    clause('C15', 'province', 'Thành phần khác do cấp tỉnh triệu tập.', { basis: 'discretionary' }),
    clause(
      'C16',
      'district',
      'các đồng chí ủy viên ban chấp hành, ủy viên ủy ban kiểm tra huyện ủy, thị ủy, thành ủy',
    ),
    clause('C17', 'district', 'cấp trưởng, cấp phó các ban, phòng, đoàn thể cấp huyện.'),
    clause('C18', 'district', 'Thành phần khác do cấp huyện triệu tập.', { basis: 'discretionary' }),
    clause('C19', 'commune', 'các đồng chí ủy viên ban chấp hành đảng bộ xã, phường, thị trấn'),
    clause('C20', 'commune', 'bí thư chi bộ khu dân cư, tổ dân phố, cấp trưởng, cấp phó của thôn'),
    clause(
      'C21',
      'commune',
      'hiệu trưởng, phó hiệu trưởng trường trung học cơ sở, trường trung học phổ thông đóng trên địa bàn xã.',
    ),
    clause(
      'C22',
      'party-bloc',
      'Các đồng chí Ủy viên Ban Chấp hành Đảng bộ Khối, Ủy viên Ủy ban Kiểm tra Đảng ủy Khối; đại diện cấp ủy cơ sở; báo cáo viên cấp Khối; cán bộ, đảng viên cơ quan Đảng ủy Khối.',
    ),
  ];
}
