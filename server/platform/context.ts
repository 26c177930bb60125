import type { AccountId } from '../../domain/ids.ts';
import type { Language } from '../../domain/text/language.ts';
import type { Instant } from '../../domain/time.ts';
import type { Database } from './database.ts';
import type { Keys } from './keys.ts';
import type { Logger } from './log.ts';
import type { AuditNotes, Origin } from './notes.ts';

/** Whoever acts: the account and the person's name. */
export interface Actor {
  readonly account: AccountId;
  readonly name: string;
}

/** What a command or query works with. Clock and ids come in here, so that tests can hold them still. */
export interface Context {
  readonly database: Database;
  readonly clock: () => Instant;
  /** A new UUIDv7, later ones sorting after earlier ones. */
  readonly newId: () => string;
  readonly keys: Keys;
  readonly log: Logger;
  /** Null while nobody is signed in, and at the command line. */
  readonly actor: Actor | null;
  /** In which sentences for people are written. */
  readonly language: Language;
  /** From where somebody asks; null for work that nobody asks for. */
  readonly origin: Origin | null;
  /** Takes what the audit trail is to have of this request: on what, before and after. */
  readonly audit: AuditNotes;
}

/** Makes the context of one request or message out of what all of them share. */
export type MakeContext = (own: {
  readonly actor: Actor | null;
  readonly language: Language;
  readonly log?: Logger;
  readonly origin?: Origin;
}) => Context;

/** A browser that is signed in. */
export interface SignedIn {
  readonly actor: Actor;
  /** Key of this one sign-in, under which its sockets can be closed. Not the cookie's value. */
  readonly signIn: string;
  /** Where it is time for another secret: the new value of the cookie, to be sent with the answer. */
  readonly cookie?: string;
}

/** Finds out who is signed in. */
export interface Authentication {
  /** By the `Cookie` header of a request. `renews`: whether a new value of the cookie can be sent with the answer. */
  byCookie(cookies: string | undefined, renews?: boolean): Promise<SignedIn | null>;
  /** Whether a sign-in by which a socket was let in still goes on: its browser may have another secret by now. */
  again(signIn: string): Promise<SignedIn | null>;
}
