import { access } from './vi/access.ts';
import { account } from './vi/account.ts';
import { activation } from './vi/activation.ts';
import { app } from './vi/app.ts';
import { audit } from './vi/audit.ts';
import { bridges } from './vi/bridges.ts';
import { camera } from './vi/camera.ts';
import { composition } from './vi/composition.ts';
import { conferences } from './vi/conferences.ts';
import { control } from './vi/control.ts';
import { devices } from './vi/devices.ts';
import { door } from './vi/door.ts';
import { live } from './vi/live.ts';
import { passes } from './vi/passes.ts';
import { people } from './vi/people.ts';
import { plan } from './vi/plan.ts';
import { reports } from './vi/reports.ts';
import { retention } from './vi/retention.ts';
import { seating } from './vi/seating.ts';
import { units } from './vi/units.ts';

/** Every word of the pages, in Vietnamese, by room. English has the same keys; a missing one does not compile. */
export const vi = {
  ...access,
  ...account,
  ...activation,
  ...app,
  ...audit,
  ...bridges,
  ...camera,
  ...composition,
  ...conferences,
  ...control,
  ...devices,
  ...door,
  ...live,
  ...passes,
  ...people,
  ...plan,
  ...reports,
  ...retention,
  ...seating,
  ...units,
};
