/** What a personal link stands for: one invitation, and which of its links it is. */
export interface PersonalLink {
  readonly invitation: string;
  /** From 1 on; a later one makes the earlier ones void. */
  readonly edition: number;
}

export const LAST_EDITION = 0xffff;
const VERSION = 1;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Version, id, edition, and an Ed25519 signature in base64url. */
const TOKEN = /^1([0-9a-f]{32})([0-9a-f]{4})([\w-]{86})$/;

/** What is signed: fixed lines, which no other statement of the server's keys begins with. */
export function linkStatement({ invitation, edition }: PersonalLink): string {
  return [`nhipcau link ${VERSION}`, invitation, String(edition)].join('\n');
}

/** The text of a link, to stand in the query of an address. Throws for what no link can hold: a bug of whoever makes it. */
export function writeLink({ invitation, edition }: PersonalLink, signature: string): string {
  if (!UUID.test(invitation)) throw new Error(`no invitation: ${invitation}`);
  if (!Number.isInteger(edition) || edition < 1 || edition > LAST_EDITION)
    throw new Error(`edition ${edition}`);
  return `${VERSION}${invitation.replaceAll('-', '')}${edition.toString(16).padStart(4, '0')}${signature}`;
}

/** Reads a text as a link; null for any other. Its signature has not been looked at yet. */
export function readLink(text: string): { readonly link: PersonalLink; readonly signature: string } | null {
  const [, id, edition, signature] = TOKEN.exec(text) ?? [];
  if (id === undefined || edition === undefined || signature === undefined) return null;
  const invitation = id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return { link: { invitation, edition: Number.parseInt(edition, 16) }, signature };
}
