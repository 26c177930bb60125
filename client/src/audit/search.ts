import { CivilDate } from '../../../domain/time.ts';
import type { AuditFilter } from '../../../domain/wire/audit.ts';

/** What the address of the page narrows the trail down to: ids and days; a day that is none is left out. A name that is typed stays in the page. */
export interface AuditSearch {
  /** Everything that one account did. */
  readonly account?: string;
  readonly kind?: 'look' | 'change' | 'refused';
  readonly object?: string;
  readonly from?: CivilDate;
  readonly until?: CivilDate;
}

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** What the one thing or person is called that a trail is narrowed down to: the list cannot know where it is empty. */
    named?: string;
  }
}

export function auditSearch(search: Record<string, unknown>): AuditSearch {
  const text = (name: string): Record<string, string> => {
    const value = search[name];
    return typeof value === 'string' && value !== '' ? { [name]: value } : {};
  };
  const day = (name: string): Record<string, CivilDate> => {
    const { data } = CivilDate.safeParse(search[name]);
    return data === undefined ? {} : { [name]: data };
  };
  const { kind } = search;
  const isKind = kind === 'look' || kind === 'change' || kind === 'refused';
  return {
    ...text('account'),
    ...text('object'),
    ...day('from'),
    ...day('until'),
    ...(isKind && { kind }),
  };
}

/** The same as the server is asked, with the part of a name that was typed. */
export function filterOf({ account, kind, object, from, until }: AuditSearch, typed: string): AuditFilter {
  const who = account ?? typed;
  return {
    ...(who !== '' && { who }),
    ...(kind !== undefined && { kind }),
    ...(object !== undefined && { object }),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
  };
}
