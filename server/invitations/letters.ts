import type { Inviting, InvitingMethod } from '../../domain/calendar/inviting.ts';
import type { Standing } from '../../domain/invitations/life.ts';
import type { InvitationId } from '../../domain/invitations/step.ts';
import { readAddress, type Mailbox } from '../../domain/mail/address.ts';
import type { LetterId } from '../../domain/mail/letter.ts';
import { renderLetter, type LetterFields, type LetterText } from '../../domain/letters/render.ts';
import { bringsPass, OFFERED, type TemplateKind } from '../../domain/letters/template.ts';
import { assertNever } from '../../domain/result.ts';
import { isFor } from '../../domain/schedule/session.ts';
import { formatDateTime } from '../../domain/text/dates.ts';
import { postParts } from '../../domain/text/posts.ts';
import type { InvitationView } from '../../domain/wire/invitations.ts';
import { calendarPart, type CalendarPart } from '../calendars/inviting-commands.ts';
import { templatesFor } from '../letters/queries.ts';
import { queueLetters, type LetterToQueue } from '../mail/commands.ts';
import { withPicture } from '../mail/present.ts';
import { mailLine, mailLineIn } from '../mail/queries.ts';
import { passCodes } from '../passes/commands.ts';
import { PERSONAL_PATH, personalAddresses } from '../personal/links.ts';
import type { Context } from '../platform/context.ts';
import type { Connection } from '../platform/database.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { addLetters, type LetterPurpose } from './mail-store.ts';
import { callingOf, placeOf, someInvitation, type Calling } from './queries.ts';
import { readPrincipals } from './store.ts';

/** What letters about invitations are about, for the mail. */
export const INVITATION = 'invitation';

/** What a letter is for: one of the purposes, with the words that go with it. */
export interface Purpose {
  readonly kind: LetterPurpose;
  /** Of a reminder: how many days before the start its round is. */
  readonly round?: number;
}

/** By whose words a letter is written. */
export function templateKindOf({ kind }: Purpose, { kind: as, substitute }: Standing): TemplateKind {
  switch (kind) {
    case 'letter':
      return as;
    case 'reminder':
    case 'moved':
    case 'withdrawn':
      return kind;
    case 'substitute':
      return substitute?.state === 'accepted' ? 'substitute-accepted' : 'substitute-refused';
    default:
      return assertNever(kind);
  }
}

/** Kinds of letters that nobody is asked to answer. */
const NOTHING_ASKED: ReadonlySet<TemplateKind> = new Set<TemplateKind>(['withdrawn', 'substitute-accepted']);

/**
 * What a letter to somebody says. Units are Vietnamese, whatever the organizer's page speaks. Without a `link` they are asked to
 * answer by mail.
 */
export function letterFields(
  kind: TemplateKind,
  { person, seat, standing, convenedBy, bridge }: InvitationView,
  { title, startsAt }: Pick<Calling, 'title' | 'startsAt'>,
  { link, hasPass }: { readonly link: string | null; readonly hasPass: boolean },
): LetterFields {
  const post = postParts(person.position, person.unit).join(', ');
  const at = startsAt === null ? null : formatDateTime(startsAt, 'vi');
  const place = placeOf(bridge);
  return {
    texts: {
      'họ tên': person.name,
      'chức vụ': post === '' ? null : post,
      'hội nghị': title,
      'thời gian': at,
      'địa điểm': place,
      'số ghế': seat?.seatNumber ?? null,
      'đơn vị mời': convenedBy,
      'loại giấy': standing.kind === 'invitation' ? 'giấy mời' : 'thông báo triệu tập',
      'lý do': kind === 'withdrawn' ? standing.withdrawn : (standing.substitute?.reason ?? null),
      'người dự thay': standing.substitute?.words.name ?? null,
    },
    facts: [
      ['Hội nghị', title],
      ['Thời gian', at],
      // Whoever is not to come is told no place.
      ['Địa điểm', kind === 'withdrawn' ? null : place],
      ['Số ghế', kind === 'withdrawn' ? null : (seat?.seatNumber ?? null)],
    ],
    answer: NOTHING_ASKED.has(kind) ? null : { url: link },
    hasPass,
  };
}

/** The letter to somebody as it would go now, with their pass in it. */
export async function previewOf(
  context: Context,
  conference: AuthorizedConferenceId,
  calling: Calling,
  view: InvitationView,
): Promise<LetterText> {
  const db = context.database.read;
  const kind = templateKindOf({ kind: 'letter' }, view.standing);
  const [templates, codes, link] = await Promise.all([
    templatesFor(db, conference),
    passCodes(context, db, conference, calling.passesUntil),
    linkShown(context),
  ]);
  const code = view.seat === null ? null : codes(view.person.id);
  const letter = renderLetter(
    templates[kind],
    letterFields(kind, view, calling, { link, hasPass: code !== null }),
  );
  return { ...letter, html: withPicture(letter.html, code) };
}

