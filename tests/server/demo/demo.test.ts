import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { api } from '../../../domain/wire/api.ts';
import { startDemo, type Demo } from '../../demo.ts';
import { client } from '../harness.ts';

let demo: Demo;
// It prepares a whole province, and plays the rehearsal of the day before.
beforeAll(async () => {
  demo = await startDemo();
}, 120_000);
afterAll(() => demo.stop());

test('the demo says where to go and as whom, and people come in at its doors', async () => {
  const stranger = client(demo);
  const { username, password, conference, personal } = demo;
  expect(await (await fetch(personal)).text()).toContain('Kính gửi');
  const response = await stranger.response(api.signIn, { body: { username, password } });
  const [cookie = ''] = response.headers.getSetCookie().map((each) => each.split(';', 1)[0] ?? '');
  const organizer = client(demo, cookie);
  const { items: sessions } = await organizer.call(api.sessions, { params: { conference } });
  const session = sessions.find(({ kind }) => kind === 'session')!.id;
  const { items: bridges } = await organizer.call(api.bridges, {
    params: { conference },
    query: { limit: 1000 },
  });
  const bridge = bridges.find(({ parent }) => parent === null)!.id;
  await vi.waitFor(
    async () => {
      const { node } = await organizer.call(api.figures, { params: { conference, session, bridge } });
      expect(node.subtree.attended).toBeGreaterThan(100);
    },
    { timeout: 60_000, interval: 500 },
  );
}, 70_000);
