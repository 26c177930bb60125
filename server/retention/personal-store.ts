import type { Knex } from 'knex';
import type { AccountId, BridgeId, ConferenceId } from '../../domain/ids.ts';
import type { HeadcountContent } from '../../domain/reports/headcount.ts';
import { ERASED_NAME, ERASED_TEXT } from '../../domain/retention/erased.ts';
import type { Instant } from '../../domain/time.ts';

/** The largest number that precedence has: whoever has none stands there. */
const LAST = 2_147_483_647;

/**
 * Takes name, posts and contacts from people of the roster, at most `limit` at a time. Who they were stays as an id, with
 * their seat; and whether they are a member of the Party, which figures count. Gives how many there were.
 */
export async function erasePeople(
  connection: Knex,
  conference: ConferenceId,
  limit: number,
): Promise<number> {
  const rows = await connection.raw<unknown[]>(
    `update person set name = ?, sort_key = '', search_key = '', identity = null, precedence = ?,
       data = json_object('id', id, 'name', ?, 'sortGiven', '', 'identity', null, 'birthDate', null,
         'positions', json('[]'), 'precedence', null, 'collectiveLeadership', json('false'),
         'namedInPlan', json('false'), 'partyMember', data -> 'partyMember', 'phone', null, 'email', null)
     where conference = ? and id in (select id from person where conference = ? and name <> ? limit ?)
     returning id`,
    [ERASED_NAME.vi, LAST, ERASED_NAME.vi, conference, conference, ERASED_NAME.vi, limit],
  );
  return rows.length;
}

/** A step of an invitation without the words in it: reasons, a substitute, the words of a mail server. */
const ERASED_STEP = `json_replace(what, '$.reason', ?, '$.said.reason', ?, '$.why',
  case when what ->> 'step' = 'bounced' then ? else what ->> 'why' end, '$.said.substitute.name', ?,
  '$.said.substitute.position', '', '$.said.substitute.unit', null, '$.said.substitute.phone', null,
  '$.said.substitute.email', null)`;
/** Where an invitation stands, without them. */
const ERASED_STANDING = `json_replace(standing, '$.withdrawn', case when standing ->> 'withdrawn' is null then null else ? end,
  '$.answer.said.reason', ?, '$.substitute.reason', ?, '$.answer.said.substitute.name', ?,
  '$.answer.said.substitute.position', '', '$.answer.said.substitute.unit', null,
  '$.answer.said.substitute.phone', null, '$.answer.said.substitute.email', null, '$.substitute.words.name', ?,
  '$.substitute.words.position', '', '$.substitute.words.unit', null, '$.substitute.words.phone', null,
  '$.substitute.words.email', null)`;

