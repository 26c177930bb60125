import { weekday, weekdayNumber } from '../text/dates.ts';
import { citations, citedWithTwoDates } from './citations.ts';
import type { Reading } from './draft.ts';
import type { PlanFinding } from './finding.ts';
import { findDates } from './moments.ts';
import { keyOf } from './passage.ts';
import type { Passage } from './passage.ts';

/** Longer texts are no plans; what is past this is not looked through. */
const LONGEST = 400_000;

/**
 * Contradictions that only the words of a document show: a weekday that is not the date's, one document with two dates, a
 * committee with two names, dates that do not exist, duties without an owner.
 */
export function checkReading(reading: Reading): PlanFinding[] {
  const text = reading.text.slice(0, LONGEST);
  const whole: Passage = { of: text, text, at: Int32Array.from({ length: text.length }, (_, at) => at) };
  return [
    ...wrongWeekdays(whole, reading),
    ...twoDates(text),
    ...heldBeforeItsPlan(text),
    ...committeeNames(text),
    ...unclearDates(reading),
    ...ownerless(reading),
  ];
}

const WEEKDAYS: readonly RegExp[] = [
  /thu (?:hai|2)\b/,
  /thu (?:ba|3)\b/,
  /thu (?:tu|4)\b/,
  /thu (?:nam|5)\b/,
  /thu (?:sau|6)\b/,
  /thu (?:bay|7)\b/,
  /chu nhat\b/,
];

function wrongWeekdays(whole: Passage, reading: Reading): PlanFinding[] {
  return findDates(whole).flatMap(({ passage, at, date }): PlanFinding[] => {
    if (date === null) return [];
    const key = keyOf(passage.text);
    const named = WEEKDAYS.findIndex((pattern) => pattern.test(key)) + 1;
    if (named === 0 || named === weekdayNumber(date)) return [];
    const starts = reading.plan.startsAt.source.some(
      ([from, to]) => at < to && at + passage.text.length > from,
    );
    return [
      {
        code: 'weekday-wrong',
        severity: 'error',
        path: starts ? 'startsAt' : null,
        params: { date, named, weekdayVi: weekday(date, 'vi'), weekdayEn: weekday(date, 'en') },
      },
    ];
  });
}

function twoDates(text: string): PlanFinding[] {
  return citedWithTwoDates(citations(text)).map(({ number, dates }) => ({
    code: 'document-with-two-dates',
    severity: 'warning',
    path: null,
    params: { number, first: dates[0] ?? '', second: dates[1] ?? '' },
  }));
}

/** More citations and sessions than any plan has are not compared. */
const MOST = 200;

const HELD = /do\s+(?<body>\p{Lu}[^.,;()]{3,60}?)\s+tổ chức\s+(?:vào\s+)?(?:ngày\s+)?(?=\d{1,2}[/.-])/gu;

/** A body's conference that is told to spread a plan which the same body only issued later. */
function heldBeforeItsPlan(text: string): PlanFinding[] {
  const cited = citations(text)
    .slice(0, MOST)
    .map((each) => ({ ...each, of: keyOf(each.of) }));
  return [...text.matchAll(HELD)].slice(0, MOST).flatMap((found): PlanFinding[] => {
    const body = keyOf(found.groups?.['body'] ?? '').trim();
    const rest = text.slice(found.index + found[0].length, found.index + found[0].length + 12);
    const held = findDates({
      of: rest,
      text: rest,
      at: Int32Array.from({ length: rest.length }, (_, at) => at),
    })[0]?.date;
    if (held === undefined || held === null) return [];
    const later = cited.find((each) => each.date > held && each.of.startsWith(body));
    if (later === undefined) return [];
    return [
      {
        code: 'held-before-its-plan',
        severity: 'warning',
        path: null,
        params: { number: later.number, date: later.date, held },
      },
    ];
  });
}

const COMMITTEE = /Ban Chỉ đạo\s+(?:Trung ương\s+|quốc gia\s+)?về\s+(?<name>[^.;()"”]{20,160})/gu;
/** Words with which one writing of a name goes on and another does not. */
const VARIANT = ' quoc gia';
const LEAST_COMMON = 25;

function committeeNames(text: string): PlanFinding[] {
  const names = [...text.matchAll(COMMITTEE)]
    .slice(0, 100)
    .map((found) => keyOf(found.groups?.['name'] ?? ''));
  for (const long of names) {
    const at = long.indexOf(VARIANT, LEAST_COMMON);
    if (at < 0) continue;
    const stem = long.slice(0, at);
    if (names.some((name) => name.startsWith(stem) && !name.startsWith(stem + VARIANT))) {
      return [{ code: 'committee-named-two-ways', severity: 'note', path: null, params: {} }];
    }
  }
  return [];
}

function unclearDates(reading: Reading): PlanFinding[] {
  return reading.leftovers.flatMap((leftover, at): PlanFinding[] =>
    leftover.reason === 'date-unclear'
      ? [
          {
            code: 'date-unclear',
            severity: 'warning',
            path: `leftovers.${at}`,
            params: { text: leftover.text.slice(0, 120) },
          },
        ]
      : [],
  );
}

function ownerless(reading: Reading): PlanFinding[] {
  return reading.plan.duties.flatMap((duty, at): PlanFinding[] =>
    duty.owner.value === null
      ? [{ code: 'owner-missing', severity: 'warning', path: `duties.${at}.owner`, params: { duty: at + 1 } }]
      : [],
  );
}
