import type { Instant } from '../../domain/time.ts';
import type { BridgeId, ConferenceId, DeviceId, PersonId, SessionId } from '../../domain/ids.ts';
import { UnitCode } from '../../domain/ids.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { api } from '../../domain/wire/api.ts';
import type { Draft } from '../../domain/wire/drafts.ts';
import type { PersonDraft } from '../../domain/wire/people.ts';
import { requestOf } from '../../domain/wire/request.ts';
import { SAMPLE_PROVINCE, provinceUnits } from '../../fixtures/sample/units.ts';
import { signedHeaders, testMachine } from '../machines.ts';
import {
  signIn,
  startTestServer,
  testClock,
  type SignedInClient,
  type TestServer,
} from '../server/harness.ts';
import { codesIn } from '../server/activation/sheets.ts';
import { authenticator } from '../server/authenticator.ts';
import { samplePlan } from '../server/plans/sample.ts';
import { allBridges, allPeople, csv, eventAt, importRoster, importUnits } from '../server/sample.ts';

/** What an attacker writes into a text field of this name, of so many letters at most. */
export type Written = (field: string, most: number) => string;

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

/** A plan in which nothing is missing that a plan may say. */
function wholePlan(): Plan {
  const plan = samplePlan();
  const [clause, ...clauses] = plan.clauses;
  const [item, ...items] = plan.agenda;
  const [duty, ...duties] = plan.duties;
  const phrase = { phrase: 'trước ngày họp', dueBefore: null, recurs: null };
  return {
    ...plan,
    broadcast: 'kênh',
    clauses: [{ ...clause!, exclusions: ['trừ'], condition: 'nếu' }, ...clauses],
    agenda: [{ ...item!, presenter: 'người nói' }, ...items],
    duties: [{ ...duty!, addressee: 'nơi nhận', via: 'qua', deadline: phrase }, ...duties],
    recipients: [{ name: 'nơi nhận', purpose: 'để biết' }],
  };
}

const CLASSES = new Set(['id', 'bridgeClass', 'bridgeClasses', 'basis', 'limit', 'recurs', 'format']);
const DATE = /^\d{4}-\d\d-\d\d/;

/** A value with every text in it written anew, but for words of a closed list and dates. */
function rewritten(value: unknown, field: string, written: (field: string) => string): unknown {
  if (typeof value === 'string') return CLASSES.has(field) || DATE.test(value) ? value : written(field);
  if (Array.isArray(value)) return value.map((item) => rewritten(item, field, written));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, rewritten(item, name, written)]),
  );
}

/** Codes for two bridges, out of the slips. */
async function newCodes(
  by: SignedInClient,
  params: { readonly conference: ConferenceId; readonly bridge: BridgeId },
): Promise<[string, string]> {
  const answer = await by.response(api.makeCodes, { params, body: {} });
  const [first = '', second = ''] = codesIn(Buffer.from(await answer.arrayBuffer())).values();
  return [first, second];
}

/** Makes a passkey for somebody who is signed in, and one for a host who comes in by a code. */
async function makePasskeys(
  server: TestServer,
  by: SignedInClient,
  code: string,
  written: (field: string, most?: number) => string,
): Promise<void> {
  const site = { origin: server.url, host: new URL(server.url).hostname };
  const own = await by.call(api.beginPasskey);
  await by.call(api.addPasskey, {
    body: { name: written('passkey', 60), response: authenticator().make(own.options, site) },
  });
  const name = written('host');
  const { account, options } = await by.call(api.beginUseWithPasskey, { body: { code, name } });
  const response = authenticator().make(options, site);
  await by.call(api.useCodeWithPasskey, { body: { code, name, account, response } });
}

/** Begins a plan and changes it, and corrects that of a conference; answers with the one that was begun. */
async function workOnPlans(
  by: SignedInClient,
  conference: ConferenceId,
  written: (field: string) => string,
): Promise<string> {
  const times = { startsAt: null, endsAt: null, format: null, bridgeClasses: [] };
  const { id } = await by.call(api.startDraft, {
    body: { from: 'nothing', title: written('title'), venue: written('venue'), ...times },
  });
  const params = { draft: id };
  const begun = await by.call(api.draft, { params, query: {} });
  await by.call(api.changeDraft, { params, body: newVenue(begun.draft, written('venue')) });
  const correction = await by.call(api.correction, { params: { conference }, query: {} });
  await by.call(api.correctPlan, {
    params: { conference },
    body: newVenue(correction.draft, written('venue')),
  });
  return id;
}

function newVenue(draft: Draft | null, value: string) {
  if (draft === null) throw new Error('no plan is being worked on');
  const was = draft.copy.venue.value;
  return { revision: draft.revision, deed: { do: 'set', path: 'venue', was, value } } as const;
}

/** Pairs a machine as a host does, by a code, under a name. */
async function pairMachine(
  server: TestServer,
  by: SignedInClient,
  params: { readonly conference: ConferenceId; readonly bridge: BridgeId },
  name: string,
): Promise<void> {
  const { code } = await by.call(api.newPairingCode, { params });
  const sent = { params, body: { code, name } };
  const machine = testMachine('may-moi');
  const headers = signedHeaders(machine, requestOf(api.pairDevice, sent, 'vi'), server.context().clock());
  await by.call(api.pairDevice, { ...sent, headers });
}

