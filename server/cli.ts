import { registerAccounts } from './cli/accounts.ts';
import { registerActivation } from './cli/activation.ts';
import { registerAgenda } from './cli/agenda.ts';
import { registerAudit } from './cli/audit.ts';
import { registerAttendance } from './cli/attendance.ts';
import { registerBackup } from './cli/backup.ts';
import { registerBridges } from './cli/bridges.ts';
import { registerCertificates } from './cli/certificates.ts';
import { registerLedger } from './cli/checkpoints.ts';
import { registerConferences } from './cli/conferences.ts';
import { registerConfig } from './cli/config.ts';
import { registerDevices } from './cli/devices.ts';
import { registerGuests } from './cli/guests.ts';
import { registerHeadcounts } from './cli/headcounts.ts';
import { registerInvitations } from './cli/invitations.ts';
import { registerLetters } from './cli/letters.ts';
import { registerLines } from './cli/lines.ts';
import { registerMail } from './cli/mail.ts';
import { registerMedia } from './cli/media.ts';
import { registerPapers } from './cli/papers.ts';
import { registerPasses } from './cli/passes.ts';
import { registerPeople } from './cli/people.ts';
import { registerPlacement } from './cli/placement.ts';
import { registerPlan } from './cli/plan.ts';
import { sayIn } from './cli/report.ts';
import { registerRelays } from './cli/relays.ts';
import { registerReminders } from './cli/reminders.ts';
import { registerReports } from './cli/reports.ts';
import { registerRetention } from './cli/retention.ts';
import { registerSeats } from './cli/seats.ts';
import { registerSessions } from './cli/sessions.ts';
import { registerSignIn } from './cli/sign-in.ts';
import { registerTexts } from './cli/texts.ts';
import { registerSummary } from './cli/summary.ts';
import { registerUnits } from './cli/units.ts';
import { registerVersions } from './cli/versions.ts';
import { commandLine, exitCodeOf, languageIn } from './cli/usage.ts';
import { loadEnvFile } from './platform/env-file.ts';

/** `npm run -s cli -- <command>`: every step without the web. Exit 0, 1 for a negative finding, 2 for bad usage. */
const badFile = loadEnvFile();
if (badFile !== null) {
  process.stderr.write(`${badFile}\n`);
  process.exit(2);
}
const language = languageIn(process.argv);
const say = sayIn(language);
const program = commandLine(language);
registerPlan(program, say);
registerUnits(program, say);
registerConferences(program, say);
registerBridges(program, say);
registerPeople(program, say);
registerPlacement(program, say);
registerSeats(program, say);
registerGuests(program, say);
registerPapers(program, say);
registerPasses(program, say);
registerAccounts(program, say);
registerActivation(program, say);
registerSignIn(program, say);
registerSessions(program, say);
registerAgenda(program, say);
const reports = registerReports(program, say);
registerHeadcounts(reports, say);
registerReminders(reports, say);
registerAttendance(program, say);
registerVersions(program, say);
registerSummary(program, say);
registerDevices(program, say);
registerLines(program, say);
registerTexts(program, say);
registerRetention(program, say);
registerMail(program, say);
registerMedia(program, say);
registerInvitations(program, say);
registerRelays(program, say);
registerLetters(program, say);
registerLedger(program, say);
registerAudit(program, say);
registerBackup(program, say);
registerCertificates(program, say);
registerConfig(program, say);

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads stopped reading (`| head`): the command itself goes on to its end.
    if (error.code !== 'EPIPE') throw error;
  });
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error, say);
}
