import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import type { BridgeId, PersonId } from '../../domain/ids.ts';
import { api } from '../../domain/wire/api.ts';
import { testMachine } from '../machines.ts';
import { hostAt, newId, signIn, type SignedInClient } from '../server/harness.ts';
import { pairPage } from './at-door.ts';
import { type Scene, setScene } from './scene.ts';
import {
  expectAccessible,
  expectFitForAll,
  expectNoSidewaysScroll,
  openDevice,
  openStage,
  type Stage,
} from './stage.ts';

let stage: Stage;
let scene: Scene;
let organizer: SignedInClient;

beforeAll(async () => {
  stage = await openStage();
  scene = await setScene(stage.server);
  organizer = await signIn(stage.server);
  const [chair] = scene.people;
  await stage.server.database.write('bridge').where({ id: scene.commune }).update({ chair: chair?.id });
  await record(scene.commune, { kind: 'open' });
  await record(scene.commune, { kind: 'arrive', person: personAt(0), mode: 'in-person' });
  await record(scene.commune, { kind: 'arrive', person: personAt(1), mode: 'online' });
  await record(scene.commune, { kind: 'excuse', person: personAt(2), reason: 'ốm' });
  await record(scene.otherCommune, { kind: 'arrive', person: personAt(3), mode: 'in-person' });
  await record(scene.commune, { kind: 'walk-in', name: 'Hà Văn Ổn', unit: 'Xóm Lũng Ữ', mode: 'in-person' });
  await record(scene.commune, { kind: 'count', point: '', counts: { other: 12 } });
});
afterAll(() => stage.close());

function personAt(index: number): PersonId {
  const found = scene.people[index];
  if (found === undefined) throw new Error('nobody there');
  return found.id;
}

/** What a door writes down. */
async function record(
  bridge: BridgeId,
  own: { readonly kind: string } & Record<string, unknown>,
): Promise<void> {
  const { conference, session } = scene;
  const common = {
    id: newId(),
    session,
    bridge,
    device: testMachine('may-1').device,
    at: Date.now(),
    offset: 0,
  };
  const { items } = await organizer.call(api.record, {
    params: { conference, bridge },
    body: { session, bridge, events: [{ ...common, ...own }] },
  });
  expect(items.map((item) => item.outcome)).toEqual(['recorded']);
}

const summaryPath = () => `/summary/${scene.conference}/${scene.session}/${scene.commune}`;
const versionsPath = (bridge: BridgeId) =>
  `/conferences/${scene.conference}/live/${bridge}/versions?session=${scene.session}`;

test('while the bridge is open the summary says that it is not final', async () => {
  const { page, faults } = await openDevice(stage, organizer);
  await page.goto(summaryPath());
  await page.getByText('Điểm cầu chưa đóng.').waitFor();
  await page.getByText('Chưa có mã đối chiếu.').waitFor();
  expect(await page.getByTestId('fingerprint').count()).toBe(0);
  expect(faults).toEqual([]);
});

test('the host closes the bridge and comes to what the chair signs: names, figures and the fingerprint', async () => {
  const host = await signIn(stage.server, [hostAt(scene.conference, scene.commune)]);
  const { page, faults } = await openDevice(stage, host);
  await page.goto(`/door/${scene.conference}/${scene.session}/${scene.commune}`);
  await pairPage(stage.server, scene.conference, scene.commune, page);
  await record(scene.commune, { kind: 'close' });
  await page.getByRole('link', { name: 'Bản tổng hợp để ký' }).click();
  await page.getByRole('heading', { level: 1, name: 'Tổng hợp điểm danh tại điểm cầu' }).waitFor();
  await page.getByTestId('fingerprint').waitFor({ timeout: 20_000 });
  expect(await page.getByTestId('fingerprint').textContent()).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
  const sheet = page.getByRole('article');
  const text = (await sheet.innerText()).replaceAll(/\s+/g, ' ');
  for (const expected of [
    'Xã Đồng Ặng',
    'Buổi sáng',
    'Nguyễn Thị Ánh',
    'Có mặt trên số triệu tập 2/6 (33,33 %)',
    'Vắng có lý do (1) Trần Thị Hòa',
    'ốm',
    'Dự tại điểm cầu khác (1) Trần Thị Hoan',
    'Vắng không có lý do (2) Lê Quốc Đạt',
    'Khách ngoài danh sách (1) Hà Văn Ổn, Xóm Lũng Ữ',
    'Đếm thêm, không ghi tên 12',
    'Báo cáo điểm danh bản 1',
  ])
    expect(text).toContain(expected);
  expect(text).not.toMatch(/null|undefined|NaN/);
  expect(await page.getByText('Cần biết trước khi ký').count()).toBe(0);
  expect(faults).toEqual([]);
});

