import type { ConferenceId, PersonId } from '../../domain/ids.ts';
import { api } from '../../domain/wire/api.ts';
import type { PersonDraft } from '../../domain/wire/people.ts';
import type { SignedInClient, TestServer } from '../server/harness.ts';
import { allPeople, csv, importRoster } from '../server/sample.ts';
import { LONG, type Pen } from './pen.ts';
import type { At } from './written-at-bridges.ts';

/** Three people by a file, one by hand who goes again, and a file with a fault that nobody takes over. */
export async function writeRoster(
  by: SignedInClient,
  conference: ConferenceId,
  written: Pen,
): Promise<{ readonly people: readonly PersonId[]; readonly faulty: string }> {
  const rows = [1, 2, 3].map((n) => ({
    'Họ và tên': written('person'),
    'Chức vụ': written('position'),
    'Đơn vị': written('office'),
    'Số thẻ': `${written('card', 100)}${n}`,
    'Điện thoại': written('phone', 40),
    Email: written('email', 100),
  }));
  await importRoster(by, conference, rows);
  const roster = await allPeople(by, conference);
  await changeRoster(by, conference, written);
  const { id: faulty } = await by.call(api.previewPeople, {
    params: { conference },
    body: { name: 'co-loi.csv', bytes: csv([...rows, { 'Họ và tên': '', 'Chức vụ': written('position') }]) },
  });
  return { people: roster.map(({ id }) => id), faulty };
}

/** Adds somebody by hand, changes them, and takes them out again. */
async function changeRoster(by: SignedInClient, conference: ConferenceId, written: Pen): Promise<void> {
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

/** Has everybody placed by settings with words of their own, and then seats them all at one bridge, whose chair is one of them. */
export async function seatEverybody(
  server: TestServer,
  by: SignedInClient,
  at: At,
  people: readonly PersonId[],
  written: Pen,
): Promise<void> {
  const { conference, bridge } = at;
  const words = (): string => written('words', 300);
  const rules = [
    { kind: 'rank', ranks: ['bureau'], equivalents: true, within: [words()] },
    { kind: 'named-in-plan', names: [words()] },
    { kind: 'listed', who: words() },
  ];
  await by.call(api.place, {
    params: { conference },
    body: {
      settings: {
        named: [{ bridge, clause: 'C1', people: [people[1]], decision: written('decision', LONG) }],
        pins: [{ person: people[2], bridge, note: written('pin', LONG) }],
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
  await by.call(api.changeBridge, { params: at, body: { chair: people[0]! } });
}

/** Somebody of the press, written and written anew. */
export async function inviteGuests(
  by: SignedInClient,
  conference: ConferenceId,
  written: Pen,
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
export async function invitePeople(by: SignedInClient, params: At, written: Pen): Promise<void> {
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