/** What a template comes to for somebody who is invited; for an invented person as long as nobody is. */
export async function sampleLetter(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  kind: TemplateKind,
): Promise<{ readonly name: string | null; readonly fields: LetterFields }> {
  const calling = await callingOf(context, conference);
  const view = calling === null ? null : await someInvitation(context, conference, calling);
  const shown = { link: await linkShown(context), hasPass: OFFERED[kind].includes('thẻ đại biểu') };
  if (calling === null || view === null) {
    const { texts, facts } = INVENTED;
    const answer = NOTHING_ASKED.has(kind) ? null : { url: shown.link };
    return { name: null, fields: { texts, facts, answer, hasPass: shown.hasPass } };
  }
  const fields = letterFields(kind, view, calling, shown);
  const texts = { ...INVENTED.texts, ...said(fields.texts) };
  return { name: view.person.name, fields: { ...fields, texts } };
}

/** Those that say something. */
function said(texts: LetterFields['texts']): Partial<LetterFields['texts']> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== null));
}

const INVENTED: Pick<LetterFields, 'texts' | 'facts'> = {
  texts: {
    'họ tên': 'Nguyễn Văn An',
    'chức vụ': 'Bí thư Đảng ủy xã',
    'hội nghị': 'Hội nghị',
    'thời gian': '08:00 thứ Hai, 13/01/2025',
    'địa điểm': 'Điểm cầu xã, hội trường Ủy ban nhân dân xã',
    'số ghế': 'A1',
    'đơn vị mời': 'Điểm cầu xã',
    'loại giấy': 'giấy mời',
    'lý do': 'Thay đổi thành phần dự',
    'người dự thay': 'Trần Thị Bình',
  },
  facts: [
    ['Hội nghị', 'Hội nghị'],
    ['Thời gian', '08:00 thứ Hai, 13/01/2025'],
    ['Địa điểm', 'Điểm cầu xã, hội trường Ủy ban nhân dân xã'],
    ['Số ghế', 'A1'],
  ],
};

/** The address of a personal page as previews show it. Whoever has the link answers as its person: it is theirs alone. */
export async function linkShown(context: Context): Promise<string | null> {
  const { publicUrl } = await mailLine(context);
  return publicUrl === null ? null : `${publicUrl}${PERSONAL_PATH}?letter=…`;
}

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

/** What a calendar says beside the invitation. */
interface Told {
  /** Who can be answered. */
  readonly organizer: Mailbox;
  /** The address of whoever they come for; null where they come for themselves. */
  readonly comesFor: string | null;
  /** Their own page. */
  readonly link: string | null;
}

/** The calendar that goes along with a letter, which can be answered to whoever sends it; null where it has nothing to tell. */
async function calendarFor(
  context: Pick<Context, 'clock'>,
  db: Connection,
  { tree, title, sessions }: Calling,
  { id, person, bridge, seat, standing }: InvitationView,
  purpose: Purpose,
  { organizer, comesFor, link }: Told,
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
    place: placeOf(bridge),
    seatNumber: seat?.seatNumber ?? null,
    link,
    organizer,
    attendee: {
      name: person.name,
      address: address.value,
      role: seat?.as === 'chair' ? 'CHAIR' : kind === 'summons' ? 'REQ-PARTICIPANT' : 'OPT-PARTICIPANT',
      partstat: partstatOf(standing),
      delegatedTo: isReplaced ? substitute.words.email : null,
      delegatedFrom: comesFor,
    },
  };
  return await calendarPart(db, context, inviting, method);
}

function partstatOf({ substitute, answer }: Standing): Inviting['attendee']['partstat'] {
  if (substitute?.state === 'accepted') return 'DELEGATED';
  if (answer === null || answer.said.answer === 'substitute') return 'NEEDS-ACTION';
  return answer.said.answer === 'coming' ? 'ACCEPTED' : 'DECLINED';
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
  conference: AuthorizedConferenceId,
  calling: Calling,
  views: readonly InvitationView[],
  purpose: Purpose,
): Promise<QueuedLetters> {
  const line = await mailLineIn(db);
  const { publicUrl } = line;
  const ids = views.map(({ id }) => id);
  const links = publicUrl === null ? null : await personalAddresses(context, db, publicUrl, ids);
  const people = views.map(({ person }) => person.id);
  const principals = await readPrincipals(db, conference, people);
  const templates = await templatesFor(db, conference);
  const codes = await passCodes(context, db, conference, calling.passesUntil);
  const letters: LetterToQueue[] = [];
  for (const view of views) {
    const link = links?.get(view.id) ?? null;
    const kind = templateKindOf(purpose, view.standing);
    const template = templates[kind];
    const qrCode = bringsPass(template) && view.seat !== null ? codes(view.person.id) : null;
    const comesFor = principals.get(view.person.id) ?? null;
    const calendar =
      line.kind === 'none'
        ? null
        : await calendarFor(context, db, calling, view, purpose, { organizer: line.from, comesFor, link });
    letters.push({
      conference,
      about: { kind: INVITATION, id: view.id },
      to: { name: view.person.name, address: view.person.email ?? '' },
      ...renderLetter(template, letterFields(kind, view, calling, { link, hasPass: qrCode !== null })),
      qrCode,
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
