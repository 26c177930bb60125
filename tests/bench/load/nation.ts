import { hash } from 'node:crypto';

import { BridgeClass } from '../../../domain/bridges/bridge.ts';
import { AccountId, BridgeId, ConferenceId, PersonId, SessionId } from '../../../domain/ids.ts';
import { testMachine, type TestMachine } from '../../machines.ts';

/** One bridge of the conference with the people who have their seat there, and the machine at its door. */
export interface Door {
  readonly bridge: BridgeId;
  readonly class: BridgeClass;
  /** Place of the bridge above it in `doors`; null for the root. */
  readonly parent: number | null;
  readonly machine: TestMachine;
  readonly account: AccountId;
  /** The first of its people, and how many: everybody of the conference has a number. */
  readonly firstPerson: number;
  readonly people: number;
}

export interface Nation {
  readonly conference: ConferenceId;
  readonly session: SessionId;
  /** In tree order, the root first. */
  readonly doors: readonly Door[];
  readonly people: number;
}

/** As published for 13/01/2025. */
export const BRIDGES = 15_345;
export const PEOPLE = 978_532;

/** The conference's organizer, who watches the screens. */
export const ORGANIZER = -1;

/** How many more people a bridge of a class has than a commune's. */
const WEIGHTS: Readonly<Record<string, number>> = {
  central: 12,
  agency: 4,
  province: 8,
  district: 3,
  commune: 1,
};

/**
 * A country by numbers alone, the same in every process that asks for it: the centre, ministries below it, 63 provinces with
 * their districts and communes. Nothing of it is read from anywhere.
 */
export function nation(bridges: number, people: number): Nation {
  const doors: { class: string; parent: number | null }[] = [{ class: 'central', parent: null }];
  const agencies = Math.floor((bridges - 1) / 130);
  const provinces = Math.max(1, Math.min(63, Math.floor((bridges - 1) / 16)));
  const rest = bridges - 1 - agencies - provinces;
  const districts = Math.floor(rest / 21);
  for (let at = 0; at < agencies; at++) doors.push({ class: 'agency', parent: 0 });
  for (let at = 0; at < provinces; at++) {
    const province = doors.push({ class: 'province', parent: 0 }) - 1;
    const ownDistricts = share(districts, provinces, at);
    let communes = share(rest - districts, provinces, at);
    for (let one = 0; one < ownDistricts; one++) {
      const district = doors.push({ class: 'district', parent: province }) - 1;
      const own = share(communes, ownDistricts - one, 0);
      communes -= own;
      for (let commune = 0; commune < own; commune++) doors.push({ class: 'commune', parent: district });
    }
    for (; communes > 0; communes--) doors.push({ class: 'commune', parent: province });
  }
  return {
    conference: ConferenceId.parse(uuid(0xc000, 0)),
    session: SessionId.parse(uuid(0xa000, 0)),
    doors: seated(doors, people),
    people,
  };
}

/** How many of `total` the `at`th of `among` gets, when all get the same as far as it goes. */
function share(total: number, among: number, at: number): number {
  return Math.floor((total * (at + 1)) / among) - Math.floor((total * at) / among);
}

function seated(bare: readonly { class: string; parent: number | null }[], people: number): Door[] {
  const weights = bare.map((door) => WEIGHTS[door.class] ?? 1);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  let firstPerson = 0;
  return bare.map((door, at) => {
    before += weights[at] ?? 0;
    const next = Math.round((people * before) / whole);
    const seats = { firstPerson, people: next - firstPerson };
    firstPerson = next;
    return {
      ...seats,
      bridge: BridgeId.parse(uuid(0xb000, at)),
      class: BridgeClass.parse(door.class),
      parent: door.parent,
      // Thousands of keys take a second: each process makes those of its own doors.
      get machine() {
        return testMachine(`door ${at}`);
      },
      account: AccountId.parse(uuid(0xacc0, at)),
    };
  });
}

export function personId(number: number): PersonId {
  return uuid(0xe000, number) as PersonId;
}

/** The value of the cookie with which the host of a door, or the organizer, is signed in. */
export function tokenOf(door: number): string {
  return hash('sha256', `bench ${door}`, 'base64url');
}

/** Laid out like any other UUIDv7: a kind in the place of its counter. */
function uuid(kind: number, number: number): string {
  return `019460bd-${kind.toString(16)}-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

export function organizerId(): AccountId {
  return AccountId.parse(uuid(0xacc1, 0));
}
