import type { BridgeClass } from '../bridges/bridge.ts';
import { toneKey } from '../text/search.ts';
import type { UnitTree } from '../units/unit.ts';
import type { Tier } from './rule.ts';
import { tokenize } from './tokens.ts';
import { AND, phraseKeys } from './words.ts';

/** The level that bridges of a class stand for. */
export const CLASS_TIER: Readonly<Record<string, Tier>> = {
  central: 'central',
  province: 'province',
  district: 'district',
  commune: 'commune',
  village: 'village',
  'party-bloc': 'bloc',
};

const TYPES: readonly (readonly [type: string, plain: string, tier: Tier])[] = [
  ['tỉnh', 'tỉnh', 'province'],
  ['thành phố trực thuộc trung ương', 'thành phố', 'province'],
  ['thành phố', 'thành phố', 'district'],
  ['huyện', 'huyện', 'district'],
  ['quận', 'quận', 'district'],
  ['thị xã', 'thị xã', 'district'],
  ['xã', 'xã', 'commune'],
  ['phường', 'phường', 'commune'],
  ['thị trấn', 'thị trấn', 'commune'],
  ['đặc khu', 'đặc khu', 'commune'],
];

/** How people say a type of unit, by the type as lists have it. */
export const PLAIN_TYPE = new Map(TYPES.map(([type, plain]) => [toneKey(type), plain]));
const TYPE_TIER = new Map(TYPES.map(([type, , tier]) => [toneKey(type), tier]));

/** The level that a unit tree's own level stands for, by its id or by the types that it holds. */
export function tiersOfLevels(units: UnitTree | null): ReadonlyMap<BridgeClass, Tier> {
  const tiers = new Map<BridgeClass, Tier>();
  for (const level of units?.levels ?? []) {
    const tier =
      CLASS_TIER[level.id] ??
      level.types.map((type) => TYPE_TIER.get(toneKey(type))).find((found) => found !== undefined);
    if (tier !== undefined) tiers.set(level.id as string as BridgeClass, tier);
  }
  return tiers;
}

/** What names of bridges begin with. */
export const PREFIX = phraseKeys('điểm cầu');

/** `Điểm cầu tỉnh Thái Nguyên`, `Huyện ủy Đại Từ`, `Yên Lãng` as type and name. */
export function typedName(said: string): { type: string | null; name: string[] } {
  const { tokens, words } = tokenize(said);
  for (const token of tokens) {
    const { term } = token;
    if ((term?.is !== 'tier' && term?.is !== 'body') || term.type === null) continue;
    const name: string[] = [];
    for (let at = token.to; at < words.length; at++) {
      const word = words[at];
      if (word === undefined || word.mark) break;
      if (word.key !== AND) name.push(word.key);
    }
    if (name.length > 0) return { type: term.type, name };
  }
  let keys = words.filter((word) => !word.mark && word.key !== AND).map((word) => word.key);
  if (PREFIX.every((key, position) => keys[position] === key)) keys = keys.slice(PREFIX.length);
  return { type: null, name: keys };
}
