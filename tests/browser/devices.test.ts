import { mkdirSync } from 'node:fs';

import { afterAll, beforeAll, expect, test } from 'vitest';

import type { AttendanceEvent } from '../../domain/attendance/event.ts';
import { EventId, type DeviceId, type PersonId } from '../../domain/ids.ts';
import { api } from '../../domain/wire/api.ts';
import {
  hostAt,
  newId,
  signIn,
  socket,
  unitOrganizerAt,
  type SignedInClient,
  type TestSocket,
} from '../server/harness.ts';
import { testMachine } from '../machines.ts';
import { pairPage } from './at-door.ts';
import { type Scene, setScene } from './scene.ts';
import { expectAccessible, expectNoSidewaysScroll, openDevice, openStage, type Stage } from './stage.ts';

const WINDOWS_7 =
  'Mozilla/5.0 (Windows NT 6.1; Win64; x64) AppleWebKit/537.36 Chrome/109.0.0.0 Safari/537.36';
/** Where screenshots go, for whoever wants to look at them. */
const SHOTS = process.env['SHOTS'];

let stage: Stage;
let scene: Scene;
let host: SignedInClient;
let organizer: SignedInClient;
const open: TestSocket[] = [];
beforeAll(async () => {
  stage = await openStage();
  scene = await setScene(stage.server);
  host = await signIn(
    stage.server,
    [hostAt(scene.conference, scene.commune), hostAt(scene.conference, scene.otherCommune)],
    'Lý Thị Ở Cửa',
  );
  organizer = await signIn(
    stage.server,
    [unitOrganizerAt(scene.conference, scene.province)],
    'Đinh Văn Đầu Mối',
  );
  if (SHOTS !== undefined) mkdirSync(SHOTS, { recursive: true });
});
afterAll(async () => {
  for (const one of open) one.close();
  await stage.close();
});

const path = () => `/conferences/${scene.conference}/bridges/${scene.province}/devices`;
const shot = (name: string) => (SHOTS === undefined ? {} : { path: `${SHOTS}/${name}.png`, fullPage: true });

/** A check-in page of a machine, without its page. */
async function machine(bridge: Scene['commune'], waiting: number, name?: string): Promise<DeviceId> {
  const line = await socket(stage.server, host.cookie, { 'user-agent': WINDOWS_7, 'accept-language': 'vi' });
  open.push(line);
  const { device } = testMachine(newId());
  await line.ask('device:hello', {
    conference: scene.conference,
    bridge,
    device,
    ...(name !== undefined && { name }),
    waiting,
    waitingSince: waiting === 0 ? null : ((Date.now() - 3_600_000) as never),
  });
  return device;
}

function arrive(device: DeviceId, person: PersonId): AttendanceEvent {
  return {
    kind: 'arrive',
    id: EventId.parse(newId()),
    session: scene.session,
    bridge: scene.commune,
    device,
    at: Date.now() as never,
    offset: 0,
    person,
    mode: 'in-person',
  };
}

const record = (events: AttendanceEvent[]) =>
  host.call(api.record, {
    params: { conference: scene.conference, bridge: scene.commune },
    body: { session: scene.session, bridge: scene.commune, events },
  });

