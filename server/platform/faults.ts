import type { z } from 'zod';

import { assertNever } from '../../domain/result.ts';
import type { Language, Sentence } from '../../domain/text/language.ts';
import type { Fault } from '../../domain/wire/problem.ts';

/** A person mends a few at a time; a file of a hundred thousand bad rows must not answer with as many faults. */
export const MOST_FAULTS = 100;

const WHOLE: Sentence = { vi: 'toàn bộ nội dung', en: 'the whole of it' };

/** Marks in the place of input that cannot be kept, see `intake.ts`. */
export const UNSTORABLE = Symbol('unstorable');
export const TOO_DEEP = Symbol('too deep');

const MARKS: ReadonlyMap<unknown, Sentence> = new Map([
  [
    UNSTORABLE,
    {
      vi: 'có ký tự không lưu được (ký tự rỗng hoặc nửa ký tự)',
      en: 'has a character that cannot be stored (a NUL or half of a character)',
    },
  ],
  [TOO_DEEP, { vi: 'lồng quá nhiều tầng', en: 'is nested too deeply' }],
]);

/**
 * What zod found in an input, each with the field it is about, in our own sentences: zod's Vietnamese ones leak English
 * type names. The input must have been parsed with `reportInput`, or a missing field is taken for one of a wrong kind.
 */
export function faultsOf(error: z.ZodError, language: Language): Fault[] {
  const faults: Fault[] = [];
  for (const issue of flattened(error.issues)) {
    if (faults.length === MOST_FAULTS) break;
    faults.push({
      at: fieldName(issue.path, language),
      message: (MARKS.get(issue.input) ?? sentenceOf(issue))[language],
    });
  }
  return faults;
}

/** `clauses.3.text` */
function fieldName(path: readonly PropertyKey[], language: Language): string {
  return path.length === 0 ? WHOLE[language] : path.map(String).join('.').slice(0, 200);
}

/** One issue for each field: what zod nests (keys of a record) is brought to the top. */
function* flattened(issues: readonly z.core.$ZodIssue[]): Generator<z.core.$ZodIssue> {
  for (const issue of issues) {
    if (issue.code === 'invalid_key' || issue.code === 'invalid_element') {
      for (const inner of issue.issues) yield { ...inner, path: [...issue.path, ...inner.path] };
    } else if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) yield { ...issue, path: [...issue.path, key] };
    } else {
      yield issue;
    }
  }
}

function sentenceOf(issue: z.core.$ZodIssue): Sentence {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue);
    case 'too_big':
      return limit(issue.origin, issue.maximum, issue.inclusive ?? true, 'most');
    case 'too_small':
      return limit(issue.origin, issue.minimum, issue.inclusive ?? true, 'least');
    case 'invalid_format':
      return wrongFormat(issue.format);
    case 'not_multiple_of':
      return { vi: `phải chia hết cho ${issue.divisor}`, en: `must be a multiple of ${issue.divisor}` };
    case 'unrecognized_keys':
      return { vi: 'không có mục nào tên như vậy', en: 'there is no field of this name' };
    case 'invalid_value': {
      const values = issue.values.map((value) => String(value)).join(', ');
      return { vi: `phải là một trong: ${values}`, en: `must be one of: ${values}` };
    }
    case 'invalid_union':
      return { vi: 'không đúng dạng nào được chấp nhận', en: 'is of none of the accepted kinds' };
    case 'custom':
    case 'invalid_key':
    case 'invalid_element':
      return { vi: 'giá trị không hợp lệ', en: 'is not a valid value' };
    default:
      return assertNever(issue);
  }
}

const TYPES: Readonly<Record<string, Sentence>> = {
  string: { vi: 'phải là chữ', en: 'must be text' },
  number: { vi: 'phải là số', en: 'must be a number' },
  int: { vi: 'phải là số nguyên', en: 'must be a whole number' },
  boolean: { vi: 'phải là đúng hoặc sai', en: 'must be true or false' },
  array: { vi: 'phải là một danh sách', en: 'must be a list' },
  tuple: { vi: 'phải là một danh sách', en: 'must be a list' },
  object: { vi: 'phải là một nhóm mục', en: 'must be a group of fields' },
  record: { vi: 'phải là một nhóm mục', en: 'must be a group of fields' },
  date: { vi: 'phải là ngày', en: 'must be a date' },
};

function wrongType(issue: z.core.$ZodIssueInvalidType): Sentence {
  if (issue.input === undefined) return { vi: 'chưa có', en: 'is missing' };
  return TYPES[issue.expected] ?? { vi: 'không đúng loại', en: 'is of another kind' };
}

function wrongFormat(format: string): Sentence {
  switch (format) {
    case 'date':
      return { vi: 'phải là một ngày có thật, dạng 2025-01-13', en: 'must be a real date like 2025-01-13' };
    case 'datetime':
      return {
        vi: 'phải là ngày giờ có múi giờ, dạng 2025-01-13T08:00:00+07:00',
        en: 'must be a date and hour with offset, like 2025-01-13T08:00:00+07:00',
      };
    default:
      return { vi: 'viết chưa đúng dạng', en: 'is not written in the form asked for' };
  }
}

function limit(origin: string, bound: number | bigint, inclusive: boolean, kind: 'most' | 'least'): Sentence {
  if (origin === 'string' && kind === 'least' && bound === 1)
    return { vi: 'không được để trống', en: 'must not be empty' };
  const unit: Sentence | null =
    origin === 'string'
      ? { vi: 'ký tự', en: 'characters' }
      : origin === 'array' || origin === 'set'
        ? { vi: 'mục', en: 'entries' }
        : null;
  if (unit !== null)
    return kind === 'most'
      ? { vi: `dài quá ${bound} ${unit.vi}`, en: `has more than ${bound} ${unit.en}` }
      : { vi: `phải có ít nhất ${bound} ${unit.vi}`, en: `must have at least ${bound} ${unit.en}` };
  if (kind === 'most')
    return inclusive
      ? { vi: `không được lớn hơn ${bound}`, en: `must not be over ${bound}` }
      : { vi: `phải nhỏ hơn ${bound}`, en: `must be below ${bound}` };
  return inclusive
    ? { vi: `không được nhỏ hơn ${bound}`, en: `must not be under ${bound}` }
    : { vi: `phải lớn hơn ${bound}`, en: `must be above ${bound}` };
}
