import type { BridgeId, ConferenceId, DeviceId, PersonId, SessionId } from '../../domain/ids.ts';
import { api } from '../../domain/wire/api.ts';
import {
  signIn,
  startTestServer,
  testClock,
  type SignedInClient,
  type TestServer,
} from '../server/harness.ts';
import { penOf, type Written } from './pen.ts';
import { writeAccounts, writeAtDoor, writeReports } from './written-at-bridges.ts';
import { inviteGuests, invitePeople, seatEverybody, writeRoster } from './written-people.ts';
import { workOnPlans, writeBridges, writePlan, writeSessions, writeUnits } from './written-plan.ts';

/** A conference in which every text that somebody may write was written by an attacker. */
export interface Scene {
  readonly conference: ConferenceId;
  readonly session: SessionId;
  readonly root: BridgeId;
  readonly bridge: BridgeId;
  readonly people: readonly PersonId[];
  readonly device: DeviceId;
  /** A plan that is being worked on. */
  readonly draft: string;
  /** A roster that was sent and not taken over, with a row that has a fault. */
  readonly import: string;
  /** Of a calendar that somebody subscribes to. */
  readonly calendarKey: string;
  /** A paper of the conference. */
  readonly paper: string;
}

/** A server with such a conference on it, and who made it. */
export interface WrittenStage {
  readonly server: TestServer;
  readonly organizer: SignedInClient;
  readonly scene: Scene;
}

export async function openScene(written: Written, clock = testClock()): Promise<WrittenStage> {
  const server = await startTestServer({ clock });
  const organizer = await signIn(server);
  return { server, organizer, scene: await writeEverywhere(server, organizer, written) };
}

/**
 * Writes it all through the API, as somebody who is allowed to: plan, bridges, roster, sessions, reports, difficulties, what is
 * recorded at the door, machines, accounts and the names of files.
 */
export async function writeEverywhere(
  server: TestServer,
  organizer: SignedInClient,
  write: Written,
): Promise<Scene> {
  const written = penOf(write);
  await writeUnits(organizer, written);
  const conference = await writePlan(organizer, written);
  const [{ id: root }, { id: bridge }] = await writeBridges(organizer, conference, written);
  const at = { conference, bridge };
  const { people, faulty } = await writeRoster(organizer, conference, written);
  await seatEverybody(server, organizer, at, people, written);
  const now = server.context().clock();
  const session = await writeSessions(organizer, conference, now, written);
  await writeReports(server, organizer, { ...at, root }, written);
  const device = await writeAtDoor(server, organizer, { ...at, session }, people, written);
  await writeAccounts(server, organizer, { ...at, root }, written);
  const draft = await workOnPlans(organizer, conference, written);
  const { address } = await organizer.call(api.addCalendarFeed, { body: { language: 'vi' } });
  const calendarKey = new URL(address).searchParams.get('key') ?? '';
  const { id: paper } = await organizer.call(api.addPaper, {
    params: { conference },
    body: { name: `${written('paper', 60)}.pdf`, bytes: new TextEncoder().encode('%PDF-1.7') },
  });
  await inviteGuests(organizer, conference, written);
  // Names are frozen, and nothing has begun.
  const tomorrow = { starts_at: now + 86_400_000, ends_at: now + 2 * 86_400_000 };
  await server.database.write('session').where({ conference, kind: 'session' }).update(tomorrow);
  await invitePeople(organizer, at, written);
  return { conference, session, root, bridge, people, device, draft, import: faulty, calendarKey, paper };
}
