import type { BridgeClass } from '../bridges/bridge.ts';
import type { ClauseId } from '../ids.ts';
import { ok } from '../result.ts';
import type { Result } from '../result.ts';
import type { DraftDeadline, DraftPlan, Leaf } from './draft.ts';
import { Plan } from './plan.ts';
import type { Deadline } from './plan.ts';

/** `missing`: the plan cannot do without it. `too long`: no office writes that. `malformed`: not of its form. */
export type FieldProblem = 'missing' | 'too long' | 'malformed';

export interface FieldFailure {
  /** `clauses.3.bridgeClass` */
  readonly path: string;
  readonly problem: FieldProblem;
}

export interface AcceptFailure {
  readonly reason: 'not a whole plan';
  readonly fields: readonly FieldFailure[];
}

/** "C1", "C2", ... in the order of the plan. */
export function clauseId(index: number): ClauseId {
  return `C${index + 1}` as ClauseId;
}

/** Stands where a plan must have words and the draft has none yet. */
const NO_WORDS = '-';

export interface ProvisionalPlan {
  /** Of the shape of a plan, as far as it goes; "-" stands where words are missing. */
  readonly plan: Plan;
  /** Empty where it is a whole plan. */
  readonly fields: readonly FieldFailure[];
}

/**
 * Makes a plan of what a person has confirmed. What the plan can do without is null or empty; a clause without a basis is a
 * summons, and a plan that does not say so replaces no notice. Fails with every field that is missing or does not fit.
 */
export function acceptDraft(draft: DraftPlan): Result<Plan, AcceptFailure> {
  const { plan, fields } = provisionalPlan(draft);
  return fields.length === 0 ? ok(plan) : { ok: false, reason: 'not a whole plan', fields };
}

/** What a draft would be as a plan, whole or not, so that it can be checked while somebody still works on it. */
export function provisionalPlan(draft: DraftPlan): ProvisionalPlan {
  const missing: FieldFailure[] = [];
  const need = <Value>(value: Leaf<Value>, path: string, instead: Value): Value => {
    if (value.value !== null && value.value !== '') return value.value;
    missing.push({ path, problem: 'missing' });
    return instead;
  };
  const plan = {
    number: draft.number.value,
    issuer: draft.issuer.value,
    issuedOn: draft.issuedOn.value,
    title: need(draft.title, 'title', NO_WORDS),
    banner: draft.banner.value,
    startsAt: draft.startsAt.value,
    endsAt: draft.endsAt.value,
    venue: draft.venue.value,
    format: draft.format.value,
    broadcast: draft.broadcast.value,
    replacesNotice: draft.replacesNotice.value ?? false,
    bridgeClasses: valuesOf(draft.bridgeClasses),
    clauses: draft.clauses.map((clause, at) => ({
      id: clause.id ?? clauseId(at),
      bridgeClass: need(clause.bridgeClass, `clauses.${at}.bridgeClass`, NO_WORDS as BridgeClass),
      text: need(clause.text, `clauses.${at}.text`, NO_WORDS),
      basis: clause.basis.value ?? 'summoned',
      exclusions: valuesOf(clause.exclusions),
      condition: clause.condition.value,
      quota: clause.quota.value,
    })),
    chairing: valuesOf(draft.chairing),
    agenda: draft.agenda.map((item, at) => ({
      title: need(item.title, `agenda.${at}.title`, NO_WORDS),
      presenter: item.presenter.value,
      minutes: item.minutes.value,
      limit: item.limit.value,
    })),
    documents: valuesOf(draft.documents),
    duties: draft.duties.map((duty, at) => ({
      owner: need(duty.owner, `duties.${at}.owner`, NO_WORDS),
      text: need(duty.text, `duties.${at}.text`, NO_WORDS),
      addressee: duty.addressee.value,
      via: duty.via.value,
      deadline: deadlineOf(duty.deadline),
    })),
    recipients: draft.recipients.map((recipient, at) => ({
      name: need(recipient.name, `recipients.${at}.name`, NO_WORDS),
      purpose: recipient.purpose.value,
    })),
  };
  const parsed = Plan.safeParse(plan);
  const wrong = parsed.success
    ? []
    : parsed.error.issues.map((issue): FieldFailure => ({
        path: issue.path.join('.'),
        problem: issue.code === 'too_big' ? 'too long' : 'malformed',
      }));
  return { plan: parsed.success ? parsed.data : (plan as Plan), fields: [...missing, ...wrong] };
}

function valuesOf<Value>(leaves: readonly Leaf<Value>[]): Value[] {
  return leaves.flatMap((leaf) => (leaf.value === null ? [] : [leaf.value]));
}

function deadlineOf(draft: DraftDeadline): Deadline | null {
  if (draft.phrase.value === null) return null;
  return { phrase: draft.phrase.value, dueBefore: draft.dueBefore.value, recurs: draft.recurs.value };
}
