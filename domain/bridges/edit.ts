import type { BridgeId, PersonId } from '../ids.ts';
import { readAddress, type AddressFault } from '../mail/address.ts';
import { ok } from '../result.ts';
import type { Result } from '../result.ts';
import { fits, tidy } from '../text/normalize.ts';
import type {
  Bridge,
  BridgeClass,
  BridgeContacts,
  BridgeTree,
  Contact,
  ContactKind,
  ReadinessItem,
} from './bridge.ts';
import { CONTACT_KINDS, NO_CONTACTS, READINESS_ITEMS } from './bridge.ts';
import { feedOf } from './tree.ts';

/** Why a bridge cannot be changed so. */
export type BridgeEditFailure =
  | { readonly reason: 'unknown bridge'; readonly id: BridgeId }
  | { readonly reason: 'the root stays'; readonly bridge: Bridge }
  /** From the new parent up to the bridge itself. */
  | { readonly reason: 'would circle'; readonly bridge: Bridge; readonly path: readonly Bridge[] }
  | { readonly reason: 'feed would circle'; readonly bridge: Bridge; readonly path: readonly Bridge[] }
  | { readonly reason: 'chairs another bridge'; readonly bridge: Bridge; readonly other: Bridge }
  | { readonly reason: 'no name' }
  | {
      readonly reason: 'too long';
      readonly field: 'name' | 'organisation' | 'address' | ContactKind;
      readonly most: number;
    }
  | { readonly reason: 'not a capacity'; readonly most: number }
  | { readonly reason: 'not a phone'; readonly contact: ContactKind; readonly text: string }
  | { readonly reason: 'not an address'; readonly contact: ContactKind; readonly fault: AddressFault }
  | { readonly reason: 'has bridges below'; readonly bridge: Bridge; readonly count: number };

/** The bridges that an edit changes, as they are after it. All others stay as they are. */
export type BridgeEdit = Result<readonly Bridge[], BridgeEditFailure>;

/** What an edit leaves: the same bridges in the same order, the changed ones in their new form. */
export function applyEdit(bridges: readonly Bridge[], changed: readonly Bridge[]): readonly Bridge[] {
  const now = new Map(changed.map((bridge) => [bridge.id, bridge]));
  return bridges.map((bridge) => now.get(bridge.id) ?? bridge);
}

/**
 * Hangs a bridge, with all below it, under another one. A source of its own stays; a source that has become the parent
 * is none of its own any more.
 */
export function moveBridge(tree: BridgeTree, id: BridgeId, parent: BridgeId): BridgeEdit {
  const bridge = tree.get(id);
  if (bridge === undefined) return { ok: false, reason: 'unknown bridge', id };
  const up = tree.path(parent);
  if (up.length === 0) return { ok: false, reason: 'unknown bridge', id: parent };
  if (bridge.parent === null) return { ok: false, reason: 'the root stays', bridge };
  const met = up.findIndex((above) => above.id === id);
  if (met !== -1) return { ok: false, reason: 'would circle', bridge, path: up.slice(0, met + 1) };
  const moved: Bridge = {
    ...bridge,
    parent,
    feedParent: bridge.feedParent === parent ? null : bridge.feedParent,
  };
  const circle = feedCircle(tree, [moved]);
  if (circle !== null) return { ok: false, reason: 'feed would circle', bridge, path: circle };
  return ok([moved]);
}

/** Says where a bridge's picture comes from; null, or its own parent, lets it come from the bridge above. */
export function setFeedParent(tree: BridgeTree, id: BridgeId, source: BridgeId | null): BridgeEdit {
  const bridge = tree.get(id);
  if (bridge === undefined) return { ok: false, reason: 'unknown bridge', id };
  if (source !== null && tree.get(source) === undefined)
    return { ok: false, reason: 'unknown bridge', id: source };
  if (bridge.parent === null && source !== null) return { ok: false, reason: 'the root stays', bridge };
  const fed: Bridge = { ...bridge, feedParent: source === bridge.parent ? null : source };
  const circle = feedCircle(tree, [fed]);
  if (circle !== null) return { ok: false, reason: 'feed would circle', bridge, path: circle };
  return ok([fed]);
}

/** The way of the picture from one of the changed bridges back to itself; null where all reach the root. */
function feedCircle(tree: BridgeTree, changed: readonly Bridge[]): Bridge[] | null {
  const now = new Map(changed.map((bridge) => [bridge.id, bridge]));
  for (const start of changed) {
    const path: Bridge[] = [];
    const seen = new Set<BridgeId>();
    let from = feedOf(start);
    while (from !== null && !seen.has(from)) {
      seen.add(from);
      const source = now.get(from) ?? tree.get(from);
      if (source === undefined) break;
      path.push(source);
      if (source.id === start.id) return path;
      from = feedOf(source);
    }
  }
  return null;
}

