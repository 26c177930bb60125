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

/** `file`: the bytes of one file as the body, its name in the query's `name`. */
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

/** Keeps the exact types of a declaration, so that server and client infer theirs from it. */
export function contract<const Declared extends Contract>(declared: Declared): Declared {
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
  : Record<never, never>;
export type BodyOf<C extends Contract> = C extends { readonly body: infer B }
  ? B extends z.ZodType
    ? z.infer<B>
    : B extends 'file'
      ? Uint8Array<ArrayBuffer>
      : undefined
  : undefined;
export type BodyInput<C extends Contract> = C extends { readonly body: infer B }
  ? B extends z.ZodType
    ? z.input<B>
    : B extends 'file'
      ? Uint8Array<ArrayBuffer>
      : undefined
  : undefined;
export type AnswerOf<C extends Contract> = C['answer'] extends z.ZodType ? z.infer<C['answer']> : undefined;

/** Cursor pagination: an opaque cursor out of the page before, null at the end. */
export const PageQuery = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

export function page<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** Query of a route that takes a file: the file's name, whose ending tells its kind. */
export const FileQuery = z.object({ name: z.string().min(1).max(255) });
