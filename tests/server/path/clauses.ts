import type { Clause } from '../../../domain/plan/plan.ts';
import { fold } from '../../../domain/text/search.ts';

/** What the national plan of 13/01/2025 says of who comes, clause by clause; two documents say it in their own words. */
interface Wanted {
  readonly id: string;
  readonly bridgeClass: string;
  readonly basis: Clause['basis'];
  /** Folded; the clause has to say all of them. */
  readonly says: readonly RegExp[];
  readonly exclusion?: RegExp;
  readonly condition?: RegExp;
  /** Some documents part it into two clauses. */
  readonly maybeTwo?: true;
}

type Row = readonly [id: string, basis: Clause['basis'], ...says: RegExp[]];

function of(bridgeClass: string, ...rows: readonly Row[]): Wanted[] {
  return rows.map(([id, basis, ...says]) => ({ id, bridgeClass, basis, says }));
}

const WANTED: readonly Wanted[] = [
  ...of(
    'central',
    ['C1', 'summoned', /tong bi thu/, /chu tri hoi nghi/],
    ['C2', 'summoned', /bo chinh tri/, /ban bi thu/, /du khuyet/],
    ['C3', 'invited', /nguyen lanh dao cap cao/],
    ['C4', 'summoned', /tap the lanh dao/, /co quan ngang bo/, /mat tran to quoc/],
    ['C5', 'summoned', /uy ban kiem tra trung uong/, /quan uy trung uong/, /cong an trung uong/],
    ['C6', 'summoned', /vu/, /van phong trung uong dang/, /ban kinh te trung uong/],
    ['C7', 'invited', /nha khoa hoc/, /doanh nghiep/],
  ),
  ...of(
    'agency',
    ['C8', 'summoned', /tong cuc, cuc, vu, vien va tuong duong/],
    ['C9', 'summoned', /bao cao vien/],
    ['C10', 'conditional', /mo rong/, /can bo, dang vien/],
  ),
  ...of(
    'province',
    ['C11', 'summoned', /ban thuong vu/, /ban chap hanh/, /uy ban kiem tra/, /tinh uy, thanh uy/],
    ['C12', 'summoned', /truong.*pho cac ban, so, nganh, doan the/],
    ['C13', 'summoned', /mat tran to quoc/, /trung uong dong tren dia ban/],
    ['C14', 'summoned', /bao cao vien cap tinh/, /hoi quan chung/],
    ['C15', 'discretionary', /do cap tinh trieu tap/],
  ),
  ...of(
    'district',
    ['C16', 'summoned', /ban chap hanh/, /uy ban kiem tra/, /huyen uy, thi uy, thanh uy/],
    ['C17', 'summoned', /truong.*pho.*ban, phong, doan the/],
    ['C18', 'discretionary', /do cap huyen trieu tap/],
  ),
  ...of(
    'commune',
    ['C19', 'summoned', /ban chap hanh dang bo/],
    ['C20', 'summoned', /bi thu chi bo khu dan cu, to dan pho/, /truong.*pho.*thon/],
    [
      'C21',
      'summoned',
      /hieu truong, pho hieu truong/,
      /trung hoc co so/,
      /trung hoc pho thong/,
      /dong tren dia ban xa/,
    ],
  ),
].map((wanted): Wanted => {
  switch (wanted.id) {
    case 'C2':
      return { ...wanted, exclusion: /^tru cac dong chi .*chu tri .*diem cau.* bo, nganh, dia phuong$/ };
    case 'C8':
      return { ...wanted, exclusion: /^tru cac dong chi da du .* diem cau trung uong$/ };
    case 'C10':
      return { ...wanted, condition: /phong hop/ };
    case 'C14':
    case 'C20':
      return { ...wanted, maybeTwo: true };
    default:
      return wanted;
  }
});

/**
 * The ids that a plan's clauses have, by what the requirements call them. Throws where the plan does not say, in this
 * order and nothing beside it, what it has to say.
 */
export function clauseIds(clauses: readonly Clause[]): ReadonlyMap<string, readonly string[]> {
  const ids = new Map<string, readonly string[]>();
  let rest = clauses;
  for (const wanted of WANTED) {
    const whole = rest.slice(0, 1);
    const two = wanted.maybeTwo === true ? rest.slice(0, 2) : whole;
    const taken = fits(wanted, whole) ? whole : two;
    if (!fits(wanted, taken)) throw new Error(`${wanted.id} is not ${JSON.stringify(taken)}`);
    ids.set(
      wanted.id,
      taken.map(({ id }) => id),
    );
    rest = rest.slice(taken.length);
  }
  if (rest.length > 0) throw new Error(`more than the plan says: ${JSON.stringify(rest)}`);
  return ids;
}

function fits(wanted: Wanted, clauses: readonly Clause[]): boolean {
  const text = fold(clauses.map((clause) => clause.text).join('; '));
  const exclusions = clauses.flatMap((clause) => clause.exclusions.map((words) => fold(words)));
  const conditions = clauses.flatMap(({ condition }) => (condition === null ? [] : [fold(condition)]));
  return (
    clauses.every((clause) => clause.bridgeClass === wanted.bridgeClass && clause.basis === wanted.basis) &&
    wanted.says.every((words) => words.test(text)) &&
    agree(exclusions, wanted.exclusion) &&
    agree(conditions, wanted.condition)
  );
}

function agree(found: readonly string[], wanted: RegExp | undefined): boolean {
  return found.length === (wanted === undefined ? 0 : 1) && found.every((words) => wanted?.test(words));
}
