import { personNamed } from '../../../domain/composition/person.ts';
import { type ConferenceId, BridgeId, PersonId } from '../../../domain/ids.ts';
import { fold } from '../../../domain/text/search.ts';
import { personName } from '../../../fixtures/sample/names.ts';
import { choices } from '../../../fixtures/sample/random.ts';
import { writePeople } from '../../../server/people/store.ts';
import { transaction } from '../../../server/platform/database.ts';
import type { RunningServer } from '../../../server/server.ts';
import type { Scene } from '../../browser/scene.ts';

const ROWS = 500;

/** Expects so many more people at the scene's commune. Answers with their names. */
export async function fillBridge(server: RunningServer, scene: Scene, count: number): Promise<string[]> {
  const own = choices(5000);
  const people = Array.from({ length: count }, (_, index) => {
    return {
      id: PersonId.parse(`NGUOI${String(index).padStart(6, '0')}`),
      ...personNamed(personName(own)),
      positions: [
        {
          text: `Đảng viên chi bộ xóm ${(index % 60) + 1}`,
          unit: null,
          organisation: `Xóm ${(index % 60) + 1}`,
        },
      ],
      precedence: 100 + index,
      partyMember: true,
    };
  });
  await transaction(server.database, async (db) => {
    await writePeople(db, scene.conference, people);
    await db.batchInsert(
      'placement',
      people.map(({ id }) => ({
        conference: scene.conference,
        person: id,
        bridge: scene.commune,
        as: 'delegate',
        basis: 'summoned',
        clause: 'C1',
        reason: JSON.stringify({ kind: 'clause', clause: 'C1' }),
      })),
      ROWS / 10,
    );
  });
  return people.map(({ name }) => name);
}

/** Hangs so many bridges under the scene's centre: provinces, and communes under each. */
export async function addBridges(
  server: RunningServer,
  conference: ConferenceId,
  centre: BridgeId,
  count: number,
): Promise<void> {
  const provinces = 63;
  const each = Math.ceil((count - provinces) / provinces);
  const rows = Array.from({ length: provinces }, (_, province) => {
    const under = { conference, parent: `cay-${province}`, class: 'commune' };
    return [
      named(
        { ...under, id: under.parent, parent: centre, class: 'province', ord: 10 + province },
        `Tỉnh Thử ${province + 1}`,
      ),
      ...Array.from({ length: each }, (_unused, commune) =>
        named(
          { ...under, id: `${under.parent}-${commune}`, ord: commune },
          `Xã Thử ${province + 1}.${commune + 1}`,
        ),
      ),
    ];
  }).flat();
  await transaction(server.database, (db) => db.batchInsert('bridge', rows.slice(0, count), ROWS / 10));
}

function named<Row extends object>(row: Row, name: string): Row & { name: string; search_key: string } {
  return { ...row, name, search_key: fold(name) };
}
