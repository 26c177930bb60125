import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { type ConferenceId, PersonId } from '../../domain/ids.ts';
import { type Pass, passStatement, readPass, writePass } from '../../domain/passes/pass.ts';
import { CivilDate } from '../../domain/time.ts';
import { api } from '../../domain/wire/api.ts';
import { hostAt, signIn, type SignedInClient, unitOrganizerAt } from '../server/harness.ts';
import {
  allSent,
  answer,
  inStep,
  listIsThere,
  pageIsKept,
  scan,
  setPin,
  typePin,
  pairPage,
} from './at-door.ts';
import { type Scene, setScene } from './scene.ts';
import { expectAccessible, expectNoSidewaysScroll, openDevice, openStage, type Stage } from './stage.ts';

let stage: Stage;
let scene: Scene;
let organizer: SignedInClient;
let scenes = 0;

beforeAll(async () => {
  stage = await openStage();
  organizer = await signIn(stage.server);
});
afterAll(() => stage.close());
beforeEach(async () => {
  scenes += 1;
  scene = await setScene(stage.server, `the${scenes}`);
});

const nameOf = (index: number) => scene.people[index]?.name ?? '';
const idOf = (index: number) => scene.people[index]?.id ?? '';

/** The pass of somebody of the scene, as it is printed. */
async function passOf(index: number): Promise<string> {
  const params = { conference: scene.conference, bridge: scene.commune };
  const { items } = await organizer.call(api.passes, { params });
  return items.find(({ person }) => person === idOf(index))?.code ?? '';
}

/** A pass that the installation signs, of what no page would issue. */
function signed(pass: Partial<Pass>): string {
  const whole: Pass = {
    conference: scene.conference,
    person: PersonId.parse(idOf(0)),
    serial: 1,
    until: CivilDate.parse('2100-01-01'),
    ...pass,
  };
  const { passes } = stage.server.context().keys;
  return writePass(whole, Buffer.from(passes.sign(passStatement(whole)), 'base64url'));
}

/** The same pass with a signature of somebody else's. */
function forged(code: string): string {
  const read = readPass(code);
  if (!read.ok) throw new Error(read.reason);
  return writePass(read.value.pass, new Uint8Array(64).fill(7));
}

async function openDoor(
  options: {
    bridge?: string;
    before?: (page: Page) => Promise<unknown>;
    width?: number;
    height?: number;
    keepsPages?: boolean;
  } = {},
) {
  const bridge = (options.bridge ?? scene.commune) as Scene['commune'];
  const host = await signIn(stage.server, [hostAt(scene.conference, bridge)]);
  const device = await openDevice(stage, host, options);
  await options.before?.(device.page);
  await device.page.goto('/');
  await pairPage(stage.server, scene.conference, bridge, device.page);
  await inStep(device.page);
  await listIsThere(device.page);
  return device;
}

async function ledger(bridge = scene.commune) {
  const params = { conference: scene.conference, bridge, session: scene.session };
  return (await organizer.call(api.events, { params })).items;
}

const codes = (page: Page) => page.getByRole('region', { name: 'Mã lạ cần đối chiếu' });

test('a hand scanner checks somebody in by the pass, from anywhere on the page, also behind a half-typed name', async () => {
  const { page, faults } = await openDoor();
  await page.locator('body').click({ position: { x: 3, y: 300 } });
  await scan(page, await passOf(0));
  await answer(page).getByText(nameOf(0)).waitFor();
  await page.getByText('1/6 có mặt').waitFor();
  await page.keyboard.type('tran');
  // Caps Lock is on.
  await scan(page, (await passOf(1)).toLowerCase());
  await answer(page).getByText(nameOf(1)).waitFor();
  await page.getByText('2/6 có mặt').waitFor();
  await allSent(page, 2);
  expect((await ledger()).map(({ event }) => 'person' in event && event.person)).toEqual([idOf(0), idOf(1)]);
  expect(faults).toEqual([]);
});

