import { expect, test } from 'vitest';

import { api } from '../../domain/wire/api.ts';
import { Instant } from '../../domain/time.ts';
import { signIn } from '../server/harness.ts';
import { allSent, answer, inStep, pairPage, scan } from './at-door.ts';
import { doorScenes } from './door-scene.ts';
import { expectAccessible, expectNoSidewaysScroll, openDevice } from './stage.ts';

const at = doorScenes('bu');
const instantIn = (minutes: number): Instant => Instant.parse(Date.now() + minutes * 60_000);

test('a follow-up session of one commune waits for that commune alone, and the door of another says where it belongs', async () => {
  const { stage, scene, host } = at;
  const organizer = await signIn(stage.server);
  const { session: added } = await organizer.call(api.addSession, {
    params: { conference: scene.conference },
    body: {
      kind: 'follow-up',
      title: 'Buổi học bù xã bên',
      startsAt: instantIn(10),
      endsAt: instantIn(120),
      bridges: { tops: [scene.otherCommune], below: false },
    },
  });
  const room = await openDevice(stage, organizer);
  await room.page.goto(`/conferences/${scene.conference}/control?session=${added.id}`);
  await room.page.getByText('0/1 điểm cầu đã có số liệu').waitFor();
  await room.page.getByText('1 điểm cầu mở muộn').first().waitFor();
  await expectAccessible(room.page);

  const door = await openDevice(stage, host);
  await door.page.goto(`/door/${scene.conference}/${added.id}/${scene.commune}`);
  await pairPage(stage.server, scene.conference, scene.commune, door.page);
  await inStep(door.page);
  const notice = door.page.getByRole('status').filter({ hasText: 'Điểm cầu này không dự buổi này.' });
  await notice.waitFor();
  await expectAccessible(door.page);
  await expectNoSidewaysScroll(door.page);

  // Without a line it still says so, and what is written down is sent when the line is back.
  await door.context.setOffline(true);
  await scan(door.page, at.idOf(0));
  await answer(door.page).waitFor();
  await notice.waitFor();
  await door.context.setOffline(false);
  await allSent(door.page, 1);
  await answer(door.page).getByText('Điểm cầu này không dự buổi này').waitFor();

  // The control room sees the bridge that nobody asked, and waits for no more than before.
  await room.page.getByTestId('present').getByText('1', { exact: true }).waitFor();
  await room.page.getByText('0/1 điểm cầu đã có số liệu').waitFor();

  await notice.getByRole('link').first().click();
  await inStep(door.page);
  await expect.poll(() => notice.count()).toBe(0);
  expect([...room.faults, ...door.faults].filter((fault) => !fault.includes('ERR_INTERNET'))).toEqual([]);
});