/** Names that stand beside the roster: whoever did something, words of posts in reasons of seats, files. */
export async function eraseNamesBeside(connection: Knex, conference: ConferenceId): Promise<void> {
  await connection.raw(
    `update placement set reason = json_replace(reason, '$.position', ?, '$.note', ?)
     where conference = ? and (reason ->> 'position' is not null or reason ->> 'note' is not null)`,
    [ERASED_TEXT.vi, ERASED_TEXT.vi, conference],
  );
  // Pins say of a person why they sit where they sit; the seat stays, and the pin with it.
  await connection.raw(
    `update conference set settings = json_set(settings, '$.pins', (
       select json_group_array(json_set(value, '$.note', ?)) from json_each(settings, '$.pins')))
     where id = ? and json_array_length(settings, '$.pins') > 0`,
    [ERASED_TEXT.vi, conference],
  );
  // Whom to call at a bridge; and what was changed of bridges, which had them before and after.
  await connection('bridge').where({ conference }).whereNotNull('contacts').update({ contacts: null });
  await connection('conference').where({ id: conference }).increment('bridges_revision', 1);
  await connection('bridge_change').where({ conference }).delete();
  // Findings of people name them; how many there are stays.
  await connection.raw(
    `update placement_run set summary = json_set(summary, '$.findings', (
       select json_group_array(case
         when value ->> 'code' in ('chair-unknown', 'chairs-several', 'unknown-person', 'pin-against-chair', 'listed-twice')
         then json_set(value, '$.message', json_object('vi', ?, 'en', ?)) else json(value) end)
       from json_each(summary, '$.findings')))
     where conference = ? and json_array_length(summary, '$.findings') > 0`,
    [ERASED_NAME.vi, ERASED_NAME.en, conference],
  );
  await connection('people_import')
    .where({ conference })
    .update({ file_name: '', by: ERASED_NAME.vi, rows: Buffer.alloc(0) });
  await connection('people_import').where({ conference, state: 'previewed' }).update({ state: 'dropped' });
  const imports = connection('people_import').where({ conference }).select('id');
  await connection('people_import_part').whereIn('import', imports).delete();
  await connection('roster_change').where({ conference }).delete();
  await connection('composition_change').where({ conference }).delete();
  // A plan of a hall, printed or kept elsewhere, would tell by the chair who was meant.
  await connection('seat_change').where({ conference }).delete();
  await connection('seat_number').where({ conference }).delete();
  await connection('session_change').where({ conference }).delete();
  // Of a guest outside the roster nothing is counted.
  await connection('guest').where({ conference }).delete();
  // Answers and substitutes are words of people about people; that they were given, and when, stays.
  const invitations = connection('invitation').where({ conference }).select('id');
  await connection('invitation_step')
    .whereIn('invitation', invitations)
    .update({
      what: connection.raw(
        ERASED_STEP,
        Array.from({ length: 4 }, () => ERASED_TEXT.vi),
      ),
      by: connection.raw('case when by is null then null else ? end', [ERASED_NAME.vi]),
      exception: connection.raw(
        `case when exception is null then null else json_object('allowedBy', ?, 'why', ?) end`,
        [ERASED_NAME.vi, ERASED_TEXT.vi],
      ),
    });
  await connection('invitation')
    .where({ conference })
    .update({
      standing: connection.raw(ERASED_STANDING, [
        ...Array.from({ length: 3 }, () => ERASED_TEXT.vi),
        ERASED_NAME.vi,
        ERASED_NAME.vi,
      ]),
    });
  // A letter is nothing but a name, an address and words.
  await connection('letter').where({ conference }).delete();
  await connection('pass_reissue').where({ conference }).whereNotNull('by').update({ by: ERASED_NAME.vi });
  await connection('agenda_step')
    .whereIn('session', connection('session').where({ conference }).select('id'))
    .whereNot({ by: '' })
    .update({ by: ERASED_NAME.vi });
}

/** What was written outside events: remarks, difficulties, reasons. Those of headcount reports are not among them. */
export async function eraseTextsBeside(connection: Knex, conference: ConferenceId): Promise<number> {
  const text = ERASED_TEXT.vi;
  const changed = [
    await connection('difficulty').where({ conference }).whereNot({ text }).update({ text }),
    await connection('headcount_step')
      .where({ conference })
      .whereNotNull('remark')
      .whereNot({ remark: text })
      .update({ remark: text }),
    await connection('headcount_report')
      .where({ conference })
      .whereNotNull('returned_with')
      .whereNot({ returned_with: text })
      .update({ returned_with: text }),
    await connection('reminder')
      .where({ conference })
      .whereNotNull('words')
      .whereNot({ words: text })
      .update({ words: text }),
    await connection('device')
      .where({ conference })
      .whereNotNull('revoke_reason')
      .whereNot({ revoke_reason: text })
      .update({ revoke_reason: text }),
    await connection('device_step')
      .where({ conference })
      .whereIn('step', ['revoke', 'restore'])
      .whereNotNull('text')
      .whereNot({ text })
      .update({ text }),
    await connection('quarantine')
      .where({ conference })
      .whereNotNull('reason')
      .whereNot({ reason: text })
      .update({ reason: text }),
    await connection('pass_reissue')
      .where({ conference })
      .whereNot({ reason: text })
      .update({ reason: text }),
  ];
  return changed.reduce((sum, count) => sum + count, 0);
}