/** Adds somebody by hand, changes them, and takes them out again. */
async function changeRoster(
  by: SignedInClient,
  conference: ConferenceId,
  written: (field: string, most?: number) => string,
): Promise<void> {
  const anybody = (): PersonDraft => ({
    name: written('person'),
    sortGiven: written('given', 100),
    identity: written('card', 100),
    birthDate: null,
    positions: [{ text: written('position'), unit: null, organisation: written('office') }],
    precedence: null,
    collectiveLeadership: false,
    namedInPlan: false,
    partyMember: null,
    phone: written('phone', 40),
    email: written('email', 100),
  });
  const { id, ...was } = await by.call(api.addPerson, { params: { conference }, body: anybody() });
  const params = { conference, person: id };
  await by.call(api.changePerson, { params, body: { was, now: anybody() } });
  await by.call(api.removePerson, { params, body: { reason: written('reason') } });
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
  const written = (field: string, most = 200): string => write(field, most).slice(0, most);
  const long = (field: string): string => written(field, 480);
  const units = provinceUnits(1).map((row) => ({
    ...row,
    name: written('unit'),
    full_name: written('unit name'),
  }));
  await importUnits(organizer, units);
  const plan = (): Plan => rewritten(wholePlan(), 'plan', long) as Plan;
  const created = await organizer.call(api.createConference, {
    body: { text: null, plan: plan(), treeDate: null },
  });
  const conference = created.conference.id;
  await organizer.call(api.changePlan, { params: { conference }, body: { revision: 1, plan: plan() } });
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
        { class: written('class', 32), name: written('bridge'), unit: null, organisation: null, under: null },
      ] as never,
    },
  });
  const bridges = await allBridges(organizer, conference);
  const root = bridges[0]!.id;
  const bridge = bridges.find((one) => one.class === ('agency' as never))!.id;
  const at = { conference, bridge };
  const contacts = () => ({
    technical: { name: written('contact'), phone: null },
    organizer: { name: written('contact'), phone: null },
  });
  await organizer.call(api.changeBridges, {
    params: at,
    body: { bridges: [bridge], change: { contacts: contacts() } },
  });
  await organizer.call(api.changeBridge, {
    params: at,
    body: { address: written('address'), contacts: contacts() },
  });

  const rows = [1, 2, 3].map((n) => ({
    'Họ và tên': written('person'),
    'Chức vụ': written('position'),
    'Đơn vị': written('office'),
    'Số thẻ': `${written('card', 100)}${n}`,
    'Điện thoại': written('phone', 40),
    Email: written('email', 100),
  }));
  await importRoster(organizer, conference, rows);
  const roster = await allPeople(organizer, conference);
  const people = roster.map(({ id }) => id);
  await changeRoster(organizer, conference, written);
  const faulty = await organizer.call(api.previewPeople, {
    params: { conference },
    body: { name: 'co-loi.csv', bytes: csv([...rows, { 'Họ và tên': '', 'Chức vụ': written('position') }]) },
  });
  const words = (): string => written('words', 300);
  const rules = [
    { kind: 'rank', ranks: ['bureau'], equivalents: true, within: [words()] },
    { kind: 'named-in-plan', names: [words()] },
    { kind: 'listed', who: words() },
  ];
  await organizer.call(api.place, {
    params: { conference },
    body: {
      settings: {
        named: [{ bridge, clause: 'C1', people: [people[1]], decision: long('decision') }],
        pins: [{ person: people[2], bridge, note: long('pin') }],
        rules: { C1: rules },
      } as never,
    },
  });
  await server.database.write('placement').where({ conference }).delete();
  for (const person of people) {
    const basis = { as: 'delegate', basis: 'summoned', clause: 'C1' };
    const reason = JSON.stringify({ kind: 'clause', clause: 'C1' });
    await server.database.write('placement').insert({ conference, person, bridge, ...basis, reason });
  }
  await organizer.call(api.changeBridge, { params: at, body: { chair: people[0]! } });

  const { items } = await organizer.call(api.sessions, { params: { conference } });
  const session = items[0]!.id;
  const now = server.context().clock();
  const meeting = () => ({
    title: written('session'),
    venue: written('venue'),
    agenda: [
      { title: long('item'), presenter: long('presenter'), presenterPerson: null, minutes: 5, limit: null },
    ],
  });
  const hours = { kind: 'rehearsal', startsAt: now, endsAt: (now + 3_600_000) as Instant } as const;
  const added = await organizer.call(api.addSession, {
    params: { conference },
    body: { ...hours, ...meeting() },
  });
  const params = { conference, session: added.session.id };
  const { session: changed } = await organizer.call(api.changeSession, {
    params,
    body: { revision: added.session.revision, change: meeting() },
  });
  await organizer.call(api.cancelSession, {
    params,
    body: { revision: changed.revision, reason: long('called off') },
  });
  await organizer.call(api.addSession, { params: { conference }, body: { ...hours, ...meeting() } });
  await organizer.call(api.reportDifficulty, { params: at, body: { text: written('difficulty') } });
  await organizer.call(api.submitHeadcount, {
    params: at,
    body: {
      total: 3,
      chairName: written('chair'),
      chairPost: written('chair post'),
      byCategory: { [written('category', 40)]: 1 },
      remark: long('remark'),
    },
  });
  await organizer.call(api.returnHeadcount, { params: at, body: { remark: long('returned') } });
  const reminder = server.context().newId();
  await organizer.call(api.remind, {
    params: { conference, bridge: root, reminder },
    body: { whom: 'all', skipToday: false, words: long('reminder') },
  });

  const event = (kind: never, own: object) =>
    eventAt({ session, clock: server.context().clock } as never, bridge, kind, own as never);
  const events = [
    event('open' as never, {}),
    event('arrive' as never, { person: people[0], mode: 'in-person' }),
    event('excuse' as never, { person: people[1], reason: written('reason') }),
    event('walk-in' as never, { name: written('guest'), unit: written('guest unit'), mode: 'in-person' }),
    event('count' as never, { point: written('point', 60), counts: { [written('category', 40)]: 2 } }),
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
    body: { name: written('machine', 60) },
  });
  await organizer.call(api.addAccount, {
    params: { conference },
    body: {
      username: 'nguoi-la',
      name: written('account'),
      role: 'host',
      bridge,
      from: null,
      until: null,
    } as never,
  });
  await pairMachine(server, organizer, at, written('paired', 60));
  const codes = await newCodes(organizer, { conference, bridge: root });
  await organizer.call(api.useCode, {
    body: { code: codes[0], name: written('host'), password: written('password') },
  });
  await makePasskeys(server, organizer, codes[1], written);
  const draft = await workOnPlans(organizer, conference, long);
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
  await invitePeople(organizer, { conference, bridge }, written);
  return { conference, session, root, bridge, people, device, draft, import: faulty.id, calendarKey, paper };
}

