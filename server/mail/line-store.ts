import type { Knex } from 'knex';

import type { MailAddress, Mailbox } from '../../domain/mail/address.ts';
import type { LetterId } from '../../domain/mail/letter.ts';
import type { LineTrouble } from '../../domain/mail/sentences.ts';
import type { Instant } from '../../domain/time.ts';

/** How the server that runs sends mail. */
export type LineSettings =
  | { readonly kind: 'none'; readonly publicUrl: string | null }
  | {
      readonly kind: 'test' | 'smtp';
      /** Null in the test mode. */
      readonly host: string | null;
      readonly from: Mailbox;
      readonly perMinute: number;
      readonly publicUrl: string | null;
    };

/** Since when the line carries nothing, and when it is tried again. */
export interface StoredTrouble {
  readonly trouble: LineTrouble;
  readonly since: Instant;
  readonly said: string;
  readonly againAt: Instant;
}

export type StoredLine = LineSettings & { readonly trouble: StoredTrouble | null };

interface LineRow {
  readonly kind: StoredLine['kind'];
  readonly host: string | null;
  readonly from_name: string | null;
  readonly from_address: MailAddress | null;
  readonly per_minute: number | null;
  readonly public_url: string | null;
  readonly trouble: LineTrouble | null;
  readonly trouble_since: Instant | null;
  readonly trouble_said: string | null;
  readonly again_at: Instant | null;
}

const NO_LINE: StoredLine = { kind: 'none', publicUrl: null, trouble: null };

/** How mail is sent, as the server that ran last said when it started. */
export async function readLine(db: Knex): Promise<StoredLine> {
  const row = await db('mail_line').first<LineRow | undefined>();
  if (row === undefined || row.kind === 'none' || row.from_address === null || row.per_minute === null)
    return { ...NO_LINE, publicUrl: row?.public_url ?? null };
  const { trouble, trouble_since: since, trouble_said: said, again_at: againAt } = row;
  return {
    kind: row.kind,
    host: row.host,
    from: { name: row.from_name, address: row.from_address },
    perMinute: row.per_minute,
    publicUrl: row.public_url,
    trouble:
      trouble === null || since === null || againAt === null
        ? null
        : { trouble, since, said: said ?? '', againAt },
  };
}

/** Writes down how the server that starts sends mail. What troubled the line before may be over: it is tried anew. */
export async function writeLine(db: Knex, line: LineSettings): Promise<void> {
  const has = line.kind === 'none' ? null : line;
  const row = {
    one: 1,
    kind: line.kind,
    host: has?.host ?? null,
    from_name: has?.from.name ?? null,
    from_address: has?.from.address ?? null,
    per_minute: has?.perMinute ?? null,
    public_url: line.publicUrl,
  };
  await db('mail_line').insert(row).onConflict('one').merge();
}

/** Writes down that the line carries nothing, since when, and until when it rests; null that it does again. */
export async function writeTrouble(db: Knex, trouble: StoredTrouble | null): Promise<void> {
  await db('mail_line').update({
    trouble: trouble?.trouble ?? null,
    trouble_since: trouble?.since ?? null,
    trouble_said: trouble?.said ?? null,
    again_at: trouble?.againAt ?? null,
  });
}

/** What a message that came in was taken for. */
export type Meaning = 'bounced' | 'delayed' | 'delivered' | 'answered' | 'not understood';

export interface ReceivedMessage {
  readonly digest: string;
  readonly at: Instant;
  readonly meaning: Meaning;
  readonly letter: LetterId | null;
  readonly sender: string | null;
  readonly subject: string | null;
  readonly sentAt: Instant | null;
}

/** Keeps a message that came in. A unique violation says that it came before. */
export async function addReceived(db: Knex, { sentAt, ...message }: ReceivedMessage): Promise<void> {
  await db('mail_received').insert({ ...message, sent_at: sentAt });
}

/** Whether a message of this digest came before. */
export async function isReceived(db: Knex, digest: string): Promise<boolean> {
  return (await db('mail_received').where({ digest }).first('place')) !== undefined;
}

/** Messages that nobody could make anything of, newest first. */
export async function readNotUnderstood(db: Knex, limit: number): Promise<ReceivedMessage[]> {
  const rows = await db('mail_received')
    .where({ meaning: 'not understood' })
    .orderBy('place', 'desc')
    .limit(limit)
    .select<ReceivedMessage[]>('digest', 'at', 'meaning', 'letter', 'sender', 'subject', {
      sentAt: 'sent_at',
    });
  return rows;
}
