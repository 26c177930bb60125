import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

import type { BridgeId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import { grantOf, hostAt, LOCAL_MEDIA, signIn, type SignedInClient } from '../harness.ts';
import { sample, type Sample } from '../sample.ts';
import { asked, node, openPage, parametersOf, receiving, send, type Page } from './page.ts';

let s: Sample;
let root: BridgeId;
let [north, south, east, west, district]: BridgeId[] = [];
let director: SignedInClient;
const open: Page[] = [];
beforeAll(async () => {
  s = await sample({ communes: 36, until: 'bridges', media: LOCAL_MEDIA });
  root = s.bridges.find(({ parent }) => parent === null)!.id;
  const bridges = ['97004', '97005', '97006', '97007'].map((unit) => s.bridge(unit).id);
  [north, south, east, west] = bridges;
  district = s.bridges.find(({ id }) => id === east)!.parent!;
  director = await signIn(s.server, [grantOf('control-room', s.conference)], 'Đạo Diễn Hình');
  await vi.waitUntil(async () => (await engine())?.['running'] === true, { timeout: 8000 });
});
afterAll(() => s.server.close());
afterEach(async () => {
  for (const opened of open.splice(0)) opened.close();
  // Whoever had the floor and whoever asked begins the next test as nobody.
  const chief = await openPage(s, director);
  for (const bridge of [north!, south!])
    await chief.line.ask('media:direct', { ...node(s, bridge), step: 'take' });
  await chief.done('media:direct', { ...node(s, root), step: 'put' });
  chief.close();
});

/** What readiness says of it, at most two seconds old. */
async function engine() {
  const answer = await fetch(`${s.server.url}/readyz`);
  return ((await answer.json()) as { checks: Record<string, Record<string, unknown>> }).checks['media'];
}

async function page(who: SignedInClient): Promise<Page> {
  const opened = await openPage(s, who);
  open.push(opened);
  return opened;
}
async function station(bridge: BridgeId, who?: SignedInClient) {
  const opened = await page(who ?? (await signIn(s.server, [hostAt(s.conference, bridge)])));
  return { page: opened, ...(await opened.done('media:join-station', node(s, bridge))) };
}
async function control(bridge: BridgeId, who = director) {
  const opened = await page(who);
  return { page: opened, ...(await opened.done('media:join-control', node(s, bridge))) };
}
const direct = (by: Page, bridge: BridgeId, step: 'put' | 'grant' | 'take') =>
  by.done('media:direct', { ...node(s, bridge), step });
const producers = (at: Page) => at.last('media:program')?.streams.map(({ producer }) => producer);

describe('the program', () => {
  test('a station sends once it is on program, and another one receives it', async () => {
    const [hall, viewer, room] = [await station(north!), await station(south!), await control(root)];
    expect(hall.engine).toMatchObject({ name: 'embedded', isRunning: true });
    expect(hall.orders).toMatchObject({
      isWanted: false,
      isReplaced: false,
      isOnProgram: false,
      place: null,
    });
    const { transport } = await hall.page.done('media:transport', { direction: 'send' });
    expect(transport.iceCandidates[0]).toMatchObject({ ip: '127.0.0.1', protocol: 'udp' });
    await direct(room.page, north!, 'put');
    await expect
      .poll(() => hall.page.last('media:orders'))
      .toMatchObject({ isWanted: true, isOnProgram: true });
    const [camera, microphone] = await send(hall.page, 'camera', 'microphone');
    await expect.poll(() => producers(viewer.page)).toEqual([camera, microphone]);
    expect(viewer.page.last('media:program')).toMatchObject({ bridge: north });
    const line = await receiving(viewer.page);
    const seen = await viewer.page.done('media:consume', asked(line, camera!));
    expect(seen).toMatchObject({ kind: 'video', rtpParameters: { codecs: [{ mimeType: 'video/VP8' }] } });
    await viewer.page.done('media:pause', { consumer: seen.consumer });
    await viewer.page.done('media:resume', { consumer: seen.consumer });
    await viewer.page.done('media:close-consumer', { consumer: seen.consumer });
    expect(await viewer.page.refused('media:resume', { consumer: seen.consumer })).toBe('gone');
  });

  test('what goes off program is taken from those who saw it, without a notice for each', async () => {
    const [hall, viewer, room] = [await station(north!), await station(south!), await control(root)];
    await direct(room.page, north!, 'put');
    const [camera] = await send(hall.page, 'camera');
    const line = await receiving(viewer.page);
    const { consumer } = await viewer.page.done('media:consume', asked(line, camera!));
    await direct(room.page, south!, 'put');
    await expect.poll(() => viewer.page.last('media:program')?.bridge).toBe(south);
    expect(await viewer.page.refused('media:resume', { consumer })).toBe('gone');
    expect(await viewer.page.refused('media:consume', asked(line, camera!))).toBe('gone');
    expect(viewer.page.last('media:consumer-closed')).toBeUndefined();
  });

  test('a covered camera is said to everybody, and one that is replaced goes', async () => {
    const [hall, viewer, room] = [await station(north!), await station(south!), await control(root)];
    await direct(room.page, north!, 'put');
    const [camera] = await send(hall.page, 'camera');
    await hall.page.done('media:mute', { producer: camera!, isMuted: true });
    await expect.poll(() => viewer.page.last('media:program')?.streams[0]).toMatchObject({ isMuted: true });
    const [next] = await send(hall.page, 'camera');
    await expect.poll(() => producers(viewer.page)).toEqual([next]);
    await hall.page.done('media:close-producer', { producer: next! });
    await hall.page.done('media:close-producer', { producer: next! });
    await expect.poll(() => producers(viewer.page)).toEqual([]);
  });
});

describe('cameras on demand', () => {
  test('nobody sends unasked', async () => {
    const hall = await station(east!);
    await expect(send(hall.page, 'camera')).rejects.toThrow('not-wanted');
  });

  test('a camera runs while a control room looks, and rests a few seconds after', async () => {
    const [hall, room] = [await station(east!), await control(district!)];
    await room.page.done('media:want', { bridges: [east!] });
    await expect.poll(() => hall.page.last('media:orders')?.isWanted).toBe(true);
    const [camera] = await send(hall.page, 'camera');
    const line = await receiving(room.page);
    await room.page.done('media:consume', asked(line, camera!));
    await expect
      .poll(() => room.page.last('media:board')?.stations.find(({ bridge }) => bridge === east)?.streams)
      .toHaveLength(1);
    await room.page.done('media:want', { bridges: [] });
    expect(hall.page.last('media:orders')?.isWanted).toBe(true);
    await expect.poll(() => hall.page.last('media:orders')?.isWanted, { timeout: 8000 }).toBe(false);
    // Whatever its page does: its camera is off.
    await expect.poll(() => room.page.last('media:consumer-closed')).toBeDefined();
    await expect
      .poll(() => room.page.last('media:board')?.stations.find(({ bridge }) => bridge === east)?.streams)
      .toEqual([]);
  }, 15_000);

  test('the machine that came last sends for its bridge, and the one before takes over again', async () => {
    const [first, room] = [await station(north!), await control(root)];
    await direct(room.page, north!, 'put');
    const [old] = await send(first.page, 'camera');
    const second = await station(north!);
    expect(second.orders).toMatchObject({ isWanted: true, isReplaced: false });
    await expect
      .poll(() => first.page.last('media:orders'))
      .toMatchObject({ isWanted: false, isReplaced: true });
    const [camera] = await send(second.page, 'camera');
    await expect.poll(() => producers(first.page)).toEqual([camera]);
    expect(old).not.toBe(camera);
    second.page.close();
    await expect
      .poll(() => first.page.last('media:orders'))
      .toMatchObject({ isWanted: true, isReplaced: false });
  });
});

describe('the floor', () => {
  test('who asks stands in line, who is granted it is heard, and gives it back', async () => {
    const [one, two, room] = [await station(north!), await station(south!), await control(root)];
    expect(await room.page.refused('media:direct', { ...node(s, north!), step: 'grant' })).toBe('not-asking');
    expect(await one.page.refused('media:floor', { step: 'give back' })).toBe('not-holding');
    expect((await one.page.done('media:floor', { step: 'ask' })).orders).toMatchObject({
      place: 1,
      isWanted: true,
    });
    expect((await two.page.done('media:floor', { step: 'ask' })).orders).toMatchObject({ place: 2 });
    await expect
      .poll(() => room.page.last('media:board')?.floor)
      .toMatchObject({
        askingInAll: 2,
        asking: [{ bridge: north }, { bridge: south }],
      });
    const granted = await direct(room.page, north!, 'grant');
    expect(granted.floor).toMatchObject({ program: north, holder: { bridge: north, before: root } });
    await expect.poll(() => one.page.last('media:orders')).toMatchObject({ hasFloor: true, place: null });
    await expect.poll(() => two.page.last('media:orders')?.place).toBe(1);
    const [microphone] = await send(one.page, 'microphone');
    await direct(room.page, south!, 'put');
    // The director looks elsewhere meanwhile: whoever speaks is heard all the same.
    await expect
      .poll(() => two.page.last('media:program'))
      .toMatchObject({
        bridge: south,
        streams: [{ producer: microphone, bridge: north, source: 'microphone' }],
      });
    await one.page.done('media:floor', { step: 'give back' });
    await two.page.done('media:floor', { step: 'withdraw' });
    await expect.poll(() => producers(two.page)).toEqual([]);
    await expect.poll(() => room.page.last('media:board')?.floor).toMatchObject({ holder: null, asking: [] });
  });

  test('steps are entered in the audit trail, once each, and what changes nothing is not', async () => {
    const [one, room] = [await station(north!), await control(root)];
    await one.page.done('media:floor', { step: 'ask' });
    await one.page.done('media:floor', { step: 'ask' });
    await direct(room.page, north!, 'grant');
    const auditor = await signIn(s.server, [grantOf('auditor', s.conference)]);
    const { items } = await auditor.call(api.conferenceAudit, {
      params: { conference: s.conference },
    });
    const acts = items.filter(({ act }) => act.startsWith('media:')).slice(0, 3);
    expect(acts.map(({ act, outcome }) => `${act} ${outcome}`)).toEqual([
      'media:direct done',
      'media:floor done',
      'media:join-control done',
    ]);
  });
});

describe('who may what', () => {
  test('a station neither directs nor looks, and stands at its own bridge', async () => {
    const hall = await station(north!);
    const { page: own } = hall;
    expect(await own.refused('media:direct', { ...node(s, north!), step: 'put' })).toBe('forbidden');
    expect(await own.refused('media:join-control', node(s, north!))).toBe('forbidden');
    expect(await own.refused('media:join-station', node(s, south!))).toBe('not-found');
    expect(await own.refused('media:want', { bridges: [south!] })).toBe('not-joined');
  });

  test('a control room sees the bridges at and below its own, and directs where it is over the whole conference', async () => {
    const local = await signIn(s.server, [grantOf('control-room', s.conference, district)]);
    const [here, elsewhere] = [await station(west!), await station(s.first('party-bloc').id)];
    const [room, chief] = [await control(district!, local), await control(root)];
    expect(room.board).toMatchObject({ directs: false });
    expect(room.board.stations.map(({ bridge }) => bridge)).not.toContain(elsewhere.orders.bridge);
    expect(chief.board.directs).toBe(true);
    expect(chief.board.stations.map(({ bridge }) => bridge)).toContain(elsewhere.orders.bridge);
    await chief.page.done('media:want', { bridges: [elsewhere.orders.bridge] });
    await expect.poll(() => elsewhere.page.last('media:orders')?.isWanted).toBe(true);
    const [camera] = await send(elsewhere.page, 'camera');
    // What it may not look at stays off for its asking, too.
    await room.page.done('media:want', { bridges: [elsewhere.orders.bridge] });
    expect(await room.page.refused('media:consume', asked(await receiving(room.page), camera!))).toBe('gone');
    await chief.page.done('media:consume', asked(await receiving(chief.page), camera!));
    expect(await room.page.refused('media:direct', { ...node(s, north!), step: 'put' })).toBe('forbidden');
    expect(here.orders.isWanted).toBe(false);
  });

  test('a line is tested alone: what it sends comes back, and nobody else sees it', async () => {
    const host = await signIn(s.server, [hostAt(s.conference, north!)]);
    const [alone, viewer] = [await page(host), await station(south!)];
    await alone.done('media:join-test', { conference: s.conference, bridge: north! });
    const [camera] = await send(alone, 'camera');
    await alone.done('media:consume', asked(await receiving(alone), camera!));
    expect(await viewer.page.refused('media:consume', asked(await receiving(viewer.page), camera!))).toBe(
      'gone',
    );
    expect(await alone.refused('media:floor', { step: 'ask' })).toBe('not-joined');
  });

  test("another page's transports, streams and consumers are nobody else's to use", async () => {
    const [hall, other, room] = [await station(north!), await station(south!), await control(root)];
    await direct(room.page, north!, 'put');
    const [camera] = await send(hall.page, 'camera');
    const line = await receiving(hall.page);
    const { consumer } = await hall.page.done('media:consume', asked(line, camera!));
    for (const [name, body] of [
      ['media:restart-ice', { transport: line }],
      ['media:mute', { producer: camera!, isMuted: true }],
      ['media:pause', { consumer }],
      ['media:prefer', { consumer, size: 'large' }],
      ['media:consume', asked(line, camera!)],
      [
        'media:produce',
        { transport: line, source: 'camera', kind: 'video', rtpParameters: parametersOf('video') },
      ],
    ] as const)
      expect([name, await other.page.refused(name, body)]).toEqual([name, 'gone']);
    await other.page.done('media:close-producer', { producer: camera! });
    await other.page.done('media:close-consumer', { consumer });
    await hall.page.done('media:resume', { consumer });
  });

  test('what would break another browser’s session description is refused', async () => {
    const [hall, room] = [await station(north!), await control(root)];
    await direct(room.page, north!, 'put');
    const { transport } = await hall.page.done('media:transport', { direction: 'send' });
    const rtpParameters = { ...parametersOf('video'), rtcp: { cname: 'x\r\na=candidate:1' } };
    const sent = { transport: transport.id, source: 'camera', kind: 'video', rtpParameters } as const;
    expect(await hall.page.refused('media:produce', sent)).toBe('malformed');
    expect(await hall.page.refused('media:produce', { ...sent, rtpParameters: parametersOf('audio') })).toBe(
      'unsupported',
    );
    expect(
      await hall.page.refused('media:produce', {
        ...sent,
        source: 'microphone',
        rtpParameters: parametersOf('video'),
      }),
    ).toBe('unsupported');
  });

  test('one page opens a few lines, and no more', async () => {
    const hall = await station(north!);
    for (let made = 0; made < 4; made += 1) await hall.page.done('media:transport', { direction: 'receive' });
    expect(await hall.page.refused('media:transport', { direction: 'receive' })).toBe('too-many');
  });
});

test('how the program arrives is seen by control rooms', async () => {
  const [hall, room] = [await station(north!), await control(root)];
  const bad = { loss: 0.3, jitterMs: 200, delayMs: 900, frames: 2 };
  await hall.page.done('media:quality', bad);
  await expect
    .poll(() => room.page.last('media:board')?.stations.find(({ bridge }) => bridge === north))
    .toMatchObject({ quality: 'poor', name: s.bridge('97004').name });
});

test('what a page had at the engine is gone with its line', async () => {
  const hall = await station(north!);
  await hall.page.done('media:transport', { direction: 'send' });
  hall.page.close();
  await expect.poll(engine, { timeout: 6000 }).toMatchObject({ transports: 0, producers: 0, consumers: 0 });
});
