import { afterAll, beforeAll, beforeEach, expect } from 'vitest';

import { api } from '../../domain/wire/api.ts';
import { testMachine } from '../machines.ts';
import { hostAt, newId, signIn, type SignedInClient } from '../server/harness.ts';
import { inStep, pairPage } from './at-door.ts';
import { type Scene, setScene } from './scene.ts';
import { type Device, openDevice, openStage, type Stage } from './stage.ts';

/** A server and a browser for a file of tests, and for each test a scene of its own with the host of its commune. */
export interface DoorScene {
  readonly stage: Stage;
  readonly scene: Scene;
  readonly host: SignedInClient;
  readonly nameOf: (index: number) => string;
  readonly idOf: (index: number) => string;
  /** Address of the commune's door. */
  readonly address: () => string;
  /** A machine that stands at the door, paired, with its list and in step with the server. */
  readonly openDoor: (has?: Parameters<typeof openDevice>[2]) => Promise<Device>;
  /** Another machine at the same door records something; a minute ago, where nothing else is said. */
  readonly record: (happening: Record<string, unknown>) => Promise<void>;
  /** What the ledger holds for the commune, in the order of receipt. */
  readonly ledger: () => Promise<Awaited<ReturnType<typeof eventsOf>>>;
}

async function eventsOf(client: SignedInClient, { conference, session, commune: bridge }: Scene) {
  const { items } = await client.call(api.events, { params: { conference, bridge, session } });
  return items.map(({ event }) => event);
}

/** @param word begins the ids of the scenes */
export function doorScenes(word: string): DoorScene {
  let scenes = 0;
  let stage: Stage;
  let scene: Scene;
  let host: SignedInClient;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());
  beforeEach(async () => {
    scenes += 1;
    scene = await setScene(stage.server, `${word}${scenes}`);
    host = await signIn(stage.server, [hostAt(scene.conference, scene.commune)]);
  });
  const address = () => `/door/${scene.conference}/${scene.session}/${scene.commune}`;
  return {
    get stage() {
      return stage;
    },
    get scene() {
      return scene;
    },
    get host() {
      return host;
    },
    nameOf: (index) => scene.people[index]?.name ?? '',
    idOf: (index) => scene.people[index]?.id ?? '',
    address,
    openDoor: async (has) => {
      const device = await openDevice(stage, host, has);
      await device.page.goto(address());
      await pairPage(stage.server, scene.conference, scene.commune, device.page);
      await inStep(device.page);
      return device;
    },
    record: async (happening) => {
      const { conference, session, commune: bridge } = scene;
      const made = {
        id: newId(),
        session,
        bridge,
        device: testMachine('may-khac').device,
        at: Date.now() - 60_000,
        offset: 0,
      };
      const body = { session, bridge, language: 'vi' as const, events: [{ ...made, ...happening }] };
      const { items } = await host.call(api.record, { params: { conference, bridge }, body });
      expect(items.map(({ outcome }) => outcome)).toEqual(['recorded']);
    },
    ledger: () => eventsOf(host, scene),
  };
}
