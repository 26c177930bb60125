import type { Knex } from 'knex';

import type { ConferenceId } from '../../domain/ids.ts';
import type { MailAddress, Mailbox } from '../../domain/mail/address.ts';
import type { About, LetterId, LetterState, LetterStep } from '../../domain/mail/letter.ts';
import type { Language } from '../../domain/text/language.ts';
import type { Instant } from '../../domain/time.ts';

/** A calendar that goes along, with the method that stands in its body. */
export interface CalendarPart {
  readonly method: 'REQUEST' | 'CANCEL' | 'PUBLISH';
  readonly content: string;
}

/** A letter as it was queued, with all that its message is made of. */
export interface StoredLetter {
  readonly id: LetterId;
  readonly conference: ConferenceId;
  readonly about: About;
  readonly messageId: string;
  readonly to: Mailbox;
  readonly replyTo: MailAddress | null;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly calendar: CalendarPart | null;
  /** What the QR code says that goes along as a picture. */
  readonly qrCode: string | null;
  /** Whether no person wrote it: other programs should not answer it. */
  readonly isAutomatic: boolean;
  readonly language: Language;
  readonly queuedAt: Instant;
}

/** Where a letter stands, without what is in it. */
export interface LetterHead {
  readonly place: number;
  readonly id: LetterId;
  readonly about: About;
  readonly to: Mailbox;
  readonly subject: string;
  readonly state: LetterState;
  readonly queuedAt: Instant;
  readonly dueAt: Instant;
  readonly stateAt: Instant;
  readonly tries: number;
  readonly firstTriedAt: Instant | null;
  readonly said: string | null;
}

export interface HeadRow {
  readonly place: number;
  readonly id: LetterId;
  readonly about_kind: string;
  readonly about_id: string;
  readonly to_name: string | null;
  readonly to_address: MailAddress;
  readonly subject: string;
  readonly state: LetterState;
  readonly queued_at: Instant;
  readonly due_at: Instant;
  readonly state_at: Instant;
  readonly tries: number;
  readonly first_tried_at: Instant | null;
  readonly said: string | null;
}

interface LetterRow extends HeadRow {
  readonly conference: ConferenceId;
  readonly message_id: string;
  readonly reply_to: MailAddress | null;
  readonly text: string;
  readonly html: string | null;
  readonly calendar: string | null;
  readonly calendar_method: CalendarPart['method'] | null;
  readonly qr_code: string | null;
  readonly automatic: number;
  readonly language: Language;
}

/** Columns of a letter without what is in it. */
export const HEAD = [
  'place',
  'id',
  'about_kind',
  'about_id',
  'to_name',
  'to_address',
  'subject',
  'state',
  'queued_at',
  'due_at',
  'state_at',
  'tries',
  'first_tried_at',
  'said',
] as const;

export function headOf(row: HeadRow): LetterHead {
  return {
    place: row.place,
    id: row.id,
    about: { kind: row.about_kind, id: row.about_id },
    to: { name: row.to_name, address: row.to_address },
    subject: row.subject,
    state: row.state,
    queuedAt: row.queued_at,
    dueAt: row.due_at,
    stateAt: row.state_at,
    tries: row.tries,
    firstTriedAt: row.first_tried_at,
    said: row.said,
  };
}

/** A letter whole: where it stands and what is in it. */
export type WholeLetter = StoredLetter & LetterHead;

function letterOf(row: LetterRow): WholeLetter {
  const { calendar, calendar_method: method } = row;
  return {
    ...headOf(row),
    conference: row.conference,
    messageId: row.message_id,
    replyTo: row.reply_to,
    text: row.text,
    html: row.html,
    calendar: calendar === null || method === null ? null : { method, content: calendar },
    qrCode: row.qr_code,
    isAutomatic: row.automatic === 1,
    language: row.language,
  };
}

/** So many letters go into one statement: each has its text, its page and perhaps a calendar. */
const ADDED_TOGETHER = 500;

