/**
 * What is personal in a conference, by how long it is needed. Each has a period of its own, and what has none is kept.
 * - `people` (danh sách người): the roster with posts and contacts, and names in reports and on passes.
 * - `texts` (lời ghi): what people wrote in events, remarks and difficulties; names of guests.
 * - `accounts` (tài khoản): sign-ins and accounts of hosts who work in no other conference; activation codes.
 * - `audit` (nhật ký kiểm tra): what the audit trail holds in words.
 */
export const RETENTION_KINDS = ['people', 'texts', 'accounts', 'audit'] as const;
export type RetentionKind = (typeof RETENTION_KINDS)[number];

/** Days for which each kind is kept after the last day of the conference; null is without end. */
export type RetentionPeriods = Readonly<Record<RetentionKind, number | null>>;

/** Nothing is deleted that nobody has asked to be: how long papers are kept is for the office to say. */
export const NO_PERIODS: RetentionPeriods = { people: null, texts: null, accounts: null, audit: null };
/** A period of no day would delete while people still sit there; a hundred years is without end. */
export const PERIOD_DAYS = { least: 1, most: 36_500 } as const;