test('without a line passes are checked on the machine, also after a reload', async () => {
  const { page, context } = await openDoor({ keepsPages: true });
  await setPin(page);
  await pageIsKept(page);
  await page.reload();
  await typePin(page);
  await inStep(page);
  const [good, bad] = [await passOf(2), forged(await passOf(3))];
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  await page.reload();
  await typePin(page);
  await page.getByText('0/6 có mặt').waitFor();
  await scan(page, good);
  await answer(page).getByText(nameOf(2)).waitFor();
  await page.getByText('1/6 có mặt').waitFor();
  await scan(page, bad);
  await answer(page).getByText('Chữ ký trên thẻ không đúng. Chưa có trong danh sách, đã ghi lại').waitFor();
  await codes(page)
    .getByText(/Thẻ sai chữ ký/)
    .waitFor();
  expect(await ledger()).toEqual([]);
  await context.setOffline(false);
  await allSent(page, 2);
  const people = (await ledger()).map(({ event }) => ('person' in event ? event.person : ''));
  expect(people).toEqual([idOf(2), expect.stringMatching(/^forged:#[0-9a-f]{20}$/)]);
});

test('a browser without Ed25519 of its own checks passes all the same', async () => {
  const { page } = await openDoor({
    before: (early) =>
      early.addInitScript(() => {
        const own = crypto.subtle.importKey.bind(crypto.subtle) as (...given: unknown[]) => unknown;
        Object.defineProperty(crypto.subtle, 'importKey', {
          value: (...given: unknown[]) => {
            if (given[2] === 'Ed25519') {
              return Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'));
            }
            return own(...given);
          },
        });
      }),
  });
  const loaded = page.waitForResponse(/ed25519/);
  await scan(page, await passOf(4));
  await loaded;
  await answer(page).getByText(nameOf(4)).waitFor();
  await page.getByText('1/6 có mặt').waitFor();
  await scan(page, forged(await passOf(5)));
  await answer(page).getByText('Chữ ký trên thẻ không đúng.').waitFor();
  await allSent(page, 2);
  expect(await ledger()).toHaveLength(2);
});

test('a forged pass is kept as a code, once however often it is scanned, and told in blue with what to do', async () => {
  const { page } = await openDoor();
  const bad = forged(await passOf(0));
  await scan(page, bad);
  await answer(page).getByText('Xem giấy tờ rồi chọn Đối chiếu.').waitFor();
  await allSent(page, 1);
  // What the server says of it does not put aside what the page knows better.
  await answer(page).getByText('Chữ ký trên thẻ không đúng.').waitFor();
  expect(await answer(page).getAttribute('data-kind')).toBe('noted');
  await scan(page, bad);
  await codes(page).getByText(/2 lần/).waitFor();
  await allSent(page, 2);
  await inStep(page);
  await answer(page).getByText('Đã điểm danh rồi. Mã này đã ghi lại lúc').waitFor();
  expect(await answer(page).getAttribute('data-kind')).toBe('again');
  await page.getByText('0/6 có mặt').waitFor();
});

test.each<[string, (conference: ConferenceId) => Partial<Pass>, string]>([
  ['another conference', (conference) => ({ conference }), 'Thẻ của hội nghị khác.'],
  [
    'yesterday',
    () => ({ until: CivilDate.parse('2020-01-01') }),
    'Thẻ chỉ dùng đến 01/01/2020, nay đã hết hạn.',
  ],
])('a pass of %s is told as one, kept, and proposes its person', async (_, change, sentence) => {
  const other = await setScene(stage.server, `khac${scenes}`);
  const { page } = await openDoor();
  await scan(page, signed(change(other.conference)));
  await answer(page).getByText(sentence).waitFor();
  await codes(page)
    .getByText(`Thẻ cấp cho ${nameOf(0)}.`)
    .waitFor();
  await allSent(page, 1);
  await page.getByText('0/6 có mặt').waitFor();
  const [only] = await ledger();
  expect(only).toMatchObject({ event: { person: expect.stringContaining(`:${idOf(0)}`) } });
});

test('a pass that was issued again is refused by a door that hears of it, and resolved with the keyboard alone', async () => {
  const told = Promise.withResolvers<void>();
  const { page } = await openDoor({
    before: async (early) =>
      early.on('websocket', (line) =>
        line.on('framereceived', ({ payload }) => String(payload).includes('"serial":2') && told.resolve()),
      ),
  });
  const old = await passOf(1);
  const params = { conference: scene.conference, bridge: scene.province, person: idOf(1) };
  const { code } = await organizer.call(api.reissuePass, { params, body: { reason: 'mất thẻ' } });
  // The door hears of it while it stands there.
  await told.promise;
  await scan(page, old);
  await answer(page).getByText('Thẻ này đã được thay bằng thẻ mới.').waitFor();
  const button = page.getByRole('button', { name: /^Đối chiếu Thẻ đã thay/ });
  await button.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText('Thẻ cũ đã được thay').waitFor();
  await page.getByRole('button', { name: `Đúng là ${nameOf(1)}` }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('1/6 có mặt').waitFor();
  await codes(page).waitFor({ state: 'detached' });
  await inStep(page);
  const after = (await ledger()).map(({ event }) => event);
  const arrived = after.findLast((event) => event.kind === 'arrive')!;
  expect(arrived).toMatchObject({ person: idOf(1) });
  const scans = after.filter((event) => event.kind === 'arrive' && event.person === `replaced:${idOf(1)}`);
  expect(arrived.at + arrived.offset).toBe(Math.min(...scans.map(({ at, offset }) => at + offset)));
  await scan(page, code);
  await answer(page).getByText('Đã điểm danh rồi.').waitFor();
});

test('a well-signed pass of somebody of another bridge is their arrival, and no unknown code', async () => {
  const { page, context } = await openDoor({ bridge: scene.otherCommune });
  await scan(page, await passOf(0));
  await answer(page).getByText('Đại biểu có thẻ').waitFor();
  await allSent(page, 1);
  const [only] = await ledger(scene.otherCommune);
  expect(only).toMatchObject({ event: { person: idOf(0) }, flags: ['other-bridge'] });
  await page.getByText('Tất cả 1').click();
  await page.getByRole('group', { name: 'Danh sách đại biểu' }).getByText(nameOf(0)).waitFor();
  expect(await codes(page).count()).toBe(0);
  const other = await passOf(1);
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  await scan(page, other);
  await page.getByText('0/0 có mặt · 2 ngoài danh sách').waitFor();
  await page.getByRole('group', { name: 'Danh sách đại biểu' }).getByText('Đại biểu có thẻ').waitFor();
  expect(await codes(page).count()).toBe(0);
});

test('without a line an unknown code is resolved to a person of the list by keyboard, and sent when the line is back', async () => {
  const { page, context } = await openDoor();
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  await scan(page, 'LA999888');
  await answer(page).getByText('Chưa có trong danh sách, đã ghi lại').waitFor();
  await scan(page, 'LA999888');
  await codes(page).getByText('Mã LA999888').waitFor();
  await codes(page).getByText(/2 lần/).waitFor();
  await page.getByRole('button', { name: 'Đối chiếu Mã LA999888' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expectAccessible(page);
  await page.keyboard.type('tran thi');
  await dialog.getByRole('option').nth(1).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('1/6 có mặt').waitFor();
  await codes(page).waitFor({ state: 'detached' });
  await context.setOffline(false);
  await allSent(page, 5);
  await inStep(page);
  const events = (await ledger()).map(({ event }) => event);
  expect(events.map(({ kind }) => kind).toSorted()).toEqual(['arrive', 'arrive', 'arrive', 'void', 'void']);
  const [first] = events.filter((event) => event.kind === 'arrive' && event.person === 'LA999888');
  const came = events.find((event) => event.kind === 'arrive' && event.person === idOf(3))!;
  expect(came.at + came.offset).toBe(first!.at + first!.offset);
  await page.getByText('1/6 có mặt').waitFor();
});

test('an unknown code may be a guest, or a mistake', async () => {
  const { page } = await openDoor();
  await scan(page, 'LA1234');
  await page.getByRole('button', { name: 'Đối chiếu Mã LA1234' }).click();
  await page.getByRole('button', { name: 'Khách ngoài danh sách' }).click();
  await page.keyboard.type('Vũ Thị Khách');
  await page.keyboard.press('Enter');
  await page.getByText('Khách ngoài danh sách (1)').waitFor();
  await scan(page, 'https://vi.example/quet-nham');
  await page.getByRole('button', { name: /^Đối chiếu Mã [0-9a-f]{8}/ }).click();
  await page.getByRole('button', { name: 'Quét nhầm, bỏ mã này' }).click();
  await codes(page).waitFor({ state: 'detached' });
  await allSent(page, 5);
  const { figures } = api;
  const params = { conference: scene.conference, bridge: scene.commune, session: scene.session };
  const { node } = await organizer.call(figures, { params });
  expect(node.own).toMatchObject({ toResolve: 0, walkIn: 1 });
});

test('a code that another machine scanned is resolved here too', async () => {
  const [one, other] = [await openDoor(), await openDoor()];
  await scan(one.page, 'LA5555');
  await allSent(one.page, 1);
  await other.page.getByRole('button', { name: 'Đối chiếu Mã LA5555' }).click();
  await other.page.getByRole('button', { name: 'Quét nhầm, bỏ mã này' }).click();
  await codes(other.page).waitFor({ state: 'detached' });
  await codes(one.page).waitFor({ state: 'detached' });
  expect((await ledger()).map(({ event }) => event.kind)).toEqual(['arrive', 'void']);
});

test('a unit organizer resolves the codes of the bridges below', async () => {
  const { page: door } = await openDoor();
  await scan(door, 'LA7777');
  await allSent(door, 1);
  const unit = await signIn(stage.server, [unitOrganizerAt(scene.conference, scene.province)]);
  const { page, faults } = await openDevice(stage, unit);
  await page.goto(`/conferences/${scene.conference}/live/${scene.province}`);
  await page.getByRole('link', { name: 'Mã lạ cần đối chiếu: 1' }).click();
  await page.getByText('Mã LA7777').waitFor();
  await page.getByText('Xã Đồng Ặng').waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: 'Đối chiếu Mã LA7777' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('do van');
  await page.getByRole('option', { name: new RegExp(nameOf(1)) }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Không có mã nào cần đối chiếu').waitFor();
  await door.getByText('1/6 có mặt').waitFor();
  await codes(door).waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
});

/** As it is printed. */
const millimetres = (pixels = 0) => Math.round((pixels / 96) * 25.4);

test('the passes of a bridge are printed ten to a sheet, found by name, and issued again', async () => {
  const unit = await signIn(stage.server, [unitOrganizerAt(scene.conference, scene.province)]);
  const { page, faults } = await openDevice(stage, unit);
  await page.goto(`/conferences/${scene.conference}/bridges/${scene.province}/passes`);
  const list = page.getByRole('list', { name: 'Thẻ đại biểu' });
  await list.getByText(nameOf(5)).waitFor();
  expect(await list.getByRole('listitem').count()).toBe(6);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(false);
  expect(await page.getByText('Cấp lại').first().isVisible()).toBe(false);
  const box = await list.getByRole('listitem').first().boundingBox();
  expect(millimetres(box?.width)).toBe(94);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('searchbox', { name: 'Tìm theo tên' }).fill('hoang thi');
  await page.getByText('1 thẻ khớp.').waitFor();
  await page.getByRole('button', { name: `Cấp lại thẻ của ${nameOf(5)}` }).click();
  await page.getByRole('button', { name: 'Mất thẻ' }).click();
  await page.getByText(`Đã cấp lại thẻ của ${nameOf(5)}, lần 2.`).waitFor();
  await list.getByText('cấp lần 2').waitFor();
  expect(readPass(await passOf(5))).toMatchObject({ ok: true, value: { pass: { serial: 2 } } });
  expect(faults).toEqual([]);
});

test('badges are printed four to a sheet, each with name, post, bridge and a code that the door takes', async () => {
  const unit = await signIn(stage.server, [unitOrganizerAt(scene.conference, scene.province)]);
  const { page, faults } = await openDevice(stage, unit);
  await page.goto(`/conferences/${scene.conference}/bridges/${scene.province}/passes`);
  await page.getByText('Thẻ đeo, 4 một tờ').click();
  const list = page.getByRole('list', { name: 'Thẻ đại biểu' });
  await list.getByRole('img', { name: `Mã QR của ${nameOf(0)}` }).waitFor();
  const words = (await list.getByRole('listitem').first().innerText()).toLowerCase();
  for (const word of [nameOf(0), scene.people[0]?.position ?? '', 'Xã Đồng Ặng', 'Đại biểu'])
    expect(words).toContain(word.toLowerCase());
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.emulateMedia({ media: 'print' });
  const box = await list.getByRole('listitem').first().boundingBox();
  expect([millimetres(box?.width), millimetres(box?.height)]).toEqual([94, 134]);
  const isWhole = await list
    .getByRole('listitem')
    .evaluateAll((badges) => badges.map((own) => own.scrollHeight <= own.clientHeight));
  expect(isWhole).toEqual([true, true, true, true, true, true]);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(2);
  expect(faults).toEqual([]);
});

test('the section of unknown codes fits a phone of 360 px and passes the accessibility rules', async () => {
  const { page } = await openDoor({ width: 360, height: 740 });
  await scan(page, forged(await passOf(0)));
  await scan(page, 'LA999888');
  await codes(page).getByText('Mã LA999888').waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: 'Đối chiếu Mã LA999888' }).click();
  await page.getByRole('dialog').waitFor();
  expect(await page.getByRole('option').count()).toBe(0);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});
