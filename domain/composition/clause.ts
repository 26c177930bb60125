import type { BridgeClass } from '../bridges/bridge.ts';
import type { ClauseId } from '../ids.ts';
import type { Clause } from '../plan/plan.ts';
import { nfc, tidy } from '../text/normalize.ts';
import { fold } from '../text/search.ts';
import type { CompiledClause, Exclusion } from './compiled.ts';
import { readRules, type Part } from './grammar.ts';
import { sayExclusion } from './describe.ts';
import type { Rule, Tier } from './rule.ts';
import { DEFAULT_SETTINGS, type Correction, type GivenExclusion } from './settings.ts';

/** Rules that an organizer gave in place of a clause's words. */
export type GivenRules = ReadonlyMap<ClauseId, readonly Rule[]>;

const TIER_OF_CLASS: Readonly<Record<string, Tier>> = {
  central: 'central',
  province: 'province',
  district: 'district',
  commune: 'commune',
  village: 'village',
  'party-bloc': 'bloc',
  grassroots: 'grassroots',
};

/**
 * Reads what a clause asks, from its words and the class of bridge that it speaks of ("thành ủy" is of the province at
 * a province's bridge, of the district at a district's). `tiers` says the level of bridge classes that a unit tree names
 * in its own way.
 */
export function compileClause(
  clause: Clause,
  given: GivenRules = new Map(),
  tiers: ReadonlyMap<BridgeClass, Tier> = new Map(),
  correction: Correction = {},
): CompiledClause {
  const corrected = {
    ...clause,
    basis: correction.basis ?? clause.basis,
    quota: quotaOf(clause, correction),
  };
  const read = readClause(corrected, given, tiers);
  if (Object.keys(correction).length === 0) return read;
  // "Đại diện" in the words no longer says that the unit names them.
  const parts =
    correction.quota === null ? read.parts.map((part) => ({ ...part, quota: false })) : read.parts;
  if (correction.exclusions === undefined) return { ...read, parts, given: true };
  return {
    ...read,
    parts,
    exclusions: correction.exclusions.map(exclusionOf),
    unreadExclusions: [],
    given: true,
  };
}

function quotaOf(clause: Clause, { quota }: Correction): number | null {
  return quota === undefined ? clause.quota : quota;
}

/** The words are those in which it is told: the plan has none for it. */
function exclusionOf(given: GivenExclusion): Exclusion {
  const exclusion: Exclusion = { ...given, words: '' };
  return { ...exclusion, words: sayExclusion(exclusion, DEFAULT_SETTINGS, 'vi') };
}

function readClause(
  clause: Clause,
  given: GivenRules,
  tiers: ReadonlyMap<BridgeClass, Tier>,
): CompiledClause {
  const { text, exclusions } = takeOut(clause);
  const level = tiers.get(clause.bridgeClass) ?? TIER_OF_CLASS[clause.bridgeClass] ?? null;
  const compiledExclusions: Exclusion[] = [];
  const unreadExclusions: string[] = [];
  for (const words of exclusions) {
    const exclusion = compileExclusion(words, level);
    if (exclusion === null) unreadExclusions.push(words);
    else compiledExclusions.push(exclusion);
  }
  const rules = given.get(clause.id);
  if (rules !== undefined) {
    const parts = rules.map((rule) => ({ words: clause.text, rule, quota: clause.quota !== null }));
    return { clause, parts, exclusions: compiledExclusions, unread: [], unreadExclusions, given: true };
  }
  const read = readRules(text, level);
  const openEnded = clause.basis === 'discretionary';
  const parts: Part[] =
    openEnded && read.parts.length === 0
      ? [{ words: tidy(text), rule: { kind: 'others' }, quota: false }]
      : read.parts;
  return {
    clause,
    parts:
      clause.quota === null || parts.some((part) => part.quota)
        ? parts
        : parts.map((part) => ({ ...part, quota: true })),
    exclusions: compiledExclusions,
    // A decision names the people of such a clause, whatever its words.
    unread: openEnded ? [] : read.unread,
    unreadExclusions,
    given: false,
  };
}

const BRACKETED_EXCLUSION = /\(\s*\*?\s*((?:ngoại\s+)?trừ|không\s+(?:bao\s+)?gồm|không\s+kể)\s[^)]*\)/giu;
const TRAILING_EXCLUSION = /,?\s((?:ngoại\s+)?trừ|không\s+(?:bao\s+)?gồm|không\s+kể)\s[^.;()]*/giu;
const CONDITION = /,?\s(?:nếu|khi có điều kiện|ở những nơi|tại những nơi|nơi có điều kiện)\s?[^.;()]*/giu;

function takeOut(clause: Clause): { text: string; exclusions: readonly string[] } {
  const found: string[] = [];
  const keep = (match: string): string => {
    found.push(tidy(match.replace(/^[\s(,*]+|[\s)*]+$/g, '')));
    return ' ';
  };
  const text = nfc(clause.text)
    .replaceAll('*', '')
    .replace(BRACKETED_EXCLUSION, keep)
    .replace(TRAILING_EXCLUSION, keep)
    .replace(CONDITION, ' ');
  return { text, exclusions: clause.exclusions.length > 0 ? clause.exclusions : found };
}

function compileExclusion(words: string, level: Tier | null): Exclusion | null {
  const key = fold(tidy(words));
  if (key.includes('chu tri') || key.includes('chu toa')) return { words, kind: 'chairs' };
  const took = /\b(da )?(du|tham du|tham gia|co mat|hoc tap)\b/.test(key);
  if (took && key.includes('diem cau')) return { words, kind: 'seated-at', bridgeClass: classNamed(key) };
  if (took && /\bda\b/.test(key)) return { words, kind: 'attended' };
  const rest = words.replace(/^\s*(?:(?:ngoại\s+)?trừ|không\s+(?:bao\s+)?gồm|không\s+kể)\s/iu, '');
  const { parts, unread } = readRules(rest, level);
  if (parts.length === 0 || unread.length > 0) return null;
  return { words, kind: 'rules', rules: parts.map((part) => part.rule) };
}

function classNamed(key: string): BridgeClass | null {
  const after = key.slice(key.indexOf('diem cau'));
  const named: readonly (readonly [RegExp, string])[] = [
    [/bo, nganh|bo nganh|co quan trung uong/, 'agency'],
    [/khoi/, 'party-bloc'],
    [/trung uong/, 'central'],
    [/cap tinh|\btinh\b/, 'province'],
    [/cap huyen|\bhuyen\b/, 'district'],
    [/cap xa|\bxa\b/, 'commune'],
  ];
  return (named.find(([pattern]) => pattern.test(after))?.[1] ?? null) as BridgeClass | null;
}