/**
 * Assigns the one person who chairs a bridge, or nobody. Who already chairs another bridge of the conference is refused:
 * "Phân công một đồng chí lãnh đạo chủ trì tại điểm cầu", and nobody sits in two rooms.
 */
export function setChair(tree: BridgeTree, id: BridgeId, chair: PersonId | null): BridgeEdit {
  const bridge = tree.get(id);
  if (bridge === undefined) return { ok: false, reason: 'unknown bridge', id };
  const other = chair === null ? undefined : chairedBy(tree.bridges, chair, id);
  if (other !== undefined) return { ok: false, reason: 'chairs another bridge', bridge, other };
  return ok([{ ...bridge, chair }]);
}

/** The bridge that a person chairs, other than `except`. */
export function chairedBy(
  bridges: readonly Bridge[],
  person: PersonId,
  except?: BridgeId,
): Bridge | undefined {
  return bridges.find((bridge) => bridge.chair === person && bridge.id !== except);
}

/** Ticks an item of the readiness checklist, or takes the tick off. */
export function setReady(tree: BridgeTree, id: BridgeId, item: ReadinessItem, isReady: boolean): BridgeEdit {
  const bridge = tree.get(id);
  if (bridge === undefined) return { ok: false, reason: 'unknown bridge', id };
  const ready = READINESS_ITEMS.filter((one) => (one === item ? isReady : bridge.ready.includes(one)));
  return ok([{ ...bridge, ready }]);
}

