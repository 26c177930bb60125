import { ok, type Result } from '../result.ts';
import { fits, nfc, tidy } from '../text/normalize.ts';

/** What somebody says on their page: whether they come, why not, or whom they would send. */
export type SaidOnPage =
  | { readonly answer: 'coming' }
  | { readonly answer: 'not-coming'; readonly reason: string }
  | {
      readonly answer: 'substitute';
      readonly reason: string;
      readonly substitute: {
        readonly name: string;
        readonly position: string;
        readonly unit: string | null;
        readonly phone: string | null;
        readonly email: null;
      };
    };

/** Fields of the form for a substitute (người dự thay), and how many letters each may have. */
export const SUBSTITUTE_FIELDS = { name: 100, position: 200, unit: 200, phone: 40, why: 500 } as const;
/** The field of the form for not coming. */
export const ABSENCE_FIELDS = { reason: 500 } as const;
const LONGEST = { ...SUBSTITUTE_FIELDS, ...ABSENCE_FIELDS };
export type AnswerField = keyof typeof LONGEST;

/** The fields as they were typed: what is not right is shown again with every letter. */
export type TypedAnswer = Readonly<Record<AnswerField, string>>;
export interface AnswerFault {
  readonly field: AnswerField;
  readonly fault: 'missing' | 'too long' | 'no telephone';
}
export type AnswerFormFailure =
  /** None of the answers that the page offers. */
  { readonly reason: 'no answer' } | { readonly reason: 'faults'; readonly faults: readonly AnswerFault[] };

const MAY_BE_EMPTY: ReadonlySet<AnswerField> = new Set<AnswerField>(['unit', 'phone']);
/** Figures and what people write between them, at least six figures. */
const TELEPHONE = /^(?=(?:\D*\d){6,15}\D*$)[+(\d][\d\s().-]*$/;

/** What was typed into the fields of a form that somebody sent, whatever else they sent. */
export function typedAnswer(sent: Readonly<Record<string, unknown>>): TypedAnswer {
  const field = (name: AnswerField): string => {
    const value = Object.hasOwn(sent, name) ? sent[name] : undefined;
    // NUL is kept by no database.
    return typeof value === 'string' ? nfc(value.toWellFormed().replaceAll('\0', '')) : '';
  };
  return {
    reason: field('reason'),
    name: field('name'),
    position: field('position'),
    unit: field('unit'),
    phone: field('phone'),
    why: field('why'),
  };
}

/** Reads an answer out of a form. */
export function readAnswer(answer: unknown, typed: TypedAnswer): Result<SaidOnPage, AnswerFormFailure> {
  switch (answer) {
    case 'coming':
      return ok({ answer });
    case 'not-coming': {
      const faults = faultsOf(typed, ABSENCE_FIELDS);
      return faults.length > 0
        ? { ok: false, reason: 'faults', faults }
        : ok({ answer, reason: tidy(typed.reason) });
    }
    case 'substitute': {
      const faults = faultsOf(typed, SUBSTITUTE_FIELDS);
      if (faults.length > 0) return { ok: false, reason: 'faults', faults };
      const [name, position, unit, phone] = [typed.name, typed.position, typed.unit, typed.phone].map(tidy);
      return ok({
        answer,
        reason: tidy(typed.why),
        substitute: {
          name: name ?? '',
          position: position ?? '',
          unit: unit === '' ? null : (unit ?? null),
          phone: phone === '' ? null : (phone ?? null),
          email: null,
        },
      });
    }
    default:
      return { ok: false, reason: 'no answer' };
  }
}

function faultsOf(typed: TypedAnswer, fields: Partial<Record<AnswerField, number>>): AnswerFault[] {
  return (Object.keys(fields) as AnswerField[]).flatMap((field): AnswerFault[] => {
    const text = tidy(typed[field]);
    if (text === '') return MAY_BE_EMPTY.has(field) ? [] : [{ field, fault: 'missing' }];
    // A letter may be several units: a text of ordinary letters has at most so many.
    if (!fits(text, LONGEST[field]) || text.length > LONGEST[field] * 2)
      return [{ field, fault: 'too long' }];
    return field === 'phone' && !TELEPHONE.test(text) ? [{ field, fault: 'no telephone' }] : [];
  });
}
