import type { Inviting, InvitingMethod } from '../../domain/calendar/inviting.ts';
import type { Standing } from '../../domain/invitations/life.ts';
import type { InvitationId } from '../../domain/invitations/step.ts';
import { readAddress, type Mailbox } from '../../domain/mail/address.ts';
import type { LetterId } from '../../domain/mail/letter.ts';
import { assertNever } from '../../domain/result.ts';
import { isFor } from '../../domain/schedule/session.ts';
import { formatDateTime } from '../../domain/text/dates.ts';
import { escapeHtml } from '../../domain/text/html.ts';
import type { InvitationView } from '../../domain/wire/invitations.ts';
import { calendarPart, type CalendarPart } from '../calendars/inviting-commands.ts';
import { queueLetters, type LetterToQueue } from '../mail/commands.ts';
import { mailLineIn } from '../mail/queries.ts';
import { personalAddresses } from '../personal/links.ts';
import type { Context } from '../platform/context.ts';
import type { Connection } from '../platform/database.ts';
import { addLetters, type LetterPurpose } from './mail-store.ts';
import type { Calling } from './queries.ts';
import { readPrincipal } from './store.ts';

/** What letters about invitations are about, for the mail. */
export const INVITATION = 'invitation';

/** A letter as its person reads it. */
export interface LetterText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** What a letter is for: one of the purposes, with the words that go with it. */
export interface Purpose {
  readonly kind: LetterPurpose;
  /** Of a reminder: how many days before the start its round is. */
  readonly round?: number;
}

/**
 * The letter to somebody. Units are Vietnamese, whatever the organizer's page speaks; names and posts are whatever a roster had, and
 * every one is escaped.
 */
