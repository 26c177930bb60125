import type { AccountId } from '../../domain/ids.ts';
import type { Language } from '../../domain/text/language.ts';
import type { Instant } from '../../domain/time.ts';
import type { Database } from './database.ts';
import type { Keys } from './keys.ts';
import type { Logger } from './log.ts';

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
}

/** Makes the context of one request or message out of what all of them share. */
export type MakeContext = (own: {
  readonly actor: Actor | null;
  readonly language: Language;
  readonly log?: Logger;
}) => Context;

/** A browser that is signed in. */
export interface SignedIn {
  readonly actor: Actor;
  /** Key of this one sign-in, under which its sockets can be closed. Not the cookie's value. */
  readonly signIn: string;
}

/** Finds out by a request's `Cookie` header who is signed in. */
export type Authenticate = (cookies: string | undefined) => Promise<SignedIn | null>;
