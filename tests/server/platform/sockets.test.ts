import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { BridgeId, ConferenceId, DeviceId, SessionId } from '../../../domain/ids.ts';
import { ProblemError } from '../../../server/platform/problems.ts';
import { onMessage, type SocketHandlers } from '../../../server/platform/sockets.ts';
import { signIn, socket, startTestServer, testClock, type TestServer, type TestSocket } from '../harness.ts';

const watch = {
  conference: ConferenceId.parse('c'),
  session: SessionId.parse('s'),
  bridge: BridgeId.parse('b'),
};
let asked = 0;
const handlers: SocketHandlers = (connection) => {
  onMessage(connection, 'clock:ask', async (_body, context) => {
    asked += 1;
    return { ok: true, serverTime: context.clock() };
  });
  onMessage(connection, 'door:unwatch', async (body) => {
    if (body.bridge === 'forbidden') throw new ProblemError('forbidden');
    if (body.bridge === 'closed') throw new ProblemError('wrong-state');
    throw new Error('select * from secret_table failed');
  });
  onMessage(connection, 'figures:unwatch', async (body, context) => {
    if (body.bridge !== 'Điện Biên' || context.actor?.name !== 'Trần Thử Nghiệm')
      throw new ProblemError('not-found');
    return { ok: true };
  });
  onMessage(connection, 'door:watch', async () => ({ ok: true, mark: 1n as never }));
};

/** Nothing but these handlers: two for one message would answer it twice. */
const capabilities = (): { routes: []; socketHandlers: SocketHandlers[] } => ({
  routes: [],
  socketHandlers: [handlers],
});

let server: TestServer;
let cookie: string;
let live: TestSocket;
beforeAll(async () => {
  server = await startTestServer({ capabilities });
  ({ cookie } = await signIn(server, []));
});
afterAll(() => server.close());
beforeEach(async () => {
  live = await socket(server, cookie);
  asked = 0;
  return () => live.close();
});

describe('a socket is let in', () => {
  test('with the cookie of a sign-in, from our own page', async () => {
    const own = await socket(server, cookie, { origin: server.url });
    expect(await own.ask('clock:ask', {})).toMatchObject({ ok: true });
    own.close();
  });

  test('not without a cookie, nor with a false one', async () => {
    await expect(socket(server)).rejects.toThrow('not-signed-in');
    await expect(socket(server, 'nhipcau=false')).rejects.toThrow('not-signed-in');
  });

  test('not from the page of another site', async () => {
    await expect(socket(server, cookie, { origin: 'https://ke-xau.example' })).rejects.toThrow(
      'websocket error',
    );
  });

  test('not by long polling', async () => {
    const polled = await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`, { headers: { cookie } });
    expect(polled.status).toBe(400);
  });
});

describe('a message', () => {
  test('without an acknowledgement is not read, and the server lives on', async () => {
    const raw = live.socket as unknown as { emit(name: string, ...args: unknown[]): void };
    raw.emit('clock:ask', {});
    raw.emit('clock:ask');
    raw.emit('door:unwatch', null, 'no function', 3);
    raw.emit('nothing:like-this', { deep: [[[]]] });
    expect(await live.ask('clock:ask', {})).toMatchObject({ ok: true });
    expect(asked).toBe(1);
  });

  test('that is malformed is refused with its field, in the language of the page', async () => {
    const answer = await live.ask('figures:unwatch', { ...watch, bridge: 7 as never });
    expect(answer).toMatchObject({ ok: false, reason: 'malformed' });
    expect(answer.ok ? '' : answer.message).toMatch(/bridge: phải là chữ/);
    for (const body of [undefined, null, 'x', [], 7])
      expect(await live.ask('figures:unwatch', body as never)).toMatchObject({
        ok: false,
        reason: 'malformed',
      });
  });

  test('is in NFC when it is handled, by whoever is signed in', async () => {
    const bridge = BridgeId.parse('Điện Biên'.normalize('NFD'));
    expect(await live.ask('figures:unwatch', { ...watch, bridge })).toEqual({ ok: true });
  });

  test.each([
    ['forbidden', 'forbidden'],
    ['closed', 'forbidden'],
    ['bug', 'failed'],
  ])('that is refused says why: %s', async (bridge, reason) => {
    const answer = await live.ask('door:unwatch', { ...watch, bridge: BridgeId.parse(bridge) });
    expect(answer).toMatchObject({ ok: false, reason });
    expect(JSON.stringify(answer)).not.toMatch(/secret_table/);
  });

  test('whose answer cannot be written does not end the server', async () => {
    const never = live.socket
      .timeout(300)
      .emitWithAck('door:watch', { ...watch, device: DeviceId.parse('may-1') });
    await expect(never).rejects.toThrow('timed out');
    expect(await live.ask('clock:ask', {})).toMatchObject({ ok: true });
  });

  test('that is larger than any real one closes the socket, and only this one', async () => {
    const other = await socket(server, cookie);
    const closed = new Promise((resolve) => live.socket.once('disconnect', resolve));
    const large = { text: 'x'.repeat(5_000_000) } as never;
    live.socket.emit('clock:ask', large, () => undefined);
    await closed;
    expect(await other.ask('clock:ask', {})).toMatchObject({ ok: true });
    other.close();
  });
});

test('a sign-in that has ended elsewhere ends its socket with the next message a minute later', async () => {
  const clock = testClock();
  const other = await startTestServer({ clock, capabilities });
  const person = await signIn(other, []);
  const open = await socket(other, person.cookie);
  const closed = new Promise((resolve) => open.socket.once('disconnect', resolve));
  expect(await open.ask('clock:ask', {})).toEqual({ ok: true, serverTime: clock() });
  await other.database.write('sign_in').delete();
  expect(await open.ask('clock:ask', {})).toMatchObject({ ok: true });
  clock.advance(61_000);
  expect(await open.ask('clock:ask', {})).toMatchObject({ ok: false, reason: 'not-signed-in' });
  await closed;
  await other.close();
});