export function letterText(
  view: InvitationView,
  calling: Pick<Calling, 'title' | 'startsAt'>,
  { kind }: Purpose,
  link: string | null,
): LetterText {
  const { person, seat, standing, convenedBy } = view;
  const post = [person.position, person.unit].filter(Boolean).join(', ');
  const where = placeOf(view);
  const facts: readonly (readonly [string, string])[] = [
    ['Hội nghị', calling.title],
    ...(calling.startsAt === null ? [] : [['Thời gian', formatDateTime(calling.startsAt, 'vi')] as const]),
    ['Địa điểm', where],
    ...(seat?.seatNumber == null ? [] : [['Số ghế', seat.seatNumber] as const]),
  ];
  const said = SAID[kind](standing);
  const shown = kind === 'withdrawn' ? facts.slice(0, 2) : facts;
  const greeting = `Kính gửi đồng chí ${person.name}${post === '' ? '' : ` (${post})`},`;
  const closing = `Trân trọng,\n${convenedBy}`;
  const ask =
    kind === 'withdrawn' || standing.substitute?.state === 'accepted'
      ? null
      : link === null
        ? 'Đề nghị đồng chí trả lời có dự hay không, bằng cách trả lời thư này hoặc báo cho đầu mối của điểm cầu.'
        : 'Đề nghị đồng chí trả lời có dự hay không tại trang riêng của đồng chí. Trang có thẻ đại biểu, chương trình và tài liệu:';
  const page = ask === null ? null : link;
  const lines = shown.map(([name, value]) => `${name}: ${value}`);
  const blocks = [
    greeting,
    said.body,
    lines.join('\n'),
    ...(ask === null ? [] : [page === null ? ask : `${ask}\n${page}`]),
    closing,
  ];
  return {
    subject: `${said.subject}: ${calling.title}`,
    text: `${blocks.join('\n\n')}\n`,
    html: [
      '<!doctype html><html lang="vi"><meta charset="utf-8"><body>',
      `<p>${escapeHtml(greeting)}</p><p>${escapeHtml(said.body)}</p>`,
      '<table cellpadding="4">',
      ...shown.map(
        ([name, value]) =>
          `<tr><th align="left" valign="top">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
      ),
      '</table>',
      ...(ask === null ? [] : [`<p>${escapeHtml(ask)}</p>`]),
      ...(page === null ? [] : [`<p><a href="${escapeHtml(page)}">Mở trang riêng để trả lời</a></p>`]),
      `<p>${closing.split('\n').map(escapeHtml).join('<br>')}</p></body></html>`,
    ].join(''),
  };
}

type Said = (standing: Standing) => { readonly subject: string; readonly body: string };

const SAID: Readonly<Record<LetterPurpose, Said>> = {
  letter: ({ kind }) =>
    kind === 'invitation'
      ? { subject: 'Giấy mời dự', body: 'Trân trọng kính mời đồng chí tới dự:' }
      : { subject: 'Thông báo triệu tập dự', body: 'Kính đề nghị đồng chí có mặt, dự đầy đủ:' },
  reminder: () => ({
    subject: 'Nhắc trả lời',
    body: 'Ban tổ chức chưa nhận được trả lời của đồng chí về việc dự:',
  }),
  moved: () => ({
    subject: 'Đổi điểm cầu',
    body: 'Nơi dự của đồng chí đã thay đổi. Xin đồng chí dự tại:',
  }),
  withdrawn: ({ kind, withdrawn }) => ({
    subject: kind === 'invitation' ? 'Rút giấy mời dự' : 'Rút thông báo triệu tập dự',
    body: `Ban tổ chức xin thông báo đồng chí không phải dự nữa${withdrawn === null ? '' : `. Lý do: ${withdrawn}`}.`,
  }),
  substitute: ({ substitute }) =>
    substitute?.state === 'accepted'
      ? {
          subject: 'Đồng ý người dự thay',
          body: `Đơn vị đồng ý để ${substitute.words.name} dự thay đồng chí:`,
        }
      : {
          subject: 'Không đồng ý người dự thay',
          body: `Đơn vị không đồng ý người dự thay mà đồng chí đề nghị. Lý do: ${substitute?.reason ?? ''}. Đề nghị đồng chí dự:`,
        },
};

/** What a letter tells the calendar of whoever it is for. A reminder tells it nothing new; a substitute who is accepted takes it away. */
function methodOf({ kind }: Purpose, { substitute }: Standing): InvitingMethod | null {
  switch (kind) {
    case 'letter':
    case 'moved':
      return 'REQUEST';
    case 'withdrawn':
      return 'CANCEL';
    case 'substitute':
      return substitute?.state === 'accepted' ? 'CANCEL' : null;
    case 'reminder':
      return null;
    default:
      return assertNever(kind);
  }
}

/** The calendar that goes along with a letter, which can be answered to whoever sends it; null where it has nothing to tell. */
async function calendarFor(
  context: Pick<Context, 'clock'>,
  db: Connection,
  { tree, title, sessions }: Calling,
  { id, conference, person, bridge, seat, standing }: InvitationView,
  purpose: Purpose,
  organizer: Mailbox,
  link: string | null,
): Promise<CalendarPart | null> {
  const method = methodOf(purpose, standing);
  const address = readAddress(person.email ?? '');
  const own = sessions.filter((session) => isFor(session.bridges, tree, (one) => one === bridge.id));
  if (method === null || !address.ok || own.length === 0) return null;
  const { substitute, kind } = standing;
  const isReplaced = substitute?.state === 'accepted';
  const inviting: Inviting = {
    id,
    title,
    sessions: own,
    place: placeOf({ bridge }),
    seatNumber: seat?.seatNumber ?? null,
    link,
    organizer,
    attendee: {
      name: person.name,
      address: address.value,
      role: seat?.as === 'chair' ? 'CHAIR' : kind === 'summons' ? 'REQ-PARTICIPANT' : 'OPT-PARTICIPANT',
      partstat: partstatOf(standing),
      delegatedTo: isReplaced ? substitute.words.email : null,
      delegatedFrom: await readPrincipal(db, conference, person.id),
    },
  };
  return await calendarPart(db, context, inviting, method);
}

function partstatOf({ substitute, answer }: Standing): Inviting['attendee']['partstat'] {
  if (substitute?.state === 'accepted') return 'DELEGATED';
  if (answer === null || answer.said.answer === 'substitute') return 'NEEDS-ACTION';
  return answer.said.answer === 'coming' ? 'ACCEPTED' : 'DECLINED';
}

function placeOf({ bridge: { name, venue } }: Pick<InvitationView, 'bridge'>): string {
  return venue === null || venue === name ? name : `${name}, ${venue}`;
}

export interface QueuedLetters {
  /** Those whose letter waits now. */
  readonly queued: ReadonlySet<InvitationId>;
  /** Those without an address, or with one to which nothing can be sent. */
  readonly without: readonly InvitationId[];
}

/** Queues letters to people, in the caller's transaction, and keeps which is whose. */
export async function queueInvitationLetters(
  context: Pick<Context, 'clock' | 'newId' | 'keys'>,
  db: Connection,
  calling: Calling,
  views: readonly InvitationView[],
  purpose: Purpose,
): Promise<QueuedLetters> {
  const line = await mailLineIn(db);
  const { publicUrl } = line;
  const ids = views.map(({ id }) => id);
  const links = publicUrl === null ? null : await personalAddresses(context, db, publicUrl, ids);
  const letters: LetterToQueue[] = [];
  for (const view of views) {
    const link = links?.get(view.id) ?? null;
    const calendar =
      line.kind === 'none' ? null : await calendarFor(context, db, calling, view, purpose, line.from, link);
    letters.push({
      conference: view.conference,
      about: { kind: INVITATION, id: view.id },
      to: { name: view.person.name, address: view.person.email ?? '' },
      ...letterText(view, calling, purpose, link),
      ...(calendar !== null && { calendar }),
      isAutomatic: purpose.kind === 'reminder',
      language: 'vi',
    });
  }
  const { letters: queued, refused } = await queueLetters(db, context, letters);
  const isRefused = new Set(refused.map(({ at }) => at));
  const sent = views.filter((_, at) => !isRefused.has(at));
  await addLetters(
    db,
    sent.map(({ id }, at) => ({
      letter: queued[at] as LetterId,
      invitation: id,
      kind: purpose.kind,
      round: purpose.round ?? null,
    })),
  );
  return {
    queued: new Set(sent.map(({ id }) => id)),
    without: views.flatMap(({ id }, at) => (isRefused.has(at) ? [id] : [])),
  };
}
