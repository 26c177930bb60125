import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { signIn, type SignedInClient } from '../server/harness.ts';
import { heldBy, replayOn } from './replay.ts';
import { arrive, type Scene, setScene } from './scene.ts';
import { expectFitForAll, openDevice, openStage, type Stage } from './stage.ts';

let stage: Stage;
let scene: Scene;
let organizer: SignedInClient;

const item = (title: string, minutes: number) => ({
  title,
  minutes,
  presenter: 'Văn phòng',
  presenterPerson: null,
  limit: 'max',
});

beforeAll(async () => {
  stage = await openStage();
  organizer = await signIn(stage.server);
});
afterAll(() => stage.close());

let scenes = 0;
beforeEach(async () => {
  scene = await setScene(stage.server, `canh-${++scenes}`);
  const agenda = JSON.stringify([item('Chào cờ', 10), item('Khai mạc', 20), item('Bế mạc', 15)]);
  await stage.server.database.write('session').where({ id: scene.session }).update({ agenda });
});

test('two control rooms see people come, one alert taken on, and one agenda run', async () => {
  const [one, other] = [await openDevice(stage, organizer), await openDevice(stage, organizer)];
  const control = `/conferences/${scene.conference}/control`;
  await one.page.goto(control);
  await other.page.goto(control);
  for (const { page } of [one, other]) {
    await page.getByRole('heading', { level: 1, name: 'Phòng điều hành: Điểm cầu Trung ương' }).waitFor();
    await page.getByText('Đang cập nhật.').waitFor();
  }
  // Every number says what it rests on.
  await one.page.getByText('0/4 điểm cầu đã có số liệu').waitFor();
  const alert = (page: typeof one.page) =>
    page
      .getByRole('listitem')
      .filter({ hasText: /^Rất gấp. Xã Lũng Ữ, Tỉnh Mây Ngàn: chưa có máy nào kết nối/ });
  await alert(one.page).getByRole('button', { name: 'Tôi xử lý' }).click();
  await alert(other.page).getByText('Trần Thử Nghiệm nhận xử lý lúc').waitFor();

  await arrive(scene, organizer, 0);
  const tile = other.page.getByRole('link', {
    name: /^Tỉnh Mây Ngàn: 1 trên 6 người có mặt.*1 trên 3 điểm cầu/,
  });
  await tile.waitFor();
  await expect.poll(() => one.page.getByTestId('present').textContent()).toBe('1');
  await tile.click();
  await other.page.getByRole('heading', { level: 1, name: 'Phòng điều hành: Tỉnh Mây Ngàn' }).waitFor();
  await other.page.getByText('cộng 0 người tại chính điểm cầu này là 1 người có mặt').waitFor();
  await other.page.goBack();
  await other.page.getByRole('heading', { level: 1, name: /Trung ương/ }).waitFor();

  await one.page.getByRole('link', { name: 'Điều hành chương trình' }).click();
  await one.page.getByRole('button', { name: /Bắt đầu mục 1: Chào cờ/ }).waitFor();
  await one.page.keyboard.press('n');
  await other.page.getByText('Đang diễn ra: 1. Chào cờ, còn').waitFor();
  await one.page.getByRole('button', { name: /Thêm 5 phút/ }).click();
  await one.page.getByText('10 phút + 5').waitFor();
  await one.page.keyboard.press('n');
  await other.page.getByText('Đang diễn ra: 2. Khai mạc, còn').waitFor();
  await one.page.getByText('Bước vừa rồi: bắt đầu mục 2').waitFor();
  await one.page.keyboard.press('u');
  await other.page.getByText('Đang diễn ra: 1. Chào cờ, còn').waitFor();
  expect([...one.faults, ...other.faults]).toEqual([]);
});

test('a step that is seen can be taken back although its own answer is still on the way', async () => {
  const { page, faults } = await openDevice(stage, organizer);
  await page.goto(`/conferences/${scene.conference}/agenda`);
  const { promise: seen, resolve: answer } = Promise.withResolvers<undefined>();
  await page.route('**/run', async (route) => {
    const response = await route.fetch();
    await seen;
    await route.fulfill({ response });
  });
  await page.getByRole('button', { name: /Bắt đầu mục 1: Chào cờ/ }).waitFor();
  await page.keyboard.press('n');
  await page.getByText('Bước vừa rồi: bắt đầu mục 1').waitFor();
  await page.keyboard.press('u');
  await page.getByText('Bước vừa rồi: ').waitFor({ state: 'detached' });
  const late = page.waitForResponse(/\/run$/);
  answer(undefined);
  await late;
  await page.getByRole('button', { name: /Bắt đầu mục 1: Chào cờ/ }).waitFor();
  expect(await page.getByText('Bước vừa rồi: ').count()).toBe(0);
  expect(faults).toEqual([]);
});

test('the wall shows number and worst thing without scrolling, and is right again after the line was lost', async () => {
  const { page, context, faults } = await openDevice(stage, organizer, { width: 1920, height: 1080 });
  await page.goto(`/wall/${scene.conference}`);
  await page.getByText('Đang cập nhật.').waitFor();
  const size = (selector: string) =>
    page.locator(selector).evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
  expect(await size('[data-testid=present]')).toBeGreaterThan(150);
  await page.getByRole('region', { name: 'Việc gấp nhất' }).getByText('chưa có máy nào kết nối').waitFor();
  for (const [width, height] of [
    [1920, 1080],
    [3840, 2160],
  ] as const) {
    await page.setViewportSize({ width, height });
    const sticksOut = await page
      .getByTestId('wall')
      .evaluate((wall) => [
        document.documentElement.scrollHeight - window.innerHeight,
        ...[...wall.children].map((part) =>
          Math.max(0, part.getBoundingClientRect().bottom - window.innerHeight),
        ),
      ]);
    expect(Math.max(...sticksOut)).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1920, height: 1080 });
  await context.setOffline(true);
  await page.getByText('Mất kết nối; số dưới đây là số cũ.').waitFor();
  await arrive(scene, organizer, 0);
  await context.setOffline(false);
  await expect.poll(() => page.getByTestId('present').textContent(), { timeout: 15_000 }).toBe('1');
  expect(faults).toEqual([]);
});

test('control room, agenda and wall pass the accessibility rules in light and dark and fit a phone', async () => {
  const { page, faults } = await openDevice(stage, organizer);
  const pages = [`/conferences/${scene.conference}/control`, `/conferences/${scene.conference}/agenda`];
  for (const path of [...pages, `/wall/${scene.conference}`]) {
    await page.goto(path);
    await page
      .getByText(/Dự kiến kết thúc lúc/)
      .first()
      .waitFor();
    await expectFitForAll(page);
  }
  expect(faults).toEqual([]);
});

test('a control screen holds no more after many updates than after few', async () => {
  const { page } = await openDevice(stage, organizer);
  const replay = await replayOn(page);
  await page.goto(`/conferences/${scene.conference}/control`);
  await page.getByText('Đang cập nhật.').waitFor();
  await page.getByTestId('present').waitFor();
  await replay(300);
  const before = await heldBy(page);
  await replay(900);
  expect((await heldBy(page)) - before).toBeLessThan(2_000_000);
});
