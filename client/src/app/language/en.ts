import { access } from './en/access.ts';
import { audit } from './en/audit.ts';
import { bridges } from './en/bridges.ts';
import { calendars } from './en/calendars.ts';
import { composition } from './en/composition.ts';
import { conferences } from './en/conferences.ts';
import { control } from './en/control.ts';
import { guests } from './en/guests.ts';
import { lines } from './en/lines.ts';
import { live } from './en/live.ts';
import { mail } from './en/mail.ts';
import { invitations } from './en/invitations.ts';
import { letters } from './en/letters.ts';
import { papers } from './en/papers.ts';
import { people } from './en/people.ts';
import { plan } from './en/plan.ts';
import { reports } from './en/reports.ts';
import { retention } from './en/retention.ts';
import { schedule } from './en/schedule.ts';
import { seating } from './en/seating.ts';
import { units } from './en/units.ts';
import type { SameKeys } from './translation.ts';
import type { vi } from './vi.ts';

export const en: SameKeys<typeof vi> = {
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
