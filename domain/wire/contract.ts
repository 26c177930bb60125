import { z } from 'zod';

/**
 * What somebody may do at a node of the tree.
 * - `read`: see the structure and the figures.
 * - `people`: see lists of persons and their names.
 * - `host`: record who is there, and report.
 * - `devices`: pair, name and revoke machines.
 * - `control`: run the agenda, raise and answer alerts.
 * - `audit`: see the audit trail, and take exports for auditors.
 * - `organize`: change plan, bridges, people and roles.
 */
export const RIGHTS = ['read', 'people', 'host', 'devices', 'control', 'audit', 'organize'] as const;
export type Right = (typeof RIGHTS)[number];

/**
 * What a caller must be allowed to do, and where.
 * - at `installation`: a standing role with the right.
 * - at `conference`: a role over the whole of it, or a standing one, with the right. `belong` is for everybody with any role
 *   in it, and such a route shows only what lies under the caller's own nodes.
 * - at `bridge`: a role at the bridge, or one above it that reaches down. `below`: the right must hold for everything below the
 *   bridge too, which a host's does only where there is nothing below. `above`: the right must hold at the level above the
 *   bridge, for what nobody decides for themselves.
 */
export type Scope =
  | { readonly at: 'public' }
  | { readonly at: 'account' }
  | { readonly at: 'installation'; readonly right: Right }
  | { readonly at: 'conference'; readonly right: Right | 'belong' }
  | { readonly at: 'bridge'; readonly right: Right; readonly below?: true; readonly above?: true };

/** `file`: the bytes of one file as the body, its name in a header. */
export type Body = z.ZodType | 'file' | null;
/** `stream`: a document that is written as it is read; its media types are in `streams`. */
export type Answer = z.ZodType | 'stream' | null;

/**
 * What the audit trail (nhật ký kiểm tra) has of a route.
 * - `look`: it shows people, and each answer leaves one entry.
 * - `change`: an entry before it runs and one with its outcome. Every method but `get` is one where nothing else is said.
 * - `none`: no entry, and why it needs none.
 */
export type Audit = 'look' | 'change' | { readonly none: string };

/** Of a route that changes nothing yet: a challenge is drawn, a secret shown. */
export const ONLY_BEGINS: Audit = { none: 'it only begins something; what finishes it is entered' };

/**
 * One route of the API, declared once: the server serves it, the client calls it, the reference page documents it and
 * the tests walk over it. Path parameters stand as `{name}` and are ids; `{conference}` and `{bridge}` are what the
 * scope is checked against.
 */
export interface Contract {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly summary: string;
  readonly scope: Scope;
  /** Ids, codes, numbers and days. Servers on the way write addresses down: what may be a person's name stands in a body. */
  readonly query?: z.ZodObject;
  readonly body?: Body;
  readonly answer: Answer;
  readonly streams?: readonly string[];
  readonly audit?: Audit;
}

/** What a route leaves in the audit trail: as it says, or as its method does. */
export function auditOf({ audit, method }: Contract): 'look' | 'change' | null {
  if (audit === undefined) return method === 'get' ? null : 'change';
  return typeof audit === 'string' ? audit : null;
}

/** Whether a route only reads. A search by name reads too: what is looked for stands in its body. */
export function isRead({ method, audit }: Contract): boolean {
  return method === 'get' || audit === 'look';
}

type FreeText<Query> = Query extends z.ZodObject
  ? {
      [Field in keyof z.output<Query> & string]: string extends z.output<Query>[Field] ? Field : never;
    }[keyof z.output<Query> & string]
  : never;
/** Does not compile where a query takes any text at all: such a field belongs into the body. */
type NamesNobody<Declared> = Declared extends { readonly query: infer Query }
  ? [FreeText<Query>] extends [never]
    ? unknown
    : { readonly query: { readonly 'free text stands in no address': FreeText<Query> } }
  : unknown;

/** Keeps the exact types of a declaration, so that server and client infer theirs from it. */
export function contract<const Declared extends Contract>(
  declared: Declared & NamesNobody<Declared>,
): Declared {
  return declared;
}

type ParamNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamNames<Rest>
  : never;

/** The path parameters of a contract, by name. */
export type ParamsOf<C extends Contract> = { readonly [Name in ParamNames<C['path']>]: string };
export type QueryOf<C extends Contract> = C extends { readonly query: infer Q extends z.ZodObject }
  ? z.infer<Q>
  : Record<never, never>;
/** What a caller may write for the query: fields with a default may be left out. */
export type QueryInput<C extends Contract> = C extends { readonly query: infer Q extends z.ZodObject }
  ? z.input<Q>
  : undefined;
export type BodyOf<C extends Contract> = C extends { readonly body: infer B }
  ? B extends z.ZodType
    ? z.infer<B>
    : B extends 'file'
      ? SentFile
      : undefined
  : undefined;
export type BodyInput<C extends Contract> = C extends { readonly body: infer B }
  ? B extends z.ZodType
    ? z.input<B>
    : B extends 'file'
      ? SentFile
      : undefined
  : undefined;
export type AnswerOf<C extends Contract> = C['answer'] extends z.ZodType ? z.infer<C['answer']> : undefined;

/** Out of the page before: places and ids, opaque. */
const Cursor = z.string().max(400).brand<'Cursor'>();
const MOST_ROWS = 1000;
const USUAL_ROWS = 100;

/** Cursor pagination: an opaque cursor out of the page before, null at the end. */
export const PageQuery = z.object({
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(MOST_ROWS).default(USUAL_ROWS),
});

/** The same in the body of a list that is searched by names of people. */
export const PageBody = z.object({
  cursor: Cursor.optional(),
  limit: z.int().min(1).max(MOST_ROWS).default(USUAL_ROWS),
});

/** Part of the name of a unit or bridge: it names a place, and may stand in an address. */
export const PlaceName = z.string().max(100).brand<'PlaceName'>();

export function page<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** A file that is sent. */
export interface SentFile {
  /** As it was called where it came from: its ending tells its kind, and it may name somebody. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}
export const FileName = z.string().min(1).max(255);