const TABLES = { step: 'headcount_step', report: 'headcount_report' } as const;

/** A headcount report as it is kept, in its history or as it stands. */
export interface ContentRow {
  /** Of the table's own rows. */
  readonly row: number;
  readonly content: HeadcountContent;
}

/** Contents of headcount reports after a row, at most `limit`. */
export async function readContents(
  connection: Knex,
  conference: ConferenceId,
  of: keyof typeof TABLES,
  after: number,
  limit: number,
): Promise<ContentRow[]> {
  const rows = await connection(TABLES[of])
    .where({ conference })
    .where('rowid', '>', after)
    .orderBy('rowid')
    .limit(limit)
    .select<{ row: number; content: string }[]>('rowid as row', 'content');
  return rows.map(({ row, content }) => ({ row, content: JSON.parse(content) as HeadcountContent }));
}

export async function writeContents(
  connection: Knex,
  of: keyof typeof TABLES,
  rows: readonly ContentRow[],
): Promise<void> {
  const list = rows.map(({ row, content }) => [row, JSON.stringify(content)]);
  await connection.raw(
    `update ${TABLES[of]} set content = changed.value ->> 1
     from json_each(?) as changed where ${TABLES[of]}.rowid = changed.value ->> 0`,
    [JSON.stringify(list)],
  );
}

/** A frozen headcount summary: figures, and names in its lines and differences. */
export interface FrozenRow {
  readonly bridge: BridgeId;
  readonly version: number;
  readonly lines: string;
  readonly differences: string;
}

/** Which summaries are frozen, without what they say. */
export async function frozenSummaries(
  connection: Knex,
  conference: ConferenceId,
): Promise<Pick<FrozenRow, 'bridge' | 'version'>[]> {
  return await connection('headcount_version')
    .where({ conference })
    .orderBy(['bridge', 'version'])
    .select<Pick<FrozenRow, 'bridge' | 'version'>[]>('bridge', 'version');
}

export async function readFrozen(
  connection: Knex,
  conference: ConferenceId,
  { bridge, version }: Pick<FrozenRow, 'bridge' | 'version'>,
): Promise<FrozenRow | undefined> {
  return await connection('headcount_version')
    .where({ conference, bridge, version })
    .first<FrozenRow | undefined>('bridge', 'version', 'lines', 'differences');
}

/**
 * Puts a frozen summary without names in the place of the one that has them, its figures as they were. A frozen row is never
 * changed, which a trigger holds: this one goes, and its like comes.
 */
export async function replaceFrozen(
  connection: Knex,
  conference: ConferenceId,
  { bridge, version, lines, differences }: FrozenRow,
): Promise<void> {
  const where = { conference, bridge, version };
  const row = await connection('headcount_version').where(where).first<object | undefined>();
  if (row === undefined) return;
  await connection('headcount_version').where(where).delete();
  await connection('headcount_version').insert({ ...row, lines, differences });
}

/**
 * Accounts whose every role is that of a host in some conferences, none of which is going on, with one of them in
 * `conference`; those that are erased already are left out.
 */
function pastHosts(
  connection: Knex,
  conference: ConferenceId,
  over: readonly ConferenceId[],
): Knex.QueryBuilder {
  return connection('account')
    .whereNot({ name: ERASED_NAME.vi })
    .whereIn('id', connection('grant_').where({ conference, role: 'host' }).select('account'))
    .whereNotExists((others: Knex.QueryBuilder) => {
      void others
        .select('account')
        .from('grant_')
        .whereRaw('grant_.account = account.id')
        .whereRaw(
          `(role <> 'host' or conference is null or conference not in (select value from json_each(?)))`,
          [JSON.stringify([conference, ...over])],
        );
    });
}

