import { BridgeClass } from '../bridges/bridge.ts';
import type { Duty } from '../plan/plan.ts';
import { fold } from '../text/search.ts';

/**
 * The words by which a plan names the bodies that owe a report, without marks. Longer names first: what they take away
 * is not read twice ("đảng ủy trực thuộc Trung ương" is no central agency).
 */
const BODIES: readonly (readonly [BridgeClass, RegExp])[] = (
  [
    ['direct-committee', /dang (?:uy|bo) truc thuoc (?:trung uong|tw)/g],
    ['armed-forces', /quan uy trung uong|dang uy cong an trung uong|luc luong vu trang|quan doi|cong an/g],
    [
      'agency',
      /bo, nganh|\bban, bo\b|\bcac bo\b|co quan (?:o )?(?:trung uong|tw)|ban dang (?:trung uong|tw)/g,
    ],
    ['party-bloc', /dang uy (?:cac )?khoi\b|dang uy cac co quan/g],
    ['province', /\btinh uy\b|\bthanh uy\b|\bcap tinh\b|ubnd tinh|uy ban nhan dan tinh/g],
    ['district', /\bhuyen uy\b|\bquan uy\b|\bthi uy\b|\bcap huyen\b|ubnd huyen|uy ban nhan dan huyen/g],
    ['enterprise', /doanh nghiep|tap doan|tong cong ty/g],
    ['commune', /dang uy (?:cac )?(?:xa|phuong)\b|\bcap xa\b|ubnd (?:cac )?xa\b/g],
    ['grassroots', /to chuc co so dang|\btccs\b|\bchi,? dang bo\b|\bchi bo\b|dang bo co so|cap co so/g],
  ] as const
).map(([name, words]) => [BridgeClass.parse(name), words]);

/**
 * The classes of bridges that the owner of a duty names: a proposal, for a person to confirm. "thành ủy" is read as that
 * of a centrally-run city, as it stands beside "tỉnh ủy". Empty where no word is known.
 */
export function boundClasses(owner: string): readonly BridgeClass[] {
  let rest = fold(owner);
  const found: BridgeClass[] = [];
  for (const [bridgeClass, words] of BODIES) {
    const without = rest.replace(words, ' ');
    if (without !== rest) found.push(bridgeClass);
    rest = without;
  }
  return found;
}

/** The duty to report who comes and how many ("thông báo thành phần, số lượng đại biểu"); null where the plan has none. */
export function headcountDuty(duties: readonly Duty[]): Duty | null {
  return duties.find(({ text }) => /so luong dai bieu/.test(fold(text))) ?? null;
}

/** To whom difficulties go ("khó khăn, vướng mắc"), and through which office. */
export interface DifficultyRoute {
  readonly addressee: string | null;
  readonly via: string | null;
}

/** What the plan says of difficulties; both null where it says nothing, and the level above is the one to tell. */
export function difficultyRoute(duties: readonly Duty[]): DifficultyRoute {
  const duty = duties.find(({ text }) => /kho khan,? vuong mac/.test(fold(text)));
  return { addressee: duty?.addressee ?? null, via: duty?.via ?? null };
}
