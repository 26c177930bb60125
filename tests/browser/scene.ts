import type { Knex } from 'knex';
import { expect } from 'vitest';

import { personNamed } from '../../domain/composition/person.ts';
import { BridgeId, ConferenceId, PersonId, SessionId } from '../../domain/ids.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { fold } from '../../domain/text/search.ts';
import { attendanceContracts } from '../../domain/wire/attendance.ts';
import { writePeople } from '../../server/people/store.ts';
import { transaction } from '../../server/platform/database.ts';
import type { RunningServer } from '../../server/server.ts';
import { testMachine } from '../machines.ts';
import { newId, type SignedInClient } from '../server/harness.ts';
import { EMPTY_PLAN } from '../server/rows.ts';

/** A small conference, written straight into the tables: the pages of the day need no plan document. */
export interface Scene {
  readonly conference: ConferenceId;
  readonly session: SessionId;
  /** The centre, a province under it, two communes under that. */
  readonly centre: BridgeId;
  readonly province: BridgeId;
  readonly commune: BridgeId;
  readonly otherCommune: BridgeId;
  /** Expected at `commune`, in official order. */
  readonly people: readonly { readonly id: PersonId; readonly name: string; readonly position: string }[];
}

const PEOPLE = [
  ['Nguyễn Thị Ánh', 'Bí thư Chi bộ xóm Đồng Ặng', 'Xóm 1'],
  ['Đỗ Văn Ổn', 'Trưởng xóm Đồng Ặng', 'Xóm 1'],
  ['Trần Thị Hòa', 'Bí thư Chi bộ xóm Lũng Ữ', 'Xóm 2'],
  ['Trần Thị Hoan', 'Trưởng xóm Lũng Ữ', 'Xóm 2'],
  ['Lê Quốc Đạt', 'Hiệu trưởng Trường THCS Mây Ngàn', 'Trường THCS'],
  ['Hoàng Thị Mỹ Duyên', 'Phó Hiệu trưởng Trường THCS Mây Ngàn', 'Trường THCS'],
] as const;

/**
 * Writes the scene. Ids of people are as a badge would have them: letters and digits. All at once: jobs of the server that
 * look at conferences must not find half of it.
 */
export async function setScene(server: RunningServer, name = 'canh'): Promise<Scene> {
  return await transaction(server.database, (db) => writeScene(db, name));
}

async function writeScene(db: Knex, name: string): Promise<Scene> {
  const conference = ConferenceId.parse(name);
  const session = SessionId.parse(`${name}-buoi-sang`);
  const now = Date.now();
  const plan: Plan = {
    ...EMPTY_PLAN,
    number: '25-KH/TƯ',
    title: 'Hội nghị toàn quốc học tập chuyên đề, tổ chức tới Ữ Ổ Ặ',
  };
  await db('conference').insert({
    id: conference,
    title: plan.title,
    number: plan.number,
    state: 'issued',
    tree_date: '2025-01-13',
    plan: JSON.stringify(plan),
    revision: 1,
    issued_at: now - 86_400_000,
    created_at: now - 2 * 86_400_000,
  });
  await db('session').insert({
    id: session,
    conference,
    kind: 'session',
    title: 'Buổi sáng',
    starts_at: now - 600_000,
    ends_at: now + 3 * 3_600_000,
  });
  const bridge = async (id: string, parent: string | null, kind: string, title: string, ord: number) => {
    await db('bridge').insert({
      id: `${name}-${id}`,
      conference,
      parent: parent === null ? null : `${name}-${parent}`,
      class: kind,
      name: title,
      ord,
      search_key: fold(title),
    });
    return BridgeId.parse(`${name}-${id}`);
  };
  const centre = await bridge('tu', null, 'central', 'Điểm cầu Trung ương', 0);
  const province = await bridge('tinh', 'tu', 'province', 'Tỉnh Mây Ngàn', 1);
  const commune = await bridge('xa-1', 'tinh', 'commune', 'Xã Đồng Ặng', 2);
  const otherCommune = await bridge('xa-2', 'tinh', 'commune', 'Xã Lũng Ữ', 3);
  const people = [];
  for (const [index, [person, position, organisation]] of PEOPLE.entries()) {
    const id = PersonId.parse(`${name.toUpperCase()}${String(index + 1).padStart(5, '0')}`);
    await writePeople(db, conference, [
      {
        id,
        ...personNamed(person),
        positions: [{ text: position, unit: null, organisation }],
        precedence: index,
        partyMember: true,
      },
    ]);
    await db('placement').insert({
      conference,
      person: id,
      bridge: commune,
      as: 'delegate',
      basis: 'summoned',
      clause: 'C1',
      reason: JSON.stringify({ kind: 'clause', clause: 'C1' }),
    });
    people.push({ id, name: person, position });
  }
  return { conference, session, centre, province, commune, otherCommune, people };
}

/** Somebody is checked in at the commune, as a door would do it. */
export async function arrive(
  { conference, session, commune: bridge, people }: Scene,
  by: SignedInClient,
  index: number,
): Promise<void> {
  const event = {
    kind: 'arrive',
    id: newId(),
    session,
    bridge,
    device: testMachine('may-1').device,
    at: Date.now(),
    offset: 0,
    person: people[index]?.id,
    mode: 'in-person',
  };
  const { items } = await by.call(attendanceContracts.record, {
    params: { conference, bridge },
    body: { session, bridge, events: [event] },
  });
  expect(items.map(({ outcome }) => outcome)).toEqual(['recorded']);
}
