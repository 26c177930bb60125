import { CivilDate } from '../../../domain/time.ts';
import type { AuditFilter } from '../../../domain/wire/audit.ts';

/** What the address of the page narrows the trail down to. */
export interface AuditSearch {
  readonly who?: string;
  readonly kind?: 'look' | 'change' | 'refused';
  readonly object?: string;
  /** What the one thing or person is called: the list cannot know where it is empty. */
  readonly named?: string;
  readonly from?: string;
  readonly until?: string;
}

export function auditSearch(search: Record<string, unknown>): AuditSearch {
  const text = (name: string): Record<string, string> => {
    const value = search[name];
    return typeof value === 'string' && value !== '' ? { [name]: value } : {};
  };
  const { kind } = search;
  const isKind = kind === 'look' || kind === 'change' || kind === 'refused';
  return {
    ...text('who'),
    ...text('object'),
    ...text('named'),
    ...text('from'),
    ...text('until'),
    ...(isKind && { kind }),
  };
}

/** The same as the server is asked; a day that is none is left out. */
export function filterOf({ who, kind, object, from, until }: AuditSearch): AuditFilter {
  const first = CivilDate.safeParse(from);
  const last = CivilDate.safeParse(until);
  return {
    ...(who !== undefined && { who }),
    ...(kind !== undefined && { kind }),
    ...(object !== undefined && { object }),
    ...(first.success && { from: first.data }),
    ...(last.success && { until: last.data }),
  };
}
