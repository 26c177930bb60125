import type { Bridge, BridgeTree } from '../../domain/bridges/bridge.ts';
import { buildBridges } from '../../domain/bridges/build.ts';
import { atlasOf } from '../../domain/composition/atlas.ts';
import { fit, isNamed, nameKey } from '../../domain/composition/match.ts';
import { personNamed, type Person } from '../../domain/composition/person.ts';
import { compileClauses, place } from '../../domain/composition/place.ts';
import { readPosition } from '../../domain/composition/position.ts';
import { partsOf } from '../../domain/composition/parts.ts';
import { DEFAULT_SETTINGS } from '../../domain/composition/settings.ts';
import { CivilDate } from '../../domain/time.ts';
import { treeAsOf } from '../../domain/units/tree.ts';
import type { Unit, UnitTree } from '../../domain/units/unit.ts';
import { personName } from '../../fixtures/sample/names.ts';
import { choices } from '../../fixtures/sample/random.ts';
import { nationalClauses } from '../domain/composition/factory.ts';

/**
 * People per second of the placement, on one core, over a nation of four levels: about as many units and bridges as
 * Vietnam had on 13/01/2025. Beside it, in the same run and turn about, a plain interpretation of the same rules
 * (every clause asked of every person, nothing remembered), as the yardstick that the machine's mood cannot bend.
 */
const PEOPLE = Number(process.env['PEOPLE'] ?? 200_000);
const PROVINCES = 63;
const DISTRICTS = 696;
const COMMUNES = 10_035;
const ROUNDS = 5;
/** The yardstick is slow; it takes a part of the people. */
const YARDSTICK = Math.min(PEOPLE, 10_000);

const own = choices(13012025);
const FIRST =
  'An Ba Bình Cẩm Châu Đại Đồng Đức Gia Hà Hòa Hợp Hưng Kim Kỳ Lạc Liên Long Mai Minh Mỹ Nam Nga Ngọc Phú Phước Quang Quế Sơn Tam Tân Thanh Thiện Thịnh Thuận Tiên Trung Vạn Vĩnh Xuân Yên'.split(
    ' ',
  );
const SECOND =
  'An Bình Cường Dân Dương Đô Hà Hải Hậu Hòa Hội Khánh Khê Kiên Lâm Lập Lợi Lộc Lương Mai Mỹ Nghĩa Ninh Phong Phú Phúc Quang Sơn Tâm Tân Thành Thạch Thắng Thọ Thủy Tiến Trạch Trị Trường Vân Xá'.split(
    ' ',
  );
const name = (): string => `${own.pick(FIRST)} ${own.pick(SECOND)}`;

function two(code: number): string {
  return String(code).padStart(2, '0');
}

function nation(): UnitTree {
  const units: Unit[] = [];
  const add = (code: string, level: string, type: string, parent: string | null): void => {
    const called = name();
    units.push({
      code,
      level,
      type,
      name: called,
      fullName: `${type} ${called}`,
      parent,
      validFrom: '2020-01-01',
      validTo: null,
    } as unknown as Unit);
  };
  for (let at = 0; at < PROVINCES; at++)
    add(two(at), 'province', at < 6 ? 'Thành phố trực thuộc Trung ương' : 'Tỉnh', null);
  for (let at = 0; at < DISTRICTS; at++) {
    add(
      `d${at}`,
      'district',
      own.pick(['Huyện', 'Huyện', 'Huyện', 'Thị xã', 'Thành phố', 'Quận']),
      two(at % PROVINCES),
    );
  }
  for (let at = 0; at < COMMUNES; at++)
    add(`c${at}`, 'commune', own.pick(['Xã', 'Xã', 'Xã', 'Phường', 'Thị trấn']), `d${at % DISTRICTS}`);
  const tree = treeAsOf(units, CivilDate.parse('2025-01-13'));
  if (!tree.ok) throw new Error(tree.reason);
  return tree.value;
}

