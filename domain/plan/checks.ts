import type { BridgeClass } from '../bridges/bridge.ts';
import { deadlineWarning } from '../deadlines/workdays.ts';
import { civilDateOf, instantOf } from '../time.ts';
import type { CivilDate, Instant } from '../time.ts';
import { citations, citedWithTwoDates } from './citations.ts';
import { mentionedClasses } from './classes.ts';
import type { PlanFinding, PlanFindingCode } from './finding.ts';
import { keyOf } from './passage.ts';
import type { Duty, Plan } from './plan.ts';

/** What the plan is checked against, beside itself. */
export interface PlanContext {
  /** Ids of the levels that have units on the date of the conference; null where no unit tree is at hand. */
  readonly levels: readonly string[] | null;
}

const NO_CONTEXT: PlanContext = { levels: null };

/** From this day on the country has no districts (the three-level model). */
const DISTRICTS_END: CivilDate = '2025-07-01' as CivilDate;

function finding(
  code: PlanFindingCode,
  severity: PlanFinding['severity'],
  path: string | null,
  params: PlanFinding['params'] = {},
): PlanFinding {
  return { code, severity, path, params };
}

/** Everything in a plan that contradicts itself, the calendar, or the form of such plans. */
export function checkPlan(plan: Plan, context: PlanContext = NO_CONTEXT): PlanFinding[] {
  return [
    ...checkTimes(plan),
    ...checkClasses(plan, context),
    ...checkChairs(plan),
    ...checkAgenda(plan),
    ...checkDeadlines(plan),
    ...checkCitations(plan),
    ...checkSymbol(plan.number),
  ];
}

/** The civil date of a bare date or of a date and hour. */
function dayOf(value: string): CivilDate | null {
  if (value.length === 10) return value as CivilDate;
  const instant = instantOf(value);
  return instant === null ? null : civilDateOf(instant);
}

function hourOf(value: string | null): Instant | null {
  return value === null || value.length === 10 ? null : instantOf(value);
}

/** Minutes of the programme; null where the hours are not both given, or on two days. */
function programmeMinutes(plan: Plan): number | null {
  const start = hourOf(plan.startsAt);
  const end = hourOf(plan.endsAt);
  if (start === null || end === null || end <= start || civilDateOf(start) !== civilDateOf(end)) return null;
  return (end - start) / 60_000;
}

function checkTimes(plan: Plan): PlanFinding[] {
  const { startsAt, endsAt, issuedOn } = plan;
  if (startsAt === null) return [finding('no-start', 'warning', 'startsAt')];
  const found: PlanFinding[] = [];
  if (startsAt.length === 10) found.push(finding('no-hour', 'note', 'startsAt'));
  const start = dayOf(startsAt);
  const end = endsAt === null ? null : dayOf(endsAt);
  const startHour = hourOf(startsAt);
  const endHour = hourOf(endsAt);
  const reversed =
    startHour !== null && endHour !== null
      ? endHour <= startHour
      : start !== null && end !== null && end < start;
  if (reversed) found.push(finding('ends-before-start', 'error', 'endsAt'));
  if (start !== null && issuedOn !== null && issuedOn > start) {
    found.push(finding('issued-after-start', 'warning', 'issuedOn', { issued: issuedOn, start }));
  }
  return found;
}

function checkClasses(plan: Plan, context: PlanContext): PlanFinding[] {
  const found: PlanFinding[] = [];
  if (plan.bridgeClasses.length === 0) found.push(finding('no-bridge-classes', 'warning', 'bridgeClasses'));
  if (plan.clauses.length === 0) found.push(finding('no-clauses', 'warning', 'clauses'));
  const listed = new Set<string>(plan.bridgeClasses);
  const withClauses = new Set<string>(plan.clauses.map((clause) => clause.bridgeClass));
  for (const [at, clause] of plan.clauses.entries()) {
    if (!listed.has(clause.bridgeClass)) {
      found.push(
        finding('clause-class-not-listed', 'error', `clauses.${at}.bridgeClass`, {
          clause: clause.id,
          class: clause.bridgeClass,
        }),
      );
    }
    if (clause.quota === 0)
      found.push(finding('quota-unstated', 'note', `clauses.${at}.quota`, { clause: clause.id }));
  }
  const start = plan.startsAt === null ? null : dayOf(plan.startsAt);
  for (const [at, bridgeClass] of plan.bridgeClasses.entries()) {
    if (plan.clauses.length > 0 && !withClauses.has(bridgeClass)) {
      found.push(finding('class-without-clauses', 'warning', `bridgeClasses.${at}`, { class: bridgeClass }));
    }
    if (bridgeClass !== 'district' || start === null) continue;
    const gone = context.levels === null ? start >= DISTRICTS_END : !context.levels.includes('district');
    if (gone) found.push(finding('districts-gone', 'error', `bridgeClasses.${at}`, { date: start }));
  }
  return found;
}

