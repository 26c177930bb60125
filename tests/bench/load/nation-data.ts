import { hash } from 'node:crypto';
import { constants, rmSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { personNamed, type Person } from '../../../domain/composition/person.ts';
import { ClauseId } from '../../../domain/ids.ts';
import { CivilDate, type Instant } from '../../../domain/time.ts';
import { personName } from '../../../fixtures/sample/names.ts';
import { choices } from '../../../fixtures/sample/random.ts';
import { ticketOf } from '../../../server/sign-in/cookie.ts';
import { writeBridges } from '../../../server/bridges/store.ts';
import { replacePlacements, type PlacementRows } from '../../../server/composition/store.ts';
import { writePeople } from '../../../server/people/store.ts';
import { databaseFile, openDatabase, type Database } from '../../../server/platform/database.ts';
import { insertConference } from '../../../server/plans/store.ts';
import { insertSession } from '../../../server/schedule/store.ts';
import { samplePlan } from '../../server/plans/sample.ts';
import { ORGANIZER, organizerId, personId, tokenOf, type Nation } from './nation.ts';

const HOUR = 3_600_000;
const HALF_AN_HOUR = HOUR / 2;
const PEOPLE_AT_A_TIME = 10_000;

/**
 * A new data folder with the whole conference in it, everybody placed and every host signed in: a copy of one that is made
 * once and kept with the temporary files. The caller removes the folder; at the latest it goes with the process.
 */
export async function dataOf(nation: Nation): Promise<string> {
  const size = `nhipcau-bench-${nation.doors.length}-${nation.people}-`;
  const name = `${size}${await versionOf()}.sqlite`;
  const kept = join(tmpdir(), name);
  if ((await stat(kept).catch(() => null)) === null) {
    for (const other of await readdir(tmpdir())) {
      // Of another version of the tables: nobody will use it again.
      if (other.startsWith(size) && other.endsWith('.sqlite')) await rm(join(tmpdir(), other));
    }
    await make(nation, kept);
  }
  const folder = await mkdtemp(join(tmpdir(), 'nhipcau-bench-'));
  // Whoever stops a bench does not want a gigabyte left behind.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await copyFile(kept, databaseFile(folder), constants.COPYFILE_FICLONE);
  const database = await openDatabase(databaseFile(folder));
  try {
    // They signed in half an hour ago, whenever the copy was made: the first time they come back, that is noted.
    const at = Date.now() - HALF_AN_HOUR;
    await database.write('sign_in').update({ created_at: at, last_seen_at: at });
  } finally {
    await database.close();
  }
  return folder;
}

/** Changes with the tables and with this program: what was kept of another version is not used. */
async function versionOf(): Promise<string> {
  const migrations = fileURLToPath(new URL('../../../server/platform/migrations/', import.meta.url));
  const files = (await readdir(migrations)).toSorted().map((file) => join(migrations, file));
  const own = ['nation.ts', 'nation-data.ts', '../../machines.ts'].map((file) =>
    fileURLToPath(new URL(file, import.meta.url)),
  );
  const texts = await Promise.all([...files, ...own].map((file) => readFile(file, 'utf8')));
  return hash('sha256', texts.join('\n')).slice(0, 12);
}

async function make(nation: Nation, kept: string): Promise<void> {
  const began = performance.now();
  const folder = `${kept}.making-${process.pid}`;
  await mkdir(folder);
  try {
    const database = await openDatabase(databaseFile(folder));
    try {
      await database.write.raw('PRAGMA synchronous=OFF');
      await fill(database, nation);
    } finally {
      await database.close();
    }
    await rename(databaseFile(folder), kept);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  console.log(
    `wrote ${nation.doors.length} bridges and ${nation.people} people in ${((performance.now() - began) / 1000).toFixed(0)} s, kept in ${kept}`,
  );
}

async function fill({ write }: Database, nation: Nation): Promise<void> {
  const { conference, session, doors } = nation;
  const now = Date.now() as Instant;
  const plan = samplePlan();
  await insertConference(write, {
    id: conference,
    plan,
    treeDate: CivilDate.parse('2025-01-13'),
    treePinned: true,
    reading: null,
    createdAt: now,
  });
  await insertSession(write, {
    id: session,
    conference,
    kind: 'session',
    title: plan.title,
    startsAt: now,
    endsAt: (now + 4 * HOUR) as Instant,
    format: null,
    venue: null,
    agenda: [],
    ofPlan: true,
    doorsAt: null,
    chair: null,
    bridges: 'all',
    revision: 1,
    cancelled: null,
  });
  await write.transaction(async (connection) => {
    await writeBridges(
      connection,
      conference,
      doors.map((door, ord) => ({
        ord,
        bridge: {
          id: door.bridge,
          class: door.class,
          name: `Điểm cầu ${door.class} ${ord}`,
          unit: null,
          organisation: null,
          parent: door.parent === null ? null : doors[door.parent]!.bridge,
          feedParent: null,
          capacity: door.people + 10,
          chair: null,
          address: null,
          ready: [],
          contacts: { technical: null, organizer: null },
        },
      })),
    );
    await connection('conference').where({ id: conference }).update({ bridges_revision: 1 });
  });
  await addAccounts({ write }, nation, now);
  await pairMachines({ write }, nation, now);
  await write.transaction(async (connection) => {
    const own = choices(13);
    for (let from = 0; from < nation.people; from += PEOPLE_AT_A_TIME) {
      const length = Math.min(PEOPLE_AT_A_TIME, nation.people - from);
      const people = Array.from({ length }, (_, at) => person(from + at, personName(own)));
      await writePeople(connection, conference, people);
    }
  });
  await write.transaction((connection) =>
    replacePlacements(connection, conference, seatsOf(nation), {
      planRevision: 1,
      bridgesRevision: 1,
      at: now,
      summary: {
        rosterRevision: 0,
        people: nation.people,
        seated: nation.people,
        unplaced: 0,
        unseated: [],
        clauses: [],
        findings: [],
        findingCount: 0,
      },
    }),
  );
}

function person(number: number, name: string): Person {
  return {
    id: personId(number),
    ...personNamed(name),
    identity: `T${number}`,
    positions: [{ text: 'Ủy viên Ban Chấp hành', unit: null, organisation: null }],
    partyMember: true,
  };
}

function seatsOf({ doors }: Nation): PlacementRows {
  const clause = ClauseId.parse('C1');
  const reason = JSON.stringify({ kind: 'clause', clause, words: 'Ủy viên Ban Chấp hành' });
  const placements = doors.map((door) =>
    JSON.stringify(
      Array.from({ length: door.people }, (_, at) => ({
        person: personId(door.firstPerson + at),
        bridge: door.bridge,
        as: 'delegate',
        basis: 'summoned',
        clause,
        reason,
        others: '[]',
      })),
    ),
  );
  const rooms = doors.map(({ bridge, people }) => ({
    bridge,
    summoned: people,
    invited: 0,
    conditional: 0,
    quotas: '[]',
  }));
  return { placements, rooms: [JSON.stringify(rooms)] };
}

/** A host for each door, who has a sign-in and the one bridge; and an organizer. */
async function addAccounts(
  { write }: Pick<Database, 'write'>,
  { conference, doors }: Nation,
  now: Instant,
): Promise<void> {
  const rows = doors.map(({ account, bridge }, door) => ({
    account,
    username: `diem-cau-${door}`,
    role: 'host',
    bridge,
    ...ticketOf(tokenOf(door), tokenOf(door)),
  }));
  const organizer = {
    account: organizerId(),
    username: 'ban-to-chuc',
    role: 'organizer',
    bridge: null,
    ...ticketOf(tokenOf(ORGANIZER), tokenOf(ORGANIZER)),
  };
  const list = JSON.stringify([organizer, ...rows]);
  await write.transaction(async (connection) => {
    await connection.raw(
      `insert into account (id, username, name, password_hash, created_at)
       select value ->> 'account', value ->> 'username', 'Nguyễn Thử Tải', 'none', ? from json_each(?)`,
      [now, list],
    );
    await connection.raw(
      `insert into grant_ (account, role, conference, bridge, created_at)
       select value ->> 'account', value ->> 'role', ?, value ->> 'bridge', ? from json_each(?)`,
      [conference, now, list],
    );
    await connection.raw(
      `insert into sign_in (key, hash, rotated_at, account, how, browser, created_at, last_seen_at, proved_at, strong)
       select value ->> 'key', value ->> 'hash', :now, value ->> 'account', 'password', '', :now, :now, :now, false
       from json_each(:list)`,
      { now, list },
    );
  });
}

/** The machine of each door, paired with its bridge. */
async function pairMachines(
  { write }: Pick<Database, 'write'>,
  { conference, doors }: Nation,
  now: Instant,
): Promise<void> {
  const rows = doors.map(({ bridge, machine: { device, key } }) => ({ bridge, device, key }));
  await write.raw(
    `insert into device (conference, bridge, device, number, public_key, paired_at)
     select ?, value ->> 'bridge', value ->> 'device', 1, value ->> 'key', ? from json_each(?)`,
    [conference, now, JSON.stringify(rows)],
  );
}