export const LONGEST = { name: 300, organisation: 300, address: 500, contact: 200 } as const;
/** A number as people write it: `0912 345 678`, `(024) 3936.1234 máy lẻ 12`. */
const PHONE = /^[+(]?\d[\d\s().,+-]{2,24}(?:(?:máy lẻ|số lẻ|ext\.?|lẻ) ?\d{1,6})?$/iu;
/** No hall seats more; a larger figure is a slip of the keyboard. */
export const MOST_SEATS = 100_000;

/** A contact as somebody typed it. */
export type GivenContact = Omit<Contact, 'email'> & { readonly email?: string | null | undefined };
/** Contacts that are given; one without name, number and address is none. */
export type GivenContacts = { readonly [Kind in ContactKind]?: GivenContact | null | undefined };

export interface BridgeDetails {
  readonly class?: BridgeClass | undefined;
  readonly name?: string | undefined;
  readonly organisation?: string | null | undefined;
  readonly address?: string | null | undefined;
  /** Seats; null where nobody has said. */
  readonly capacity?: number | null | undefined;
  readonly contacts?: GivenContacts | undefined;
}

/** Changes what is known of the room, its name and whom to call there. Texts are tidied; empty ones become null. */
export function describeBridge(tree: BridgeTree, id: BridgeId, details: BridgeDetails): BridgeEdit {
  const bridge = tree.get(id);
  if (bridge === undefined) return { ok: false, reason: 'unknown bridge', id };
  const faulty = checkDetails(details);
  return faulty ?? ok([describedAs(bridge, details)]);
}

function describedAs(bridge: Bridge, details: BridgeDetails): Bridge {
  return {
    ...bridge,
    class: details.class ?? bridge.class,
    name: textOf(details.name, bridge.name) ?? bridge.name,
    organisation: textOf(details.organisation, bridge.organisation),
    address: textOf(details.address, bridge.address),
    capacity: details.capacity === undefined ? bridge.capacity : details.capacity,
    contacts: contactsOf(details.contacts, bridge.contacts),
  };
}

function contactsOf(given: GivenContacts | undefined, kept: BridgeContacts): BridgeContacts {
  if (given === undefined) return kept;
  const one = (kind: ContactKind): Contact | null => {
    const said = given[kind];
    if (said === undefined) return kept[kind];
    const name = tidy(said?.name ?? '') || null;
    const phone = tidy(said?.phone ?? '') || null;
    const email = readAddress(said?.email ?? '');
    if (name === null && phone === null && !email.ok) return null;
    return { name, phone, ...(email.ok && { email: email.value }) };
  };
  return { technical: one('technical'), organizer: one('organizer') };
}

export type BulkDetails = Pick<BridgeDetails, 'capacity' | 'address' | 'contacts' | 'class'> & {
  /** Items of the checklist to tick, and to take the tick off. */
  readonly mark?: readonly ReadinessItem[] | undefined;
  readonly unmark?: readonly ReadinessItem[] | undefined;
};

/** Changes the same of many bridges at once. Those that are so already are not in the answer. */
export function describeMany(
  tree: BridgeTree,
  ids: Iterable<BridgeId>,
  { mark = [], unmark = [], ...details }: BulkDetails,
): BridgeEdit {
  const faulty = checkDetails(details);
  if (faulty !== null) return faulty;
  const changed: Bridge[] = [];
  for (const id of new Set(ids)) {
    const bridge = tree.get(id);
    if (bridge === undefined) return { ok: false, reason: 'unknown bridge', id };
    const ready = READINESS_ITEMS.filter(
      (item) => mark.includes(item) || (bridge.ready.includes(item) && !unmark.includes(item)),
    );
    const described: Bridge = { ...describedAs(bridge, details), ready };
    if (!isSameBridge(bridge, described)) changed.push(described);
  }
  return ok(changed);
}

/** Whether two forms of a bridge say the same. */
export function isSameBridge(one: Bridge, other: Bridge): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function textOf(given: string | null | undefined, kept: string | null): string | null {
  return given === undefined ? kept : tidy(given ?? '') || null;
}

function checkDetails(details: BridgeDetails): ({ readonly ok: false } & BridgeEditFailure) | null {
  if (details.name !== undefined && tidy(details.name.slice(0, 8 * LONGEST.name)) === '') {
    return { ok: false, reason: 'no name' };
  }
  for (const field of ['name', 'organisation', 'address'] as const) {
    if (!fits(details[field] ?? '', LONGEST[field])) {
      return { ok: false, reason: 'too long', field, most: LONGEST[field] };
    }
  }
  for (const kind of CONTACT_KINDS) {
    const { name, phone, email = '' } = details.contacts?.[kind] ?? { name: null, phone: null };
    if (!fits(name ?? '', LONGEST.contact))
      return { ok: false, reason: 'too long', field: kind, most: LONGEST.contact };
    const text = tidy((phone ?? '').slice(0, 80));
    if (text !== '' && !PHONE.test(text)) return { ok: false, reason: 'not a phone', contact: kind, text };
    const address = readAddress(email ?? '');
    if (!address.ok && address.reason !== 'empty')
      return { ok: false, reason: 'not an address', contact: kind, fault: address.reason };
  }
  const { capacity = null } = details;
  if (capacity !== null && !(Number.isInteger(capacity) && capacity >= 0 && capacity <= MOST_SEATS)) {
    return { ok: false, reason: 'not a capacity', most: MOST_SEATS };
  }
  return null;
}

export interface NewBridge {
  readonly class: BridgeClass;
  readonly name: string;
  readonly unit: Bridge['unit'];
  readonly organisation: string | null;
  readonly parent: BridgeId;
}

/** Adds a bridge beside what the plan gives: a second room, an enterprise, a village. */
export function addBridge(tree: BridgeTree, added: NewBridge, newId: () => BridgeId): BridgeEdit {
  if (tree.get(added.parent) === undefined) return { ok: false, reason: 'unknown bridge', id: added.parent };
  const faulty = checkDetails(added);
  if (faulty !== null) return faulty;
  return ok([
    {
      id: newId(),
      class: added.class,
      name: tidy(added.name),
      unit: added.unit,
      organisation: tidy(added.organisation ?? '') || null,
      parent: added.parent,
      feedParent: null,
      capacity: null,
      chair: null,
      address: null,
      ready: [],
      contacts: NO_CONTACTS,
    },
  ]);
}

/**
 * The bridges that change when some are taken out: those that took their picture from one of them take it from above
 * again. A bridge with others below it goes only together with all of them. Whether any holds reports or attendance is
 * the caller's to check: such a bridge is not taken out.
 */
export function removeBridges(tree: BridgeTree, ids: ReadonlySet<BridgeId>): BridgeEdit {
  for (const id of ids) {
    const bridge = tree.get(id);
    if (bridge === undefined) return { ok: false, reason: 'unknown bridge', id };
    if (bridge.parent === null) return { ok: false, reason: 'the root stays', bridge };
    if (tree.children(id).some((child) => !ids.has(child.id))) {
      const count = tree.subtree(id).filter((below) => !ids.has(below.id)).length;
      return { ok: false, reason: 'has bridges below', bridge, count };
    }
  }
  const fedByThem = tree.bridges
    .filter((one) => !ids.has(one.id) && one.feedParent !== null && ids.has(one.feedParent))
    .map((one) => ({ ...one, feedParent: null }));
  const circle = feedCircle(tree, fedByThem);
  const [first] = circle ?? [];
  if (circle !== null && first !== undefined)
    return { ok: false, reason: 'feed would circle', bridge: circle.at(-1) ?? first, path: circle };
  return ok(fedByThem);
}
