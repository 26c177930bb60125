import type { AccountId } from '../../domain/ids.ts';

/** What a handler or command hands over for the entry of what it does. Nothing secret: no password, no link, no code. */
export interface Noted {
  /** Things that the path does not name, by kind: `{ account: id }`. */
  readonly on?: Readonly<Record<string, string | readonly string[] | null | undefined>>;
  /** How it stood before, and stands now: the part that the change is about, as plain values. */
  readonly before?: unknown;
  readonly after?: unknown;
  /** With which name somebody tried to sign in. */
  readonly username?: string;
  /** Who it turned out to be, where nobody was signed in when it began. */
  readonly by?: { readonly account: AccountId; readonly name?: string };
}

/** Takes what handlers and commands note; what is noted last stands, things are added up. */
export interface AuditNotes {
  note(noted: Noted): void;
}

/** From where a request or message came. */
export interface Origin {
  readonly address: string | null;
  /** What the browser says of itself. */
  readonly agent: string | null;
  /** By which sign-in; not the value of its cookie. */
  readonly signIn?: string;
}