function bridgesOf(units: UnitTree): BridgeTree {
  let number = 0;
  const built = buildBridges({
    classes: ['central', 'agency', 'province', 'district', 'commune'] as never,
    unitTree: units,
    newId: () => `b${++number}` as Bridge['id'],
  });
  if (!built.ok) throw new Error(built.reason);
  return built.value.tree;
}

const COMMITTEE: Readonly<Record<string, string>> = {
  Tỉnh: 'Tỉnh ủy',
  'Thành phố trực thuộc Trung ương': 'Thành ủy',
  'Thành phố': 'Thành ủy',
  Huyện: 'Huyện ủy',
  Quận: 'Quận ủy',
  'Thị xã': 'Thị ủy',
};

interface Located {
  readonly of: Unit['code'];
  readonly position: Person['positions'][number];
}

/** One in eight at the province or above, two at the district, five at the commune; one in ten holds a second office. */
function peopleOf(units: UnitTree): Person[] {
  const all: Unit[] = [];
  const walk = (unit: Unit): void => {
    all.push(unit);
    for (const child of units.children(unit.code)) walk(child);
  };
  for (const root of units.roots) walk(root);
  const byLevel = (level: string): Unit[] => all.filter((unit) => (unit.level as string) === level);
  const provinces = byLevel('province');
  const districts = byLevel('district');
  const communes = byLevel('commune');
  const position = (): Located => {
    const roll = own.number(8);
    const unit = own.pick(roll === 0 ? provinces : roll <= 2 ? districts : communes);
    const up = unit.parent === null ? null : units.get(unit.parent);
    const kind = unit.type.replace(' trực thuộc Trung ương', '').toLowerCase();
    const here = `${kind} ${unit.name}`;
    const text =
      roll === 0
        ? own.pick([
            `Ủy viên Ban Chấp hành Đảng bộ ${here}`,
            `Phó Giám đốc, Sở Nội vụ ${here}`,
            `Trưởng ban, Ban Tổ chức ${COMMITTEE[unit.type] ?? ''} ${unit.name}`,
            `Giám đốc, Kho bạc Nhà nước ${unit.name} (đơn vị của Trung ương đóng trên địa bàn)`,
          ])
        : roll <= 2
          ? own.pick([
              `Ủy viên Ban Chấp hành Đảng bộ ${here}`,
              `Trưởng phòng, Phòng Giáo dục và Đào tạo ${here}`,
              `Ủy viên Ủy ban Kiểm tra ${COMMITTEE[unit.type] ?? ''} ${unit.name}`,
              `Chuyên viên, Phòng Nội vụ ${here}`,
            ])
          : own.pick([
              `Ủy viên Ban Chấp hành Đảng bộ ${here}`,
              `Bí thư chi bộ thôn ${1 + own.number(12)}, ${here}`,
              `Phó trưởng thôn ${1 + own.number(12)}, ${here}`,
              `Trưởng thôn ${1 + own.number(12)}, ${here}`,
              `Hiệu trưởng, Trường THCS ${unit.name} (${here})`,
            ]);
    // Half of the rosters carry codes, half only words; where words are all, the unit above is written too.
    const coded = own.number(2) === 0;
    const above = coded || up == null ? '' : `, ${up.type.toLowerCase()} ${up.name}`;
    return {
      of: unit.code,
      position: { text: text + above, unit: coded ? unit.code : null, organisation: null },
    };
  };
  const drawn = Array.from({ length: PEOPLE }, () =>
    own.number(10) === 0 ? [position(), position()] : [position()],
  );
  // Rosters come unit by unit.
  drawn.sort((a, b) => ((a[0] as Located).of < (b[0] as Located).of ? -1 : 1));
  return drawn.map((held, at): Person => {
    const positions = held.map((one) => one.position);
    return {
      id: `p${at}`,
      ...personNamed(personName(own)),
      positions,
      partyMember: true,
    } as unknown as Person;
  });
}

