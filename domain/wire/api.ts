import { accessContracts } from './access.ts';
import { activationContracts } from './activation.ts';
import { attendanceContracts } from './attendance.ts';
import { auditContracts } from './audit.ts';
import { bridgeContracts } from './bridges.ts';
import { calendarContracts } from './calendars.ts';
import { codeContracts } from './codes.ts';
import { controlContracts } from './control.ts';
import { conferenceContracts } from './conferences.ts';
import type { Contract } from './contract.ts';
import { deviceContracts } from './devices.ts';
import { draftContracts } from './drafts.ts';
import { guestContracts } from './guests.ts';
import { headcountContracts } from './headcount.ts';
import { invitationContracts } from './invitations.ts';
import { passContracts } from './passes.ts';
import { personalContracts } from './personal.ts';
import { paperContracts } from './papers.ts';
import { programContracts } from './program.ts';
import { ledgerContracts } from './ledger.ts';
import { letterContracts } from './letters.ts';
import { lineContracts } from './lines.ts';
import { mailContracts } from './mail.ts';
import { passkeyContracts } from './passkeys.ts';
import { peopleContracts } from './people.ts';
import { placementContracts } from './placement.ts';
import { reminderContracts } from './reminders.ts';
import { retentionContracts } from './retention.ts';
import { scheduleContracts } from './schedule.ts';
import { seatingContracts } from './seating.ts';
import { secondFactorContracts } from './second-factor.ts';
import { signInContracts } from './sign-in.ts';
import { singleSignOnContracts } from './single-sign-on.ts';
import { summaryContracts } from './summary.ts';
import { unitContracts } from './units.ts';
import { versionContracts } from './versions.ts';

/** Every route of the API. The reference page and the tests walk over it; a route that is not here does not exist. */
export const api = {
  ...accessContracts,
  ...activationContracts,
  ...signInContracts,
  ...secondFactorContracts,
  ...passkeyContracts,
  ...singleSignOnContracts,
  ...unitContracts,
  ...conferenceContracts,
  ...bridgeContracts,
  ...peopleContracts,
  ...placementContracts,
  ...seatingContracts,
  ...retentionContracts,
  ...scheduleContracts,
  ...calendarContracts,
  ...headcountContracts,
  ...reminderContracts,
  ...attendanceContracts,
  ...ledgerContracts,
  ...auditContracts,
  ...deviceContracts,
  ...draftContracts,
  ...versionContracts,
  ...summaryContracts,
  ...guestContracts,
  ...paperContracts,
  ...programContracts,
  ...personalContracts,
  ...passContracts,
  ...invitationContracts,
  ...codeContracts,
  ...controlContracts,
  ...letterContracts,
  ...lineContracts,
  ...mailContracts,
};
export type RouteName = keyof typeof api;

/** The same for whoever walks over all of them: without each one's own types, which are dear to compare. */
export const contracts: Readonly<Record<RouteName, Contract>> = api;
