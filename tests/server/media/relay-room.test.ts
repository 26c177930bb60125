import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';

import type { BridgeId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import { startEmbeddedEngine } from '../../../server/media/embedded/engine.ts';
import { newRelay } from '../../../server/media/relay/commands.ts';
import { startRelay } from '../../../server/media/relay/service.ts';
import { grantOf, hostAt, LOCAL_MEDIA, signIn } from '../harness.ts';
import { operatorOf } from '../operator.ts';
import { sample, type Sample } from '../sample.ts';
import { asked, node, openPage, send, type Page } from './page.ts';

let s: Sample;
let province: BridgeId;
let commune: BridgeId;
let hall: BridgeId;
const after: (() => unknown)[] = [];

beforeAll(async () => {
  s = await sample({ communes: 4, until: 'bridges', media: LOCAL_MEDIA });
  hall = s.bridges.find(({ parent }) => parent === null)!.id;
  province = s.bridge('97').id;
  commune = s.bridge('97004').id;
  await vi.waitUntil(async () => {
    const answer = await fetch(`${s.server.url}/readyz`);
    const { checks } = (await answer.json()) as { checks: Record<string, Record<string, unknown>> };
    return checks['media']?.['running'] === true;
  });
});
afterEach(async () => {
  for (const end of after.splice(0).toReversed()) await end();
});
afterAll(() => s.server.close());

async function station(bridge: BridgeId): Promise<Page> {
  const page = await openPage(s, await signIn(s.server, [hostAt(s.conference, bridge)]));
  after.push(() => page.close());
  await page.done('media:join-station', node(s, bridge));
  return page;
}
/** The line on which a page receives, and the port of the engine at its other end. */
async function receiving(page: Page) {
  const { transport } = await page.done('media:transport', { direction: 'receive' });
  return { id: transport.id, port: transport.iceCandidates[0]!.port };
}

test('a station views from the relay of its province, and from the hall when that relay dies', async () => {
  const context = s.server.context();
  const scopes = await operatorOf(context, s.conference, province);
  const { token } = await newRelay(context, scopes.conference, scopes.bridge);
  const events: string[] = [];
  const relay = await startRelay({
    hub: s.server.url,
    token,
    capacityOf: () => 5,
    startEngine: () =>
      startEmbeddedEngine({
        listenIp: '127.0.0.1',
        port: 0,
        announced: [{ ip: '127.0.0.1' }],
        most: { transports: 20, streamsPerTransport: 20 },
      }),
    on: ({ event }) => events.push(event),
  });
  after.push(() => relay.close());
  await expect.poll(() => events).toEqual(['in service']);

  const director = await openPage(s, await signIn(s.server, [grantOf('control-room', s.conference)]));
  after.push(() => director.close());
  const stage = await station(hall);
  const viewer = await station(commune);
  await director.done('media:direct', { ...node(s, hall), step: 'put' });
  await expect.poll(() => stage.last('media:orders')?.isWanted).toBe(true);
  const [camera] = await send(stage, 'camera');
  await expect.poll(() => viewer.last('media:program')?.streams.length).toBe(1);
  const near = await receiving(viewer);
  const own = await receiving(stage);
  expect(near.port).not.toBe(own.port);
  const seen = await viewer.done('media:consume', asked(near.id, camera!));
  await viewer.done('media:pause', { consumer: seen.consumer });

  await relay.close();
  await expect
    .poll(() => viewer.last('media:transport-closed'), { timeout: 5_000 })
    .toEqual({ transport: near.id });
  const again = await receiving(viewer);
  expect(again.port).toBe(own.port);
  await viewer.done('media:consume', asked(again.id, camera!));
});

test('the program without WebRTC is told where it can be had, to those who belong to the conference', async () => {
  const viewer = await station(commune);
  const director = await openPage(s, await signIn(s.server, [grantOf('control-room', s.conference)]));
  after.push(() => director.close());
  await director.done('media:direct', { ...node(s, province), step: 'put' });
  await expect.poll(() => viewer.last('media:program')?.bridge).toBe(province);
  const params = { conference: s.conference, session: s.session };
  const address = `/api/v1/conferences/${s.conference}/sessions/${s.session}/program/live.m3u8`;
  // On a machine without ffmpeg there is none.
  expect([null, address]).toContain(viewer.last('media:program')?.hls);
  const stranger = await signIn(s.server, []);
  expect((await stranger.refusal(api.programPlaylist, { params })).code).toBe('not-found');
  expect((await s.organizer.refusal(api.programPlaylist, { params })).code).toBe('wrong-state');
});
