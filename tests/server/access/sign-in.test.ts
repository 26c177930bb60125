import { afterAll, beforeAll, expect, test } from 'vitest';

import { api } from '../../../domain/wire/api.ts';
import { client, signIn, startTestServer, type TestServer } from '../harness.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

test('whoever is signed in learns who they are', async () => {
  const organizer = await signIn(server);
  const me = await organizer.call(api.me);
  expect(me.id).toBe(organizer.account);
  expect(me.grants).toEqual([{ role: 'organizer', conference: null, bridge: null }]);
  expect((await client(server).refusal(api.me)).code).toBe('not-signed-in');
});
