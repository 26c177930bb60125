import { activation } from './vi/activation.ts';
import { camera } from './vi/camera.ts';
import { devices } from './vi/devices.ts';
import { door } from './vi/door.ts';
import { lineTest } from './vi/lineTest.ts';
import { passes } from './vi/passes.ts';

/** What a host reads beside the first screens: codes and machines, the door, its camera and its passes. */
export const viDoor = { ...activation, ...camera, ...devices, ...door, ...lineTest, ...passes };