test('the summary fits one A4 page and prints without the tools around it', async () => {
  const { page } = await openDevice(stage, organizer);
  await page.goto(summaryPath());
  await page.getByTestId('fingerprint').waitFor();
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('button', { name: 'In để ký' }).isVisible()).toBe(false);
  expect(await page.getByText('Xã Đồng Ặng').first().isVisible()).toBe(true);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
});

test('a late upload shows as version 2 of the bridge and of every frozen level above, with what changed', async () => {
  const { conference, session, province } = scene;
  await organizer.call(api.freezeReport, { params: { conference, session, bridge: province } });
  await record(scene.commune, { kind: 'walk-in', name: 'Lò Thị Muộn', unit: '', mode: 'in-person' });
  await vi.waitFor(
    async () => {
      const { items } = await organizer.call(api.reportVersions, {
        params: { conference, session, bridge: province },
      });
      expect(items).toHaveLength(2);
    },
    { timeout: 20_000, interval: 300 },
  );
  const { page, faults } = await openDevice(stage, organizer);
  await page.goto(`/conferences/${conference}/live/${province}?session=${session}`);
  await page.getByRole('link', { name: 'Các bản báo cáo' }).click();
  await page.getByRole('heading', { level: 1, name: 'Các bản báo cáo điểm danh: Tỉnh Mây Ngàn' }).waitFor();
  const second = page.getByRole('region', { name: 'Bản 2 khác bản trước ở đâu' });
  await second.getByRole('row', { name: 'Xã Đồng Ặng Khách ngoài danh sách 1 2' }).waitFor();
  await page.getByText('Bản đầu tiên.').waitFor();
  await page.getByRole('button', { name: 'Chốt bản mới' }).click();
  await page.getByText('Không có gì khác bản 2.').waitFor();
  expect(faults).toEqual([]);
});

test('the headcount summary as of its deadline, who was late, and what came after', async () => {
  const { conference, province, commune } = scene;
  const due = Date.now() - 3_600_000;
  const db = stage.server.database.write;
  await db('inner_deadline').insert({ conference, bridge: province, due_before: due });
  await vi.waitFor(
    async () => {
      const { items } = await organizer.call(api.headcountVersions, {
        params: { conference, bridge: province },
      });
      expect(items).toHaveLength(1);
    },
    { timeout: 20_000, interval: 300 },
  );
  await organizer.call(api.submitHeadcount, { params: { conference, bridge: commune }, body: { total: 46 } });
  await vi.waitFor(
    async () => {
      const { items } = await organizer.call(api.headcountVersions, {
        params: { conference, bridge: province },
      });
      expect(items).toHaveLength(2);
    },
    { timeout: 20_000, interval: 300 },
  );
  const { page, faults } = await openDevice(stage, organizer);
  await page.goto(`/conferences/${conference}/reports?bridge=${province}`);
  await page.getByRole('link', { name: 'Các bản tổng hợp' }).click();
  await page.getByRole('heading', { level: 1, name: 'Tổng hợp số lượng đại biểu: Tỉnh Mây Ngàn' }).waitFor();
  const second = page.getByRole('region', { name: 'Bản 2 khác bản trước ở đâu' });
  await second.getByRole('row', { name: /Xã Đồng Ặng Số đại biểu ?Trần Thử Nghiệm.* chưa có 46/ }).waitFor();
  await second.getByRole('row', { name: /Tình trạng báo cáo.* chưa báo cáo chậm/ }).waitFor();
  await page.getByRole('button', { name: 'Ai chậm (1)' }).click();
  await page
    .getByRole('region', { name: 'Chậm' })
    .getByRole('row', { name: /Xã Đồng Ặng 46 1 giờ/ })
    .waitFor();
  await expectAccessible(page);
  expect(faults).toEqual([]);
});

test('the pages pass the accessibility rules in light and dark and fit a phone', async () => {
  const { page, faults } = await openDevice(stage, organizer);
  await page.goto(summaryPath());
  await page.getByTestId('fingerprint').waitFor();
  await expectFitForAll(page);
  await page.goto(versionsPath(scene.commune));
  await page.getByRole('heading', { name: 'Bản 1' }).waitFor();
  await expectFitForAll(page);
  await page.goto(`/conferences/${scene.conference}/bridges/${scene.province}/headcount-versions`);
  await page.getByRole('heading', { name: 'Bản 1' }).waitFor();
  await expectNoSidewaysScroll(page);
  expect(faults).toEqual([]);
});