/** Classes of bridges whose chair the plan tells how to find. */
function classesWithChair(plan: Plan): ReadonlySet<string> {
  const covered = new Set<string>();
  const all = plan.bridgeClasses;
  const [main] = all;
  const cover = (classes: readonly string[]): void => classes.forEach((each) => covered.add(each));
  for (const rule of plan.chairing) {
    const key = keyOf(rule);
    const places = key.slice(Math.max(0, key.search(/\bdiem cau\b/)));
    if (/\b(?:cac|tung|moi) diem cau\b/.test(key)) cover(all);
    if (/\bdia phuong\b/.test(key)) cover(['province', 'district', 'commune', 'village', 'grassroots']);
    if (/\bbo, nganh\b|\bco quan\b|\bdon vi\b/.test(key))
      cover(all.filter((each) => each !== 'central' && each !== main));
    if (main !== undefined && /\bhoi nghi\b|\bphien hop\b/.test(key)) cover([main]);
    const passage = { of: rule, text: rule, at: Int32Array.from({ length: rule.length }, (_, at) => at) };
    for (const each of mentionedClasses(passage, main === undefined ? null : { class: main, name: '' }))
      cover([each.class]);
    if (/\bcap xa\b|\bxa, phuong\b/.test(places)) cover(['commune']);
  }
  for (const clause of plan.clauses)
    if (/chủ\s+(?:trì|tọa)/iu.test(clause.text)) covered.add(clause.bridgeClass);
  return covered;
}

function checkChairs(plan: Plan): PlanFinding[] {
  const covered = classesWithChair(plan);
  return plan.bridgeClasses
    .filter((each: BridgeClass) => !covered.has(each))
    .map((each) => finding('chair-rule-missing', 'warning', 'chairing', { class: each }));
}

function checkAgenda(plan: Plan): PlanFinding[] {
  const window = programmeMinutes(plan);
  if (window === null) return [];
  const found: PlanFinding[] = [];
  for (const [at, item] of plan.agenda.entries()) {
    if (item.minutes !== null && item.minutes > window) {
      found.push(
        finding('item-too-long', 'error', `agenda.${at}.minutes`, {
          item: at + 1,
          minutes: item.minutes,
          window,
        }),
      );
    }
  }
  const stated = plan.agenda.reduce((sum, item) => sum + (item.minutes ?? 0), 0);
  if (stated > window) found.push(finding('agenda-too-long', 'error', 'agenda', { stated, window }));
  return found;
}

const HEADCOUNT = /\bthanh phan\b|\bso luong\b|\bdanh sach\b|\bdang ky (?:dai bieu|du)\b/;
const REPORT = /\bbao cao\b.{0,40}\bket qua\b|\bket qua\b.{0,80}\bbao cao\b/;
const STUDY = /\bhoc tap\b|\bquan triet\b|\bsinh hoat\b|^hoan thanh\b/;

function isStudy(duty: Duty): boolean {
  const phrase = keyOf(duty.deadline?.phrase ?? '');
  return (
    /\bhoan thanh\b/.test(phrase) &&
    STUDY.test(keyOf(duty.text)) &&
    !REPORT.test(keyOf(duty.text)) &&
    !/\bxay dung ke hoach\b/.test(keyOf(duty.text))
  );
}

/** The study period of the plan that ends last. */
function lastStudy(plan: Plan): { duty: Duty; ends: Instant; phrase: string } | null {
  let last: { duty: Duty; ends: Instant; phrase: string } | null = null;
  for (const duty of plan.duties) {
    if (duty.deadline === null || duty.deadline.dueBefore === null || !isStudy(duty)) continue;
    const ends = instantOf(duty.deadline.dueBefore);
    if (ends !== null && (last === null || ends > last.ends))
      last = { duty, ends, phrase: duty.deadline.phrase };
  }
  return last;
}