test('machines are listed with those first that need somebody; one is named, revoked, and its scans decided on', async () => {
  await machine(scene.otherCommune, 0);
  const lost = await machine(scene.commune, 0, 'Cửa chính');
  await machine(scene.commune, 37);
  const { page, faults } = await openDevice(stage, organizer);
  await page.goto(`/conferences/${scene.conference}/live/${scene.province}`);
  await page.getByRole('link', { name: 'Máy điểm danh' }).click();
  await page.getByRole('heading', { name: 'Máy điểm danh: Tỉnh Mây Ngàn' }).waitFor();
  const rows = page.getByRole('region', { name: 'Các máy' }).getByRole('listitem');
  await page.getByText('3 máy, 3 máy đang nối').waitFor();
  expect(await rows.first().innerText()).toMatch(/37 lượt chờ gửi, lâu nhất từ/);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  if (SHOTS !== undefined) await page.screenshot(shot('machines'));

  const first = rows.first();
  await first.getByRole('button', { name: /^Đặt tên/ }).click();
  await page.getByRole('textbox', { name: 'Tên máy' }).fill('Cửa sau, máy 2');
  await page.getByRole('button', { name: 'Lưu tên' }).click();
  await rows.filter({ hasText: 'Cửa sau, máy 2' }).waitFor();

  await page.getByRole('button', { name: 'Thu hồi Cửa chính, Xã Đồng Ặng' }).click();
  await page.getByText('xóa danh sách đại biểu khi liên lạc lần tới').waitFor();
  await expectAccessible(page);
  if (SHOTS !== undefined) await page.screenshot(shot('revoke'));
  await page.getByRole('button', { name: 'Mất máy' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Thu hồi' }).click();
  await page.getByText('đã thu hồi: Mất máy').waitFor();
  await page.getByText('Đinh Văn Đầu Mối').waitFor();

  const scans = scene.people.slice(0, 4).map(({ id }) => arrive(lost, id));
  const { items } = await record(scans);
  expect(items.every(({ outcome }) => outcome === 'quarantined')).toBe(true);
  await page.reload();
  const held = page.getByRole('region', { name: 'Cửa chính, Xã Đồng Ặng' });
  await held.getByText('Điểm danh Nguyễn Thị Ánh, trực tiếp').waitFor();
  await page.getByText('4 lượt chờ xem xét').waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  if (SHOTS !== undefined) {
    await page.screenshot(shot('quarantine'));
    await page.setViewportSize({ width: 360, height: 740 });
    await page.screenshot(shot('quarantine-phone'));
    await page.setViewportSize({ width: 1280, height: 800 });
  }

  await held.getByLabel('Điểm danh Nguyễn Thị Ánh, trực tiếp').check();
  await held.getByRole('button', { name: 'Không nhận 1 lượt' }).click();
  await page.getByRole('textbox', { name: 'Lý do' }).fill('người này không đến');
  await page.getByRole('dialog').getByRole('button', { name: 'Không nhận' }).click();
  await page.getByText('Không nhận 1 lượt.').waitFor();
  await held.getByRole('button', { name: 'Nhận tất cả', exact: true }).click();
  await page.getByRole('button', { name: 'Đã hỏi điểm cầu, đúng' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Nhận vào sổ' }).click();
  await page.getByText('Đã nhận 3 lượt vào sổ.').waitFor();
  const { node } = await organizer.call(api.figures, {
    params: { conference: scene.conference, bridge: scene.commune, session: scene.session },
  });
  expect(node.own.attended).toBe(3);

  await page.getByRole('button', { name: 'Cho dùng lại Cửa chính, Xã Đồng Ặng' }).click();
  await page.getByRole('button', { name: 'Đã tìm thấy máy' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cho dùng lại' }).click();
  await page.getByText('đã thu hồi: Mất máy').waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
});

test('in the dark the colours still carry', async () => {
  const { page } = await openDevice(stage, organizer, { dark: true });
  await page.goto(path());
  await page.getByText(/^\d máy, /).waitFor();
  expect(await page.getByRole('listitem').count()).toBeGreaterThanOrEqual(3);
  await expectAccessible(page);
  if (SHOTS !== undefined) await page.screenshot(shot('dark'));
});

test('whoever has no right at the bridge is told so', async () => {
  const { page } = await openDevice(stage, host);
  await page.goto(path());
  await page.getByText('Không có mục này, hoặc bạn không được xem.').first().waitFor();
  expect(await page.getByText('Cửa chính').count()).toBe(0);
});

test('a machine that is new asks for its code, is paired by it, and shows a code for the next one', async () => {
  const hostOfOne = await signIn(stage.server, [hostAt(scene.conference, scene.commune)], 'Lò Thị Một Cửa');
  const { page, faults } = await openDevice(stage, hostOfOne);
  await page.goto('/');
  await page.getByRole('heading', { name: 'Ghép máy với Xã Đồng Ặng' }).waitFor();
  // Nothing of the list before.
  expect(await page.locator('body').innerText()).not.toContain(scene.people[0]?.name);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  if (SHOTS !== undefined) {
    await page.screenshot(shot('pair'));
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot(shot('pair-phone'));
    await page.setViewportSize({ width: 1280, height: 800 });
  }
  await page.getByRole('textbox', { name: 'Mã ghép máy' }).fill('BCFG-HJKL');
  await page.getByRole('button', { name: 'Ghép máy này' }).click();
  await page.getByText('Mã ghép máy không đúng').waitFor();
  await pairPage(stage.server, scene.conference, scene.commune, page);
  await page.getByText('Đã nối · 0 chờ gửi').waitFor();
  await page.getByRole('heading', { level: 1, name: /Xã Đồng Ặng/ }).waitFor();
  expect(await page.evaluate(() => localStorage.getItem('device'))).toMatch(/^[0-9a-f-]{14}8/);

  await page.getByText(/Khi mất mạng|Sẵn sàng/).click();
  await page.getByRole('button', { name: 'Ghép thêm một máy' }).click();
  const code = await page.getByText(/^[3-9B-X]{4}-[3-9B-X]{4}$/).innerText();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  if (SHOTS !== undefined) {
    await page.screenshot(shot('code'));
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot(shot('code-phone'));
  }
  // The second machine comes by the link of the QR code: the code is filled in, and does not stay in the address.
  const second = await openDevice(stage, hostOfOne, { width: 390, height: 844 });
  await second.page.goto(`/pair/${scene.conference}/${scene.commune}#${code}`);
  await second.page.getByRole('button', { name: 'Ghép máy này' }).click();
  await second.page.getByText(/^Đã ghép: máy này là Máy \d+ của Xã Đồng Ặng\.$/).waitFor();
  expect(new URL(second.page.url()).hash).toBe('');
  if (SHOTS !== undefined) await second.page.screenshot(shot('paired-phone'));
  await second.page.getByRole('link', { name: 'Vào điểm danh' }).click();
  await second.page.getByText('Đã nối · 0 chờ gửi').waitFor();
  expect([...faults, ...second.faults]).toEqual([]);
});

test('a machine that was revoked comes back with a new code as a new machine, in place of the old one', async () => {
  const hostOfOne = await signIn(stage.server, [hostAt(scene.conference, scene.otherCommune)]);
  const { page, faults } = await openDevice(stage, hostOfOne);
  await page.goto('/');
  await pairPage(stage.server, scene.conference, scene.otherCommune, page);
  await page.getByText('Đã nối · 0 chờ gửi').waitFor();
  const idOf = () => page.evaluate(() => localStorage.getItem('device') ?? '');
  const before = await idOf();
  const params = { conference: scene.conference, bridge: scene.otherCommune, device: before };
  await organizer.call(api.revokeDevice, { params, body: { reason: 'mất máy' } });
  await page.getByText('Máy này đã bị thu hồi quyền điểm danh').waitFor();
  if (SHOTS !== undefined) await page.screenshot(shot('revoked'));
  await pairPage(stage.server, scene.conference, scene.otherCommune, page);
  await page.getByRole('heading', { level: 1, name: /Xã Lũng Ữ/ }).waitFor();
  await page.getByText('Đã nối · 0 chờ gửi').waitFor();
  expect(await idOf()).not.toBe(before);
  const { items } = await organizer.call(api.devices, {
    params: { conference: scene.conference, bridge: scene.otherCommune },
  });
  const [old, anew] = [items.find(({ device }) => device === before), items.find(({ replaces }) => replaces)];
  expect(old?.state).toBe('revoked');
  expect(anew?.replaces).toBe(old?.name);
  const office = await openDevice(stage, organizer);
  await office.page.goto(path());
  await office.page.getByText(`máy mới, thay cho ${old?.name}`).waitFor();
  await office.page.getByRole('button', { name: 'Tạo mã ghép máy' }).click();
  await office.page.getByText('Mã ghép một máy với Tỉnh Mây Ngàn').waitFor();
  if (SHOTS !== undefined) await office.page.screenshot(shot('machines-after'));
  expect(faults).toEqual([]);
});
