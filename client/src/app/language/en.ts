import { access } from './en/access.ts';
import { account } from './en/account.ts';
import { activation } from './en/activation.ts';
import { app } from './en/app.ts';
import { audit } from './en/audit.ts';
import { bridges } from './en/bridges.ts';
import { camera } from './en/camera.ts';
import { composition } from './en/composition.ts';
import { conferences } from './en/conferences.ts';
import { control } from './en/control.ts';
import { devices } from './en/devices.ts';
import { door } from './en/door.ts';
import { live } from './en/live.ts';
import { passes } from './en/passes.ts';
import { people } from './en/people.ts';
import { plan } from './en/plan.ts';
import { reports } from './en/reports.ts';
import { retention } from './en/retention.ts';
import { seating } from './en/seating.ts';
import { units } from './en/units.ts';
import type { Translation } from './translation.ts';

export const en: Translation = {
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