/** Somebody of the press, written and written anew. */
async function inviteGuests(
  by: SignedInClient,
  conference: ConferenceId,
  written: (field: string, most?: number) => string,
): Promise<void> {
  const guest = () => ({
    name: written('guest'),
    organisation: written('guest of'),
    post: written('guest post'),
    card: written('guest card', 40),
    phone: written('guest phone', 40),
    // Letters, figures and signs of an address alone are taken.
    email: null,
  });
  const { id } = await by.call(api.addGuest, {
    params: { conference },
    body: { list: 'press', guest: guest() },
  });
  await by.call(api.changeGuest, { params: { conference, guest: id }, body: guest() });
}

/** People are called after names were frozen; one sends somebody else, another may not, a third is called off. */
async function invitePeople(
  by: SignedInClient,
  params: { readonly conference: ConferenceId; readonly bridge: BridgeId },
  written: (field: string, most?: number) => string,
): Promise<void> {
  const exception = () => ({ allowedBy: written('allowed by'), why: written('allowed why', 500) });
  // Braces hold the names of what is filled in, and only those are taken.
  const words = (field: string, most?: number) => written(field, most).replaceAll(/[{}]/g, ' ');
  await by.call(api.setLetterTemplate, {
    params,
    body: {
      kind: 'summons',
      version: 0,
      template: {
        subject: words('letter subject', 200),
        body: `${words('letter body')}\n{họ tên}\n{bảng thông tin}\n{trang riêng}`,
      },
    },
  });
  const all = { params, body: { invitations: null } };
  await by.call(api.prepareInvitations, { params, body: { exception: exception() } });
  await by.call(api.approveInvitations, all);
  await by.call(api.sendInvitations, { params, body: { by: 'paper', invitations: null } });
  const { items } = await by.call(api.searchInvitations, { params, body: {} });
  const [off, ...others] = items;
  const propose = async (invitation: string): Promise<void> => {
    const substitute = {
      name: written('substitute'),
      position: written('substitute post'),
      unit: written('substitute unit'),
      phone: written('substitute phone', 40),
      email: written('substitute mail'),
    };
    const said = { answer: 'substitute', substitute, reason: written('substitute why', 500) } as const;
    await by.call(api.answerInvitation, { params: { ...params, invitation }, body: { said } });
  };
  const [accepted, refused] = others;
  if (off === undefined || accepted === undefined || refused === undefined)
    throw new Error('not enough people');
  await by.call(api.answerInvitation, {
    params: { ...params, invitation: off.id },
    body: { said: { answer: 'not-coming', reason: written('not coming', 500) } },
  });
  await propose(accepted.id);
  await by.call(api.decideSubstitute, {
    params: { ...params, invitation: accepted.id },
    body: { accept: true, exception: exception() },
  });
  await propose(refused.id);
  await by.call(api.decideSubstitute, {
    params: { ...params, invitation: refused.id },
    body: { accept: false, reason: written('refused', 500) },
  });
  await by.call(api.withdrawInvitations, {
    params,
    body: { invitations: [off.id], reason: written('called off', 500), exception: exception() },
  });
}