function checkDeadlines(plan: Plan): PlanFinding[] {
  const found: PlanFinding[] = [];
  const start = plan.startsAt === null ? null : (hourOf(plan.startsAt) ?? instantOf(plan.startsAt));
  const study = lastStudy(plan);
  for (const [at, duty] of plan.duties.entries()) {
    const { deadline } = duty;
    if (deadline === null) continue;
    const path = `duties.${at}.deadline`;
    const { phrase } = deadline;
    const due = deadline.dueBefore === null ? null : instantOf(deadline.dueBefore);
    if (due === null) {
      if (deadline.recurs === null) found.push(finding('deadline-undated', 'note', path, { phrase }));
      continue;
    }
    const lastDay = civilDateOf((due - 1) as Instant);
    if (plan.issuedOn !== null && lastDay < plan.issuedOn) {
      found.push(finding('deadline-before-issue', 'error', path, { phrase, issued: plan.issuedOn }));
    }
    if (start !== null && due > start && HEADCOUNT.test(keyOf(duty.text)) && duty.addressee !== null) {
      found.push(finding('deadline-after-start', 'warning', path, { phrase }));
    }
    const warning = deadlineWarning(lastDay);
    if (warning?.kind === 'not-a-working-day') {
      found.push(
        finding('deadline-not-working-day', 'warning', path, {
          phrase,
          lastDay,
          ...(warning.lastWorkingDay === null ? {} : { working: warning.lastWorkingDay }),
        }),
      );
    }
    if (!REPORT.test(keyOf(duty.text))) continue;
    if (study !== null && study.duty !== duty && due < study.ends) {
      found.push(finding('report-before-study-ends', 'warning', path, { phrase, study: study.phrase }));
    }
  }
  return found;
}

/** All words of a plan that may cite other documents, with where they stand. */
function textsOf(plan: Plan): { path: string; text: string }[] {
  return [
    { path: 'title', text: plan.title },
    ...plan.documents.map((text, at) => ({ path: `documents.${at}`, text })),
    ...plan.agenda.map((item, at) => ({ path: `agenda.${at}.title`, text: item.title })),
    ...plan.duties.map((duty, at) => ({ path: `duties.${at}.text`, text: duty.text })),
  ];
}

function checkCitations(plan: Plan): PlanFinding[] {
  const texts = textsOf(plan);
  const cited = texts.flatMap(({ path, text }) => citations(text).map((each) => ({ ...each, path })));
  const found = citedWithTwoDates(cited).map(({ number, dates }) => {
    const odd = cited.findLast((each) => each.number === number);
    return finding('document-with-two-dates', 'warning', odd?.path ?? null, {
      number,
      first: dates[0] ?? '',
      second: dates[1] ?? '',
    });
  });
  const { issuedOn } = plan;
  if (issuedOn === null) return found;
  const later = cited.find((each) => each.date > issuedOn);
  if (later !== undefined) {
    found.push(
      finding('document-later-than-plan', 'warning', later.path, {
        number: later.number,
        date: later.date,
        issued: issuedOn,
      }),
    );
  }
  return found;
}

/** Symbols in which a scanner, or a hand, left the bar of đ away, each with its right writing. */
const ODD_SYMBOLS: readonly (readonly [RegExp, string])[] = [
  [/BCD(?=TW|\b|$)/, 'BCĐ'],
  [/(?<=[-/])DUK$/, 'ĐUK'],
  [/(?<=[-/])DU$/, 'ĐU'],
  [/(?<=[-/])QD(?=[-/]|$)/, 'QĐ'],
  [/HDND/, 'HĐND'],
];

/** "01-TB/BCDTW" for "01-TB/BCĐTW". */
function checkSymbol(number: string | null): PlanFinding[] {
  if (number === null) return [];
  const right = ODD_SYMBOLS.reduce((symbol, [odd, instead]) => symbol.replace(odd, instead), number);
  return right === number ? [] : [finding('symbol-odd', 'note', 'number', { number, right })];
}
