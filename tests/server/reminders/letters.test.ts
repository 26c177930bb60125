import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import type { Bridge } from '../../../domain/bridges/bridge.ts';
import { api } from '../../../domain/wire/api.ts';
import { remindersWait } from '../../../server/reminders/live.ts';
import { startPost, settingsFor, type Post } from '../mail/post.ts';
import { startTestServer, testClock, type TestServer } from '../harness.ts';
import { setScene, type Scene } from '../reports/scene.ts';

const clock = testClock('2025-01-08T08:00:00+07:00');
let post: Post;
let server: TestServer;
let scene: Scene;
beforeAll(async () => {
  post = await startPost();
  server = await startTestServer({
    clock,
    mail: settingsFor(post.port),
    publicUrl: 'https://nhipcau.example',
  });
  scene = await setScene(server, 60);
});
afterAll(async () => {
  await server.close();
  await post.close();
});

const write = (bridge: Bridge, email: string, name = 'Lò Thị Đầu Mối') =>
  scene.organizer.call(api.changeBridge, {
    params: { conference: scene.conference, bridge: bridge.id },
    body: { contacts: { organizer: { name, phone: null, email } } },
  });

test('a reminder goes by mail to each address once, with a link to the form of each bridge, and says how many letters went', async () => {
  const { communes, conference, organizer, district } = scene;
  const [first, second, third] = communes as [Bridge, Bridge, Bridge];
  await write(first, 'hai-xa@tinh.example');
  await write(second, 'Hai-Xa@TINH.example');
  await write(third, 'mot.xa@tinh.example', 'Vi Văn <Một>');
  const params = { conference, bridge: district.id };
  const contacts = await organizer.call(api.reportContacts, { params });
  expect(contacts.emails.filter(Boolean)).toContain('mot.xa@tinh.example');
  const reminder = server.context().newId();
  const words = 'Gửi trước 17 giờ <b>';
  await organizer.call(api.remind, {
    params: { ...params, reminder },
    body: { whom: 'all', skipToday: false, words },
  });
  expect(post.got).toEqual([]);
  clock.advance(60_000);
  remindersWait(server.database);
  await vi.waitFor(() => expect(post.got).toHaveLength(2), {
    timeout: 5000,
  });
  const { items } = await organizer.call(api.reminders, { params });
  expect(items[0]).toMatchObject({ reached: communes.length, letters: 2 });
  const at = post.got.findIndex(({ to }) => to === 'mot.xa@tinh.example');
  const mail = await post.parsed(at);
  const form = `https://nhipcau.example/conferences/${conference}/bridges/${third.id}/headcount`;
  expect(mail.subject).toBe(`Đôn đốc báo cáo số lượng đại biểu: ${third.name}`);
  expect(mail.to?.[0]?.name).toBe('Vi Văn <Một>');
  expect(mail.text).toContain(form);
  expect(mail.text).toContain(words);
  expect(mail.html).toContain(`href="${form}"`);
  expect(mail.html).not.toContain('<b>');
});

test('an address that can be none is refused where it is typed', async () => {
  const [bridge] = scene.communes as [Bridge];
  const problem = await scene.organizer.refusal(api.changeBridge, {
    params: { conference: scene.conference, bridge: bridge.id },
    body: { contacts: { organizer: { name: null, phone: null, email: 'đầu mối@tinh' } } },
  });
  expect(problem).toMatchObject({ code: 'has-errors', faults: [{ at: 'organizer' }] });
});
