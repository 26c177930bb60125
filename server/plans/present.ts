import type { FieldFailure } from '../../domain/plan/accept.ts';
import type { Reading } from '../../domain/plan/draft.ts';
import type { PlanFinding } from '../../domain/plan/finding.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { failureSentence, findingSentence } from '../../domain/plan/sentences.ts';
import { assertNever } from '../../domain/result.ts';
import type { Language } from '../../domain/text/language.ts';
import type { PinWarning } from '../../domain/units/pin.ts';
import { sayPinWarning, sayUnitTreeFailure } from '../../domain/units/sentences.ts';
import type { UnitTreeFailure } from '../../domain/units/tree.ts';
import type {
  ConferencePlan,
  ConferenceSummary,
  Finding,
  ListedConference,
} from '../../domain/wire/conferences.ts';
import type { Fault } from '../../domain/wire/problem.ts';
import type * as wire from '../../domain/wire/reading.ts';

/** A conference as lists show it. */
export function presentSummary(conference: ConferenceSummary): ConferenceSummary {
  return {
    id: conference.id,
    title: conference.title,
    number: conference.number,
    startsAt: conference.startsAt,
    endsAt: conference.endsAt,
    state: conference.state,
    treeDate: conference.treeDate,
    bridges: conference.bridges,
    people: conference.people,
  };
}

/** A conference as the list of all has it. */
export function presentListed(conference: ListedConference): ListedConference {
  return { ...presentSummary(conference), next: conference.next };
}

/** A plan with its document and with what the checks say. */
export function presentPlan(
  checked: {
    readonly record: ConferenceSummary & { readonly plan: Plan; readonly revision: number };
    readonly reading: Reading | null;
    readonly findings: readonly PlanFinding[];
    readonly tree: TreeNotice | null;
  },
  language: Language,
): ConferencePlan {
  const findings = presentFindings(checked.findings, [], language);
  if (checked.tree !== null) findings.push(presentTreeNotice(checked.tree, language));
  return {
    conference: presentSummary(checked.record),
    plan: checked.record.plan,
    revision: checked.record.revision,
    reading: checked.reading === null ? null : presentReading(checked.reading),
    findings,
  };
}

/** Spans are pairs that nobody changes; the wire's type cannot say so of its lists. */
export function presentReading(reading: Reading): wire.Reading {
  return reading as wire.Reading;
}

/** What the checks say, and what keeps a reading from being a plan, as sentences. */
export function presentFindings(
  findings: readonly PlanFinding[],
  failures: readonly FieldFailure[],
  language: Language,
): Finding[] {
  return [
    ...failures.map((failure): Finding => ({
      code: failure.problem.replaceAll(' ', '-'),
      severity: 'error',
      path: failure.path,
      message: failureSentence(failure, language),
    })),
    ...findings.map((finding): Finding => ({
      code: finding.code,
      severity: finding.severity,
      path: finding.path,
      message: findingSentence(finding, language),
    })),
  ];
}

export function presentFailures(failures: readonly FieldFailure[], language: Language): Fault[] {
  return failures.map((failure) => ({ at: failure.path, message: failureSentence(failure, language) }));
}

export function presentErrors(errors: readonly PlanFinding[], language: Language): Fault[] {
  const whole = language === 'vi' ? 'toàn bộ kế hoạch' : 'the whole plan';
  return errors.map((finding) => ({
    at: finding.path ?? whole,
    message: findingSentence(finding, language),
  }));
}

type TreeNotice =
  | { readonly kind: 'no tree'; readonly failure: UnitTreeFailure }
  | { readonly kind: 'only provinces' }
  | PinWarning;

const ONLY_PROVINCES = {
  vi: 'Chưa nhập danh mục đơn vị hành chính, chương trình mới biết cấp tỉnh. Hãy nhập danh mục trước khi lập điểm cầu cấp dưới.',
  en: 'No official list of units is imported yet, only the provinces are known. Import it before building bridges below them.',
} as const;

function presentTreeNotice(notice: TreeNotice, language: Language): Finding {
  switch (notice.kind) {
    case 'no tree':
      return {
        code: 'no-unit-tree',
        severity: 'warning',
        path: null,
        message: sayUnitTreeFailure(notice.failure, language),
      };
    case 'only provinces':
      return { code: 'only-provinces', severity: 'note', path: null, message: ONLY_PROVINCES[language] };
    case 'other date':
      return {
        code: 'unit-tree-of-other-date',
        severity: 'warning',
        path: null,
        message: sayPinWarning(notice, language),
      };
    default:
      return assertNever(notice);
  }
}