/** Queues letters, due at once. */
export async function addLetters(
  db: Knex,
  letters: readonly (StoredLetter & { readonly searchKey: string })[],
): Promise<void> {
  for (let from = 0; from < letters.length; from += ADDED_TOGETHER) {
    await db.raw(
      `insert into letter (id, conference, about_kind, about_id, message_id, to_name, to_address, reply_to, subject, text,
         html, calendar, calendar_method, qr_code, automatic, language, search_key, queued_at, due_at, state_at)
       select value ->> 'id', value ->> 'conference', value ->> '$.about.kind', value ->> '$.about.id',
         value ->> 'messageId', value ->> '$.to.name', value ->> '$.to.address', value ->> 'replyTo', value ->> 'subject',
         value ->> 'text', value ->> 'html', value ->> '$.calendar.content', value ->> '$.calendar.method', value ->> 'qrCode',
         value ->> 'isAutomatic', value ->> 'language', value ->> 'searchKey', value ->> 'queuedAt', value ->> 'queuedAt',
         value ->> 'queuedAt'
       from json_each(?)`,
      [JSON.stringify(letters.slice(from, from + ADDED_TOGETHER))],
    );
  }
}

/**
 * Letters to one address about the same thing go one after the other, as they were queued: a mail server that is busy for a
 * while must not let what calls something off overtake what it calls off.
 */
const BEHIND_NONE = `not exists (select 1 from letter as earlier where earlier.about_kind = letter.about_kind
  and earlier.about_id = letter.about_id and earlier.to_address = letter.to_address and earlier.place < letter.place
  and earlier.state in ('waiting', 'sending'))`;

/** No later letter to the same address about the same thing: what it says stands, and an older one would say otherwise. */
const LAST_OF_ITS_KIND = `not exists (select 1 from letter as later where later.about_kind = letter.about_kind
  and later.about_id = letter.about_id and later.to_address = letter.to_address and later.place > letter.place
  and later.state <> 'withdrawn')`;

/** Takes letters that are due for the line, at most `limit`, the longest due first. From its commit on they are `sending`. */
export async function takeDue(db: Knex, now: Instant, limit: number): Promise<WholeLetter[]> {
  const rows = await db.raw<LetterRow[]>(
    `update letter set state = 'sending', state_at = ?, tries = tries + 1, first_tried_at = coalesce(first_tried_at, ?)
     where place in (select place from letter where state = 'waiting' and due_at <= ? and ${BEHIND_NONE}
       order by due_at, place limit ?)
     returning *`,
    [now, now, now, limit],
  );
  return rows.map(letterOf).toSorted((one, other) => one.dueAt - other.dueAt || one.place - other.place);
}

/** When the next letter that waits for no other is due; null where none waits. */
export async function nextDue(db: Knex): Promise<Instant | null> {
  const row = await db('letter')
    .where({ state: 'waiting' })
    .whereRaw(BEHIND_NONE)
    .min<{ at: Instant | null }>('due_at as at')
    .first();
  return row?.at ?? null;
}

/** What became of a letter on the line. */
export interface LetterOutcome {
  readonly id: LetterId;
  readonly state: LetterState;
  /** Null where nothing happened to it: the line was not there. */
  readonly step: LetterStep | null;
  readonly said: string | null;
  readonly dueAt: Instant;
}

/** Writes down what became of letters that the line had; one of which more is known by then (it came back) stays as it is. */
export async function settle(db: Knex, outcomes: readonly LetterOutcome[], at: Instant): Promise<void> {
  const given = JSON.stringify(outcomes);
  await db.raw(
    `update letter set state = one.value ->> 'state', state_at = ?, due_at = one.value ->> 'dueAt',
       said = coalesce(one.value ->> 'said', said)
     from json_each(?) as one where letter.id = one.value ->> 'id' and letter.state = 'sending'`,
    [at, given],
  );
  await db.raw(
    `insert into letter_step (letter, step, at, said)
     select value ->> 'id', value ->> 'step', ?, value ->> 'said' from json_each(?) where value ->> 'step' is not null`,
    [at, given],
  );
}

/** Lets letters that were on a line which is no more wait again. Gives how many there were. */
export async function takeBack(db: Knex): Promise<number> {
  return await db('letter').where({ state: 'sending' }).update({ state: 'waiting' });
}

/** Whether a later letter to the same address about the same thing has taken its place. */
export async function isFollowed(db: Knex, id: LetterId): Promise<boolean> {
  return (await db('letter').where({ id }).whereRaw(LAST_OF_ITS_KIND).first('place')) === undefined;
}

/**
 * Brings a letter from one of some states into another, with a step; false where it is in none of them, or where it would wait again
 * and a later one has taken its place.
 */
