import { EMPTY_GUEST, type GuestList } from '../../domain/guests/guest.ts';
import { renderLetter, type LetterFields } from '../../domain/letters/render.ts';
import { ok, type Result } from '../../domain/result.ts';
import { formatDateTime } from '../../domain/text/dates.ts';
import { callingOf, placeAt, type Calling } from '../invitations/queries.ts';
import { templatesFor } from '../letters/queries.ts';
import { queueLetters, type LetterToQueue } from '../mail/commands.ts';
import { lettersWait } from '../mail/live.ts';
import { lastLettersAbout, mailLineIn } from '../mail/queries.ts';
import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { readGuests, type StoredGuest } from './store.ts';

/** What letters to guests are about, for the mail. */
export const GUEST = 'guest';

/** What a letter to a guest says: they are invited to the bridge at the top, by it, and answer by mail. */
function guestFields(
  { draft: { name, organisation, post } }: Pick<StoredGuest, 'draft'>,
  calling: Calling,
): LetterFields {
  const { tree, title, startsAt } = calling;
  const from = [post, name === null ? null : organisation].filter(Boolean).join(', ');
  const at = startsAt === null ? null : formatDateTime(startsAt, 'vi');
  const place = placeAt(tree.root, calling);
  return {
    texts: {
      'họ tên': name ?? organisation,
      'chức vụ': from === '' ? null : from,
      'hội nghị': title,
      'thời gian': at,
      'địa điểm': place,
      'đơn vị mời': tree.root.name,
      'số ghế': null,
      'loại giấy': null,
      'lý do': null,
      'người dự thay': null,
    },
    facts: [
      ['Hội nghị', title],
      ['Thời gian', at],
      ['Địa điểm', place],
    ],
    answer: null,
    hasPass: false,
  };
}

/** What a letter comes to for one of the guests; for an invented one as long as there is none. Null before there are bridges. */
export async function sampleGuestLetter(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
): Promise<{ readonly name: string | null; readonly fields: LetterFields } | null> {
  const [calling, [guest]] = await Promise.all([
    callingOf(context, conference),
    readGuests(context.database.read, conference),
  ]);
  if (calling === null) return null;
  const fields = guestFields(guest ?? INVENTED, calling);
  return { name: guest === undefined ? null : fields.texts['họ tên'], fields };
}

const INVENTED: Pick<StoredGuest, 'draft'> = {
  draft: { ...EMPTY_GUEST, name: 'Nguyễn Văn An', organisation: 'Báo Mây Ngàn', post: 'Phóng viên' },
};

export type InviteFailure = {
  /** `no line`: the server is not set up to send mail. */
  readonly reason: 'no bridges' | 'no line' | 'no such guest';
};

export interface Invited {
  /** Letters that wait for the mail server. */
  readonly queued: number;
  readonly withoutAddress: number;
}

/** Queues the invitations of guests of a list: of those that are named, also once more, or, by null, of all who have had none. */
export async function inviteGuests(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  list: GuestList,
  which: readonly string[] | null,
): Promise<Result<Invited, InviteFailure>> {
  const calling = await callingOf(context, conference);
  if (calling === null) return { ok: false, reason: 'no bridges' };
  const done = await transaction(context.database, async (db): Promise<Result<Invited, InviteFailure>> => {
    if ((await mailLineIn(db)).kind === 'none') return { ok: false, reason: 'no line' };
    const own = (await readGuests(db, conference)).filter((guest) => guest.list === list);
    const ids = own.map(({ id }) => id);
    // Read where it is written: of two who press at once the second finds nobody left.
    const had = await lastLettersAbout(db, GUEST, ids);
    const named = new Set(which);
    const invited = own.filter(({ id }) => (which === null ? !had.has(id) : named.has(id)));
    if (which !== null && invited.length < named.size) return { ok: false, reason: 'no such guest' };
    const { guest: template } = await templatesFor(db, conference);
    const letters = invited.flatMap(({ id, draft }): LetterToQueue[] => {
      const { name, organisation, email: address } = draft;
      if (address === null) return [];
      return [
        {
          conference,
          about: { kind: GUEST, id },
          to: { name: name ?? organisation, address },
          ...renderLetter(template, guestFields({ draft }, calling)),
          isAutomatic: false,
          language: 'vi',
        },
      ];
    });
    const { letters: queued } = await queueLetters(db, context, letters);
    const counts = { queued: queued.length, withoutAddress: invited.length - queued.length };
    context.audit.note({ after: { list, ...counts } });
    return ok(counts);
  });
  if (done.ok) lettersWait(context.database);
  return done;
}
