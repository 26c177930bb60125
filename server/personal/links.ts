import type { InvitationId } from '../../domain/invitations/step.ts';
import { linkStatement, readLink, writeLink, type PersonalLink } from '../../domain/personal/link.ts';
import type { Language } from '../../domain/text/language.ts';
import type { Context } from '../platform/context.ts';
import type { Connection } from '../platform/database.ts';
import { signatureCheck } from '../platform/signatures.ts';
import { readEditions } from './store.ts';

/** Where the pages of those who are invited are. */
export const PERSONAL_PATH = '/invitation';

/** The text of a personal link, to stand in the query as `letter`. Nothing of it is kept. */
export function signLink({ keys }: Pick<Context, 'keys'>, link: PersonalLink): string {
  return writeLink(link, keys.passes.sign(linkStatement(link)));
}

/** The link that a text is, where this server signed it; null for any other. */
export function signedLink({ keys }: Context, text: unknown): PersonalLink | null {
  const read = typeof text === 'string' ? readLink(text) : null;
  if (read === null) return null;
  const isOurs = signatureCheck(keys.passes.publicKey);
  return isOurs?.(linkStatement(read.link), read.signature) === true ? read.link : null;
}

/** Address of a page of whoever a letter is for. */
export function personalUrl(
  letter: string,
  language: Language,
  page: '' | '/calendar' | '/paper' = '',
  more: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams({ letter, ...(language === 'en' && { language }), ...more });
  return `${PERSONAL_PATH}${page}?${query.toString()}`;
}

/** Addresses of the pages of some invitations, each with the link that counts, as the caller's transaction has them. */
export async function personalAddresses(
  context: Pick<Context, 'keys'>,
  db: Connection,
  publicUrl: string,
  ids: readonly InvitationId[],
): Promise<Map<InvitationId, string>> {
  const editions = await readEditions(db, ids);
  return new Map(
    ids.map((id) => {
      const letter = signLink(context, { invitation: id, edition: editions.get(id) ?? 1 });
      return [id, new URL(personalUrl(letter, 'vi'), publicUrl).href];
    }),
  );
}
