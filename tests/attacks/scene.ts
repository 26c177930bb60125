import type { BridgeId, ConferenceId, DeviceId, PersonId, SessionId } from '../../domain/ids.ts';
import { UnitCode } from '../../domain/ids.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { api } from '../../domain/wire/api.ts';
import { SAMPLE_PROVINCE, provinceUnits } from '../../fixtures/sample/units.ts';
import type { SignedInClient, TestServer } from '../server/harness.ts';
import { samplePlan } from '../server/plans/sample.ts';
import { allBridges, allPeople, eventAt, importRoster, importUnits } from '../server/sample.ts';

/** What an attacker writes into a text field of this name. */
export type Written = (field: string) => string;

/** A conference in which every text that somebody may write was written by an attacker. */
export interface Scene {
  readonly conference: ConferenceId;
  readonly session: SessionId;
  readonly root: BridgeId;
  readonly bridge: BridgeId;
  readonly people: readonly PersonId[];
  readonly device: DeviceId;
}

const CLASSES = new Set(['id', 'bridgeClass', 'bridgeClasses', 'basis', 'limit', 'recurs', 'format']);
const DATE = /^\d{4}-\d\d-\d\d/;

/** A value with every text in it written anew, but for words of a closed list and dates. */
function rewritten(value: unknown, field: string, written: Written): unknown {
  if (typeof value === 'string') return CLASSES.has(field) || DATE.test(value) ? value : written(field);
  if (Array.isArray(value)) return value.map((item) => rewritten(item, field, written));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, rewritten(item, name, written)]),
  );
}

/**
 * Writes it all through the API, as somebody who is allowed to: plan, bridges, roster, sessions, reports, difficulties, what is
 * recorded at the door, machines, accounts and the names of files.
 */
export async function writeEverywhere(
  server: TestServer,
  organizer: SignedInClient,
  written: Written,
): Promise<Scene> {
  await importUnits(organizer, provinceUnits(1));
  const plan = rewritten(samplePlan(), 'plan', written) as Plan;
  const created = await organizer.call(api.createConference, { body: { text: null, plan, treeDate: null } });
  const conference = created.conference.id;
  await organizer.call(api.buildBridges, {
    params: { conference },
    body: {
      scope: [UnitCode.parse(SAMPLE_PROVINCE.code)],
      extra: [
        {
          class: 'agency',
          name: written('bridge name'),
          unit: null,
          organisation: written('organisation'),
          under: null,
        },
      ],
    },
  });
  const bridges = await allBridges(organizer, conference);
  const root = bridges[0]!.id;
  const bridge = bridges.find((one) => one.class === ('agency' as never))!.id;
  const at = { conference, bridge };
  await organizer.call(api.changeBridge, { params: at, body: { address: written('address') } });

  const rows = [1, 2, 3].map((n) => ({
    'Họ và tên': written('person'),
    'Chức vụ': written('position'),
    'Đơn vị': written('office'),
    'Số thẻ': `${written('card').slice(0, 100)}${n}`,
    'Điện thoại': written('phone').slice(0, 40),
    Email: written('email').slice(0, 100),
  }));
  await importRoster(organizer, conference, rows);
  const roster = await allPeople(organizer, conference);
  const people = roster.map(({ id }) => id);
  for (const person of people) {
    const basis = { as: 'delegate', basis: 'summoned', clause: 'C1' };
    const reason = JSON.stringify({ kind: 'clause', clause: 'C1' });
    await server.database.write('placement').insert({ conference, person, bridge, ...basis, reason });
  }
  await organizer.call(api.changeBridge, { params: at, body: { chair: people[0]! } });

  const { items } = await organizer.call(api.sessions, { params: { conference } });
  const session = items[0]!.id;
  const now = server.context().clock();
  await organizer.call(api.addSession, {
    params: { conference },
    body: {
      kind: 'rehearsal',
      title: written('session'),
      startsAt: now,
      endsAt: (now + 3_600_000) as never,
      venue: written('venue'),
    } as never,
  });
  await organizer.call(api.reportDifficulty, { params: at, body: { text: written('difficulty') } });
  await organizer.call(api.submitHeadcount, {
    params: at,
    body: { total: 3, chairName: written('chair'), chairPost: written('chair post') },
  });

  const event = (kind: never, own: object) =>
    eventAt({ session, clock: server.context().clock } as never, bridge, kind, own as never);
  const events = [
    event('open' as never, {}),
    event('arrive' as never, { person: people[0], mode: 'in-person' }),
    event('excuse' as never, { person: people[1], reason: written('reason') }),
    event('walk-in' as never, { name: written('guest'), unit: written('guest unit'), mode: 'in-person' }),
    event('count' as never, { point: written('point').slice(0, 60), counts: { khác: 2 } }),
  ];
  const { device } = events[0] as unknown as { readonly device: DeviceId };
  const recorded = await organizer.call(api.record, {
    params: at,
    body: { session, bridge, language: 'vi', events },
  });
  const wrong = recorded.items.find(({ outcome }) => outcome !== 'recorded');
  if (wrong !== undefined) throw new Error(JSON.stringify(wrong));
  await organizer.call(api.nameDevice, {
    params: { ...at, device },
    body: { name: written('machine').slice(0, 60) },
  });
  await organizer.call(api.addAccount, {
    params: { conference },
    body: {
      username: 'nguoi-la',
      name: written('account').slice(0, 200),
      role: 'host',
      bridge,
      from: null,
      until: null,
    } as never,
  });
  return { conference, session, root, bridge, people, device };
}
