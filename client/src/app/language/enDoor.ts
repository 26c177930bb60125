import { activation } from './en/activation.ts';
import { camera } from './en/camera.ts';
import { devices } from './en/devices.ts';
import { door } from './en/door.ts';
import { lineTest } from './en/lineTest.ts';
import { passes } from './en/passes.ts';
import type { SameKeys } from './translation.ts';
import type { viDoor } from './viDoor.ts';

export const enDoor: SameKeys<typeof viDoor> = {
  ...activation,
  ...camera,
  ...devices,
  ...door,
  ...lineTest,
  ...passes,
};
