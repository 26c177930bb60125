import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { hostAt, signIn, unitOrganizerAt } from '../server/harness.ts';
import { answer, inStep, pairPage, scan } from './at-door.ts';
import { type Scene, setScene } from './scene.ts';
import { expectAccessible, expectNoSidewaysScroll, openDevice, openStage, type Stage } from './stage.ts';

let stage: Stage;
let scene: Scene;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

let scenes = 0;
beforeEach(async () => {
  scene = await setScene(stage.server, `ghe-${++scenes}`);
});

test('a hall is numbered, mended by keyboard and taken back, and its open door asks for the seats once nobody types', async () => {
  const { conference, session, commune, province, people } = scene;
  const host = await signIn(stage.server, [hostAt(conference, commune)]);
  const unit = await signIn(stage.server, [unitOrganizerAt(conference, province)]);
  const { page, faults } = await openDevice(stage, unit);
  await page.goto(`/conferences/${conference}/bridges/${commune}/seats`);
  await page.getByText('0/6 người có số ghế').waitFor();
  const { page: door } = await openDevice(stage, host);
  await door.goto(`/door/${conference}/${session}/${commune}`);
  await pairPage(stage.server, conference, commune, door);
  await inStep(door);

  await page.getByRole('button', { name: 'Đánh số ghế' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Số hàng').fill('2');
  await dialog.getByLabel('Số chỗ một hàng').fill('2');
  await dialog.getByText('2 người không đủ ghế').waitFor();
  await dialog.getByLabel('Hàng để trống').fill('A');
  await dialog.getByText('4 người không đủ ghế').waitFor();
  await dialog.getByLabel('Số hàng').fill('3');
  await dialog.getByLabel('Số chỗ một hàng').fill('4');
  await dialog.getByText(`Hàng B: B1 ${people[0]?.name} … B4 ${people[3]?.name}`).waitFor();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Đánh số 6 người' }).click();
  await page.getByText('6/6 người có số ghế').waitFor();
  await page.getByText('Đã đánh số ghế của 6 người.').waitFor();

  const list = door.getByRole('group', { name: 'Danh sách đại biểu' });
  await list.getByText('ghế B1').waitFor();
  await scan(door, people[0]?.id ?? '');
  await answer(door).getByText('ghế B1').waitFor();

  const field = (index: number) => page.getByLabel(`Số ghế của ${people[index]?.name}`);
  await field(4).fill('b1');
  await field(4).press('Enter');
  await page.getByText(`Ghế B1 là của ${people[0]?.name}. Số cũ vẫn giữ.`).waitFor();
  expect(await field(5).evaluate((own) => own === document.activeElement)).toBe(true);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.type('vip 1');
  await page.keyboard.press('Enter');
  await expect.poll(() => field(4).inputValue()).toBe('VIP1');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);

  await page.getByRole('searchbox').fill('hoang thi');
  await page.getByText('1 người khớp.').waitFor();
  await page.getByRole('searchbox').fill('');
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await page.getByText('Đã hoàn tác ở 5 người. 1 người đã được đổi tiếp').waitFor();
  await page.getByText('1/6 người có số ghế').waitFor();
  await list.getByText('ghế VIP1').waitFor();
  await list.getByText('ghế B2').waitFor({ state: 'detached' });

  const asked: string[] = [];
  door.on('request', (request) => {
    if (/\/door\?/.test(request.url())) asked.push(request.url());
  });
  for (const number of [1, 2, 3]) {
    await field(number).fill(`C${number}`);
    await field(number).press('Enter');
    await page.getByText(`${number + 1}/6 người có số ghế`).waitFor();
  }
  await list.getByText('ghế C3').waitFor();
  expect(asked).toHaveLength(1);
  expect(faults).toEqual([]);
});
