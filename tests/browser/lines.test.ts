import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import type { BridgeId } from '../../domain/ids.ts';
import type { LineMeasures } from '../../domain/media/line-test.ts';
import { lineContracts } from '../../domain/wire/lines.ts';
import { hostAt, LOCAL_MEDIA, signIn } from '../server/harness.ts';
import { type Scene, setScene } from './scene.ts';
import { expectAccessible, expectNoSidewaysScroll, openDevice, openStage, type Stage } from './stage.ts';
import { FINE_LINE } from '../fine-line.ts';

let stage: Stage;
let scene: Scene;
beforeAll(async () => {
  stage = await openStage({ media: LOCAL_MEDIA }, [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    '--autoplay-policy=no-user-gesture-required',
  ]);
  scene = await setScene(stage.server, 'duong-truyen');
});
afterAll(() => stage.close());

/** A room in which the microphone hears the loudspeaker: what goes to the loudspeaker is what the microphone gives. */
function closeTheLoop(): void {
  const Plain = globalThis.AudioContext;
  globalThis.AudioContext = class extends Plain {
    readonly #air = this.createMediaStreamDestination();
    override createMediaStreamSource(): MediaStreamAudioSourceNode {
      return super.createMediaStreamSource(this.#air.stream);
    }
    override createGain(): GainNode {
      const gain = super.createGain();
      gain.connect(this.#air);
      return gain;
    }
  };
}

/** Keeps the ways to the engine that a page opens. */
function keepWays(): void {
  const kept: RTCPeerConnection[] = [];
  Object.assign(window, { waysOpen: () => kept.filter((way) => way.signalingState !== 'closed').length });
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      kept.push(this);
    }
  };
}

test('a host runs the test, sees how far it is and what it found, and the office has it at once', async () => {
  const { conference, commune } = scene;
  const host = await signIn(stage.server, [hostAt(conference, commune)]);
  const { context, page, faults } = await openDevice(stage, host);
  await context.addInitScript(closeTheLoop);
  await context.addInitScript(keepWays);
  await page.goto(`/line-test/${conference}/${commune}?seconds=12`);
  await page.getByText('Dùng đúng máy và mạng').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Bắt đầu kiểm tra' }).click();
  await page.getByLabel('Hình từ camera của máy này').waitFor();
  await page.locator('[aria-current=step]').getByText('Đo đường lên').waitFor();
  // In a test at length this takes longer than an engine keeps a way that nobody greets it over.
  expect(await page.evaluate('waysOpen()')).toBe(1);
  await expectNoSidewaysScroll(page);
  await page.getByText('Đã gửi kết quả').waitFor({ timeout: 40_000 });
  await expectAccessible(page);
  const { items } = await host.call(lineContracts.lineTests, { params: { conference, bridge: commune } });
  expect(items).toHaveLength(1);
  const { measures } = items[0]!;
  expect(measures).toMatchObject({ camera: true, sound: true });
  expect(measures.upKbps).toBeGreaterThan(500);
  expect(measures.downKbps).toBeGreaterThan(500);
  expect(measures.loss).toBeLessThan(0.2);
  expect(measures.delayMs).toBeLessThan(2000);
  expect(faults).toEqual([]);
});

test('the office sees who has not tested and who is not fit, and whom to call', async () => {
  const { conference, otherCommune } = scene;
  const organizer = await signIn(stage.server);
  const send = (bridge: BridgeId, measures: Partial<LineMeasures>) =>
    organizer.call(lineContracts.addLineTest, {
      params: { conference, bridge },
      body: { id: randomUUID(), seconds: 110, measures: { ...FINE_LINE, ...measures } },
    });
  await send(otherCommune, { upKbps: 320, sound: false });
  const { page, faults } = await openDevice(stage, organizer);
  await page.goto(`/conferences/${conference}/lines`);
  await page.getByRole('button', { name: '1 chưa đạt' }).click();
  const rows = page.getByRole('listitem').filter({ hasText: 'chưa đạt' });
  await rows.first().getByText('lên 0,3 Mb/s').waitFor();
  expect(await rows.count()).toBe(1);
  await expectAccessible(page);
  await rows.first().getByRole('button').click();
  const sheet = page.getByRole('dialog');
  await sheet.getByText('Đường lên được 0,3 Mb/s, cần ít nhất 0,6 Mb/s').waitFor();
  await sheet.getByText('Micrô không nghe thấy loa').waitFor();
  await expectAccessible(page);
  expect(faults).toEqual([]);
});
