import type { BridgeId, ConferenceId, DeviceId, PersonId, SessionId } from '../../domain/ids.ts';
import { api } from '../../domain/wire/api.ts';
import { requestOf } from '../../domain/wire/request.ts';
import { signedHeaders, testMachine } from '../machines.ts';
import { codesIn } from '../server/activation/sheets.ts';
import { authenticator } from '../server/authenticator.ts';
import type { SignedInClient, TestServer } from '../server/harness.ts';
import { eventAt } from '../server/sample.ts';
import { LONG, type Pen } from './pen.ts';

/** A bridge of a conference. */
export interface At {
  readonly conference: ConferenceId;
  readonly bridge: BridgeId;
}

/** A difficulty, a report that is sent back, and a reminder to all. */
export async function writeReports(
  server: TestServer,
  by: SignedInClient,
  { root, ...at }: At & { readonly root: BridgeId },
  written: Pen,
): Promise<void> {
  await by.call(api.reportDifficulty, { params: at, body: { text: written('difficulty') } });
  await by.call(api.submitHeadcount, {
    params: at,
    body: {
      total: 3,
      chairName: written('chair'),
      chairPost: written('chair post'),
      byCategory: { [written('category', 40)]: 1 },
      remark: written('remark', LONG),
    },
  });
  await by.call(api.returnHeadcount, { params: at, body: { remark: written('returned', LONG) } });
  const reminder = server.context().newId();
  await by.call(api.remind, {
    params: { conference: at.conference, bridge: root, reminder },
    body: { whom: 'all', skipToday: false, words: written('reminder', LONG) },
  });
}

/** Somebody comes, is excused, is a guest, is counted; answers with the machine that wrote it down, under a name. */
export async function writeAtDoor(
  server: TestServer,
  by: SignedInClient,
  { session, ...at }: At & { readonly session: SessionId },
  people: readonly PersonId[],
  written: Pen,
): Promise<DeviceId> {
  const setting = { session, clock: server.context().clock } as never;
  const event = (kind: string, own: object) => eventAt(setting, at.bridge, kind as never, own as never);
  const events = [
    event('open', {}),
    event('arrive', { person: people[0], mode: 'in-person' }),
    event('excuse', { person: people[1], reason: written('reason') }),
    event('walk-in', { name: written('guest'), unit: written('guest unit'), mode: 'in-person' }),
    event('count', { point: written('point', 60), counts: { [written('category', 40)]: 2 } }),
  ];
  const { device } = events[0] as unknown as { readonly device: DeviceId };
  const recorded = await by.call(api.record, {
    params: at,
    body: { session, bridge: at.bridge, language: 'vi', events },
  });
  const wrong = recorded.items.find(({ outcome }) => outcome !== 'recorded');
  if (wrong !== undefined) throw new Error(JSON.stringify(wrong));
  await by.call(api.nameDevice, { params: { ...at, device }, body: { name: written('machine', 60) } });
  return device;
}

/** An account by hand and two by codes, of which one comes in by a passkey; a machine by a code. */
export async function writeAccounts(
  server: TestServer,
  by: SignedInClient,
  { root, ...at }: At & { readonly root: BridgeId },
  written: Pen,
): Promise<void> {
  const { conference, bridge } = at;
  const role = { role: 'host', bridge, from: null, until: null };
  await by.call(api.addAccount, {
    params: { conference },
    body: { username: 'nguoi-la', name: written('account'), ...role } as never,
  });
  await pairMachine(server, by, at, written('paired', 60));
  const [first, second] = await newCodes(by, { conference, bridge: root });
  await by.call(api.useCode, {
    body: { code: first, name: written('host'), password: written('password') },
  });
  await makePasskeys(server, by, second, written);
}

/** Codes for two bridges, out of the slips. */
async function newCodes(by: SignedInClient, params: At): Promise<[string, string]> {
  const answer = await by.response(api.makeCodes, { params, body: {} });
  const [first = '', second = ''] = codesIn(Buffer.from(await answer.arrayBuffer())).values();
  return [first, second];
}

/** Makes a passkey for somebody who is signed in, and one for a host who comes in by a code. */
async function makePasskeys(
  server: TestServer,
  by: SignedInClient,
  code: string,
  written: Pen,
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

/** Pairs a machine as a host does, by a code, under a name. */
async function pairMachine(server: TestServer, by: SignedInClient, params: At, name: string): Promise<void> {
  const { code } = await by.call(api.newPairingCode, { params });
  const sent = { params, body: { code, name } };
  const machine = testMachine('may-moi');
  const headers = signedHeaders(machine, requestOf(api.pairDevice, sent, 'vi'), server.context().clock());
  await by.call(api.pairDevice, { ...sent, headers });
}