/** What lets an account in: of each table the rows of an account. */
const WAYS_IN = [
  'sign_in',
  'one_time_token',
  'one_time_code',
  'recovery_code',
  'passkey',
  'single_sign_on',
] as const;

/**
 * Takes name, password and sign-ins from accounts, at most `limit` at a time. The account stays as an id, beside what it
 * did. Gives how many there were.
 */
export async function eraseAccounts(
  connection: Knex,
  conference: ConferenceId,
  over: readonly ConferenceId[],
  limit: number,
): Promise<number> {
  const rows = await pastHosts(connection, conference, over).limit(limit).select<{ id: AccountId }[]>('id');
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return 0;
  for (const table of WAYS_IN) await connection(table).whereIn('account', ids).delete();
  await connection('device').whereIn('account', ids).update({ account: null, browser: '' });
  await connection('account')
    .whereIn('id', ids)
    .update({
      name: ERASED_NAME.vi,
      // Nobody signs in by it, and it says nothing of whose it was.
      username: connection.raw(`'da-xoa-' || id`),
      password_hash: null,
    });
  return ids.length;
}

/** Codes and batches of a conference: hashes, and who made them. */
export async function eraseCodes(connection: Knex, conference: ConferenceId): Promise<void> {
  await connection('activation_batch').where({ conference }).delete();
}

/** How much of a kind there is, by what a person counts it. */
export async function countPeople(connection: Knex, conference: ConferenceId): Promise<number> {
  return await countOf(connection('person').where({ conference }).whereNot({ name: ERASED_NAME.vi }));
}

/** Headcount reports that were sent, accepted or kept since a moment. */
export async function countStepsSince(
  connection: Knex,
  conference: ConferenceId,
  since: Instant,
): Promise<number> {
  return await countOf(connection('headcount_step').where({ conference }).where('at', '>=', since));
}

export async function countTexts(connection: Knex, conference: ConferenceId): Promise<number> {
  const text = ERASED_TEXT.vi;
  const sessions = connection('session').where({ conference }).select('id');
  const events = connection('attendance_text as text')
    .join('attendance_event as event', 'event.seq', 'text.seq')
    .whereIn('event.session', sessions);
  return (
    (await countOf(events)) +
    (await countOf(connection('quarantine').where({ conference }).whereNotNull('texts'))) +
    (await countOf(connection('difficulty').where({ conference }).whereNot({ text })))
  );
}

export async function countAccounts(
  connection: Knex,
  conference: ConferenceId,
  over: readonly ConferenceId[],
): Promise<number> {
  return await countOf(pastHosts(connection, conference, over));
}

/** Entries of the audit trail on a conference, up to a moment, that have words. */
function auditWords(connection: Knex, conference: ConferenceId, before: Instant | null): Knex.QueryBuilder {
  const entries = connection('audit_object')
    .join('audit_entry', 'audit_entry.place', 'audit_object.place')
    .where({ object: `conference ${conference}` })
    .select('audit_object.place');
  if (before !== null) void entries.where('audit_entry.at', '<', before);
  return connection('audit_text').whereIn('place', entries);
}

export async function countAudit(
  connection: Knex,
  conference: ConferenceId,
  before: Instant | null,
): Promise<number> {
  return await countOf(auditWords(connection, conference, before));
}

/** Removes the words of entries of the audit trail, salt and all; the entries stay. Gives how many had some. */
export async function eraseAudit(
  connection: Knex,
  conference: ConferenceId,
  before: Instant | null,
): Promise<number> {
  return await auditWords(connection, conference, before).delete();
}

async function countOf(query: Knex.QueryBuilder): Promise<number> {
  const row = (await query.count({ n: '*' }).first()) as { readonly n: number | string } | undefined;
  return Number(row?.n ?? 0);
}
