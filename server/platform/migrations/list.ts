import type { Knex } from 'knex';

import { access } from './0001_access.ts';
import { conferences } from './0002_conferences.ts';
import { reports } from './0003_reports.ts';
import { attendance } from './0004_attendance.ts';
import { devices } from './0005_devices.ts';
import { passes } from './0006_passes.ts';
import { signIn } from './0007_sign_in.ts';
import { activation } from './0008_activation.ts';
import { pairing } from './0009_pairing.ts';
import { audit } from './0010_audit.ts';
import { drafts } from './0014_drafts.ts';
import { bridgeChanges } from './0015_bridge_changes.ts';
import { people } from './0016_people.ts';
import { control } from './0017_control.ts';
import { schedule } from './0018_schedule.ts';
import { reminders } from './0019_reminders.ts';
import { seating } from './0020_seating.ts';
import { calendars } from './0021_calendars.ts';
import { mail } from './0022_mail.ts';
import { invitations } from './0023_invitations.ts';
import { calendarInvitations } from './0024_calendar_invitations.ts';
import { papers } from './0025_papers.ts';
import { letterTemplates } from './0026_letter_templates.ts';
import { guests } from './0027_guests.ts';
import { personal } from './0028_personal.ts';
import { floor } from './0030_floor.ts';
import { lineTests } from './0031_line_tests.ts';
import { lineQuality } from './0032_line_quality.ts';
import { relays } from './0033_relays.ts';

/** One step forward of the tables. Once released it is never changed; what it got wrong, a later one mends. */
export interface Migration {
  readonly name: string;
  up(connection: Knex): Promise<void>;
}

/** Every migration, in the order in which they run. */
export const migrations: readonly Migration[] = [
  { name: '0001_access', up: access },
  { name: '0002_conferences', up: conferences },
  { name: '0003_reports', up: reports },
  { name: '0004_attendance', up: attendance },
  { name: '0005_devices', up: devices },
  { name: '0006_passes', up: passes },
  { name: '0007_sign_in', up: signIn },
  { name: '0008_activation', up: activation },
  { name: '0009_pairing', up: pairing },
  { name: '0010_audit', up: audit },
  { name: '0014_drafts', up: drafts },
  { name: '0015_bridge_changes', up: bridgeChanges },
  { name: '0016_people', up: people },
  { name: '0017_control', up: control },
  { name: '0018_schedule', up: schedule },
  { name: '0019_reminders', up: reminders },
  { name: '0020_seating', up: seating },
  { name: '0021_calendars', up: calendars },
  { name: '0022_mail', up: mail },
  { name: '0023_invitations', up: invitations },
  { name: '0024_calendar_invitations', up: calendarInvitations },
  { name: '0025_papers', up: papers },
  { name: '0026_letter_templates', up: letterTemplates },
  { name: '0027_guests', up: guests },
  { name: '0028_personal', up: personal },
  { name: '0030_floor', up: floor },
  { name: '0031_line_tests', up: lineTests },
  { name: '0032_line_quality', up: lineQuality },
  { name: '0033_relays', up: relays },
];