export async function changeState(
  db: Knex,
  { id, conference }: Pick<StoredLetter, 'id' | 'conference'>,
  from: readonly LetterState[],
  to: LetterState,
  {
    step,
    at,
    said = null,
  }: { readonly step: LetterStep; readonly at: Instant; readonly said?: string | null },
): Promise<boolean> {
  const changed = await db('letter')
    .where({ id, conference })
    .whereIn('state', from)
    .whereRaw(to === 'waiting' ? LAST_OF_ITS_KIND : 'true')
    .update({
      state: to,
      state_at: at,
      ...(said !== null && { said }),
      ...(to === 'waiting' && { due_at: at, tries: 0, first_tried_at: null }),
    });
  if (changed > 0) await addStep(db, id, step, at, said);
  return changed > 0;
}

/**
 * Lets letters of one state wait again, at most `limit`, but for those whose place a later one has taken. Gives how many there were.
 */
export async function changeAll(
  db: Knex,
  conference: ConferenceId,
  from: LetterState,
  at: Instant,
  limit: number,
): Promise<number> {
  const rows = await db.raw<{ id: LetterId }[]>(
    `update letter set state = 'waiting', state_at = ?, due_at = ?, tries = 0, first_tried_at = null
     where place in (select place from letter where conference = ? and state = ? and ${LAST_OF_ITS_KIND} limit ?)
     returning id`,
    [at, at, conference, from, limit],
  );
  const step: LetterStep = 'again';
  await db.raw(
    `insert into letter_step (letter, step, at, said) select value, ?, ?, null from json_each(?)`,
    [step, at, JSON.stringify(rows.map(({ id }) => id))],
  );
  return rows.length;
}

/** Takes back all letters about something that have not gone yet. Gives which. */
export async function withdrawAbout(db: Knex, { kind, id }: About, at: Instant): Promise<LetterId[]> {
  const rows = await db('letter')
    .where({ about_kind: kind, about_id: id, state: 'waiting' })
    .update({ state: 'withdrawn', state_at: at })
    .returning<{ id: LetterId }[]>('id');
  for (const row of rows) await addStep(db, row.id, 'withdrawn', at, null);
  return rows.map((row) => row.id);
}

export async function addStep(
  db: Knex,
  letter: LetterId,
  step: LetterStep,
  at: Instant,
  said: string | null,
): Promise<void> {
  await db('letter_step').insert({ letter, step, at, said });
}

export async function readLetter(db: Knex, id: LetterId): Promise<WholeLetter | null> {
  const row = await db('letter').where({ id }).first<LetterRow | undefined>();
  return row === undefined ? null : letterOf(row);
}

/** The letter that any of these names is of: its Message-ID, or its own id as it stood in the envelope. */
export async function findLetter(
  db: Knex,
  messageIds: readonly string[],
  ids: readonly string[],
): Promise<WholeLetter | null> {
  const row = await db('letter')
    .whereIn('message_id', messageIds)
    .orWhereIn('id', ids)
    .first<LetterRow | undefined>();
  return row === undefined ? null : letterOf(row);
}

export interface StoredStep {
  readonly step: LetterStep;
  readonly at: Instant;
  readonly said: string | null;
}

/** What happened to a letter, oldest first, the last so many. */
export async function readSteps(db: Knex, letter: LetterId, limit: number): Promise<StoredStep[]> {
  const rows = await db('letter_step')
    .where({ letter })
    .orderBy('place', 'desc')
    .limit(limit)
    .select<StoredStep[]>('step', 'at', 'said');
  return rows.toReversed();
}

/** One step of a letter, for whoever follows what becomes of theirs. */
export interface LetterChange {
  readonly place: number;
  readonly letter: LetterId;
  readonly about: About;
  readonly step: LetterStep;
  readonly at: Instant;
  /** The mail server's own words. */
  readonly said: string | null;
}

/** The steps after a place, in order, at most `limit`. */
export async function readChanges(db: Knex, after: number, limit: number): Promise<LetterChange[]> {
  const rows = await db('letter_step')
    .join('letter', 'letter.id', 'letter_step.letter')
    .where('letter_step.place', '>', after)
    .orderBy('letter_step.place')
    .limit(limit)
    .select<(Omit<LetterChange, 'about'> & { kind: string; about: string })[]>({
      place: 'letter_step.place',
      letter: 'letter_step.letter',
      kind: 'letter.about_kind',
      about: 'letter.about_id',
      step: 'letter_step.step',
      at: 'letter_step.at',
      said: 'letter_step.said',
    });
  return rows.map(({ kind, about, ...row }) => ({ ...row, about: { kind, id: about } }));
}

/** The place of the last step that there is. */
export async function lastChange(db: Knex): Promise<number> {
  const row = await db('letter_step').max<{ place: number | null }>('place as place').first();
  return row?.place ?? 0;
}
