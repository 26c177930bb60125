import { access } from './vi/access.ts';
import { audit } from './vi/audit.ts';
import { bridges } from './vi/bridges.ts';
import { calendars } from './vi/calendars.ts';
import { composition } from './vi/composition.ts';
import { conferences } from './vi/conferences.ts';
import { control } from './vi/control.ts';
import { guests } from './vi/guests.ts';
import { lines } from './vi/lines.ts';
import { live } from './vi/live.ts';
import { mail } from './vi/mail.ts';
import { invitations } from './vi/invitations.ts';
import { letters } from './vi/letters.ts';
import { papers } from './vi/papers.ts';
import { people } from './vi/people.ts';
import { plan } from './vi/plan.ts';
import { reports } from './vi/reports.ts';
import { retention } from './vi/retention.ts';
import { schedule } from './vi/schedule.ts';
import { seating } from './vi/seating.ts';
import { units } from './vi/units.ts';

/** What the pages of the office say, in Vietnamese, by room. English has the same keys; a missing one does not compile. */
export const vi = {
  ...access,
  ...audit,
  ...bridges,
  ...calendars,
  ...composition,
  ...conferences,
  ...control,
  ...guests,
  ...lines,
  ...live,
  ...mail,
  ...invitations,
  ...letters,
  ...papers,
  ...people,
  ...plan,
  ...reports,
  ...retention,
  ...schedule,
  ...seating,
  ...units,
};