/** Asks every rule of every office of every person, and keeps the seat that is highest up. */
function plainly(people: readonly Person[], bridges: BridgeTree, units: UnitTree): number {
  const atlas = atlasOf(bridges, units);
  const parts = partsOf(compileClauses(clauses, DEFAULT_SETTINGS, units), DEFAULT_SETTINGS);
  let seated = 0;
  for (const { positions } of people) {
    let best = Infinity;
    for (const part of parts) {
      for (const position of positions) {
        const reading = readPosition(position.text, position.organisation);
        for (const office of reading.offices) {
          const location = atlas.locate(reading.words, office, position.unit);
          const tiers =
            office.tiers === 0 ? location.places.reduce((bits, one) => bits | one.tier, 0) : office.tiers;
          if (fit(part.predicate, office, tiers) !== 'yes') continue;
          if (part.predicate.within.length > 0 && !isNamed(part.predicate, nameKey(reading.words))) continue;
          const { bridge } = atlas.bridgeFor(location, part.bridgeClass, office);
          if (bridge !== -1) best = Math.min(best, bridge);
        }
      }
    }
    if (best !== Infinity) seated++;
  }
  return seated;
}

/** Seconds of this thread's own processor time: what others do on the machine counts less than on the clock. */
function timed<Value>(work: () => Value): { value: Value; seconds: number } {
  const start = process.threadCpuUsage();
  const value = work();
  const { user, system } = process.threadCpuUsage(start);
  return { value, seconds: (user + system) / 1e6 };
}

function count(number: number): string {
  return Math.round(number).toLocaleString('en');
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] as number;
}

const clauses = nationalClauses();
const units = nation();
const bridges = bridgesOf(units);
const people = peopleOf(units);
const distinct = new Set(
  people.flatMap((person) => person.positions.map((one) => `${one.text}\n${one.unit}`)),
).size;
/** The same people in no order: every one of them somewhere else in memory, the hardest case. */
const shuffled = people
  .map((person, at) => ({ person, key: Math.imul(at + 1, 2654435761) >>> 0 }))
  .toSorted((a, b) => a.key - b.key)
  .map(({ person }) => person);
const sample = shuffled.slice(0, YARDSTICK);

const settings = DEFAULT_SETTINGS;
const rates: number[] = [];
const shuffledRates: number[] = [];
const yardsticks: number[] = [];
let seated = 0;
for (let round = 1; round <= ROUNDS; round++) {
  const run = timed(() => place({ people, clauses, bridges, units, settings }));
  seated = run.value.placements.filter((placement) => placement.bridge !== null).length;
  rates.push(PEOPLE / run.seconds);
  shuffledRates.push(
    PEOPLE / timed(() => place({ people: shuffled, clauses, bridges, units, settings })).seconds,
  );
  yardsticks.push(YARDSTICK / timed(() => plainly(sample, bridges, units)).seconds);
  const [ordered, other, plain] = [rates, shuffledRates, yardsticks].map((list) =>
    count(list.at(-1) as number),
  );
  console.log(`round ${round}: ${ordered} people/s unit by unit, ${other} in no order; plainly ${plain}`);
}
console.log(
  `${count(PEOPLE)} people, ${count(distinct)} distinct positions, ${count(bridges.bridges.length)} bridges, ` +
    `${clauses.length} clauses: ${count(seated)} seated`,
);
console.log(
  JSON.stringify({
    benchmark: 'placement',
    people: PEOPLE,
    distinctPositions: distinct,
    bridges: bridges.bridges.length,
    clauses: clauses.length,
    seated,
    peoplePerSecond: Math.round(median(rates)),
    peoplePerSecondFirstRound: Math.round(rates[0] as number),
    peoplePerSecondInNoOrder: Math.round(median(shuffledRates)),
    peoplePerSecondPlainly: Math.round(median(yardsticks)),
    timesPlainly: Math.round((median(rates) / median(yardsticks)) * 10) / 10,
  }),
);
