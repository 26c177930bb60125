import type { Instant } from '../domain/time.ts';
import type { Operator } from './access/gate.ts';
import { followGrants } from './access/live.ts';
import { accessRoutes } from './access/routes.ts';
import { cutOffWhoHoldsLess } from './access/sockets.ts';
import { activationRoutes } from './activation/routes.ts';
import { openAtStart } from './attendance/at-start.ts';
import { attendanceRoutes } from './attendance/routes.ts';
import { attendanceSockets } from './attendance/sockets.ts';
import { auditRoutes } from './audit/routes.ts';
import { followBridges } from './bridges/live.ts';
import { bridgeRoutes } from './bridges/routes.ts';
import { calendarRoutes } from './calendars/routes.ts';
import { codeRoutes } from './codes/routes.ts';
import { compositionRoutes } from './composition/routes.ts';
import { controlRoutes } from './control/routes.ts';
import { controlSockets } from './control/sockets.ts';
import { keepContacts } from './devices/live.ts';
import { machineSaidBy } from './devices/proof.ts';
import { deviceRoutes } from './devices/routes.ts';
import { deviceSockets, tellRevoked } from './devices/sockets.ts';
import { followRevocations } from './devices/standing.ts';
import { guestRoutes } from './guests/routes.ts';
import { paperRoutes } from './papers/routes.ts';
import { passkeyRoutes } from './passkeys/routes.ts';
import { passRoutes } from './passes/routes.ts';
import { draftRoutes } from './drafts/routes.ts';
import { freezeAtDeadlines } from './headcounts/at-deadline.ts';
import { headcountRoutes } from './headcounts/routes.ts';
import { invitationRoutes } from './invitations/routes.ts';
import { followInvitationLetters, remindWhenDue } from './invitations/when-due.ts';
import { ledgerRoutes } from './ledger/routes.ts';
import { letterRoutes } from './letters/routes.ts';
import { signCheckpoints } from './ledger/signing.ts';
import { keepQuality } from './lines/live.ts';
import { lineRoutes } from './lines/routes.ts';
import { mailRoutes } from './mail/routes.ts';
import { sendMail } from './mail/when-due.ts';
import { createEngines, type startOrigin } from './media/engines.ts';
import { createPrograms } from './media/hls/programs.ts';
import { programRoutes } from './media/hls/routes.ts';
import { createMediaPlane } from './media/live.ts';
import { mediaSockets } from './media/sockets.ts';
import { createPool } from './media/relay/pool.ts';
import { relaySockets } from './media/relay/sockets.ts';
import { peopleRoutes } from './people/routes.ts';
import { personalParts, personalRoutes } from './personal/routes.ts';
import { personalSite } from './personal/site.ts';
import { planRoutes } from './plans/routes.ts';
import type { SingleSignOnSettings } from './platform/config.ts';
import type { MailSettings } from './platform/mail-server.ts';
import type { MediaSettings } from './platform/media-settings.ts';
import type { Authentication, Context } from './platform/context.ts';
import type { MachineOf, Route } from './platform/endpoint.ts';
import type { Check } from './platform/health.ts';
import type { Site } from './platform/http.ts';
import type { StartJob } from './platform/jobs.ts';
import type { Gate } from './platform/scopes.ts';
import { closeSocketsOf, type SocketHandlers, type Sockets } from './platform/sockets.ts';
import { finishAccepting } from './quarantine/commands.ts';
import { quarantineRoutes } from './quarantine/routes.ts';
import { reminderRoutes } from './reminders/routes.ts';
import { sendWhenDue } from './reminders/when-due.ts';
import { createReportWatchers } from './reports/live.ts';
import { reportRoutes } from './reports/routes.ts';
import { reportSockets } from './reports/sockets.ts';
import { retentionRoutes } from './retention/routes.ts';
import { deleteWhenOver } from './retention/when-over.ts';
import { createAgendaWatchers } from './schedule/live.ts';
import { scheduleRoutes } from './schedule/routes.ts';
import { scheduleSockets } from './schedule/sockets.ts';
import { seatingRoutes } from './seating/routes.ts';
import { secondFactorRoutes } from './second-factor/routes.ts';
import { createEntrance } from './sign-in/entrance.ts';
import { signInRoutes } from './sign-in/routes.ts';
import { cutOffSignedOut } from './sign-in/sockets.ts';
import { createProvider } from './single-sign-on/provider.ts';
import { singleSignOnRoutes } from './single-sign-on/routes.ts';
import { followTurns } from './summary/live.ts';
import { summaryRoutes } from './summary/routes.ts';
import { unitRoutes } from './units/routes.ts';
import { freezeAfterChanges } from './versions/after-change.ts';
import { versionRoutes } from './versions/routes.ts';

/** What capabilities are given to build their routes and socket handlers with. */
export interface CapabilityParts {
  readonly gate: Gate;
  /** For what the server does by itself, in nobody's name: no route knows of it. */
  readonly operator: (context: Context) => Operator;
  readonly sockets: Sockets;
  readonly authentication: Authentication;
  readonly publicUrl: string | null;
  /** Null where people sign in with local accounts alone. */
  readonly singleSignOn: SingleSignOnSettings | null;
  /** Null where no mail is sent. */
  readonly mail: MailSettings | null;
  /** Null where it carries no pictures and no sound. */
  readonly media: MediaSettings | null;
  /** In the place of the engine that the settings name. */
  readonly startMedia?: typeof startOrigin | undefined;
  readonly clock: () => Instant;
  /** Seconds between checkpoints while something is written. */
  readonly checkpointEvery: number;
}

/** Every capability of the server: its routes, its socket handlers where it has any, and what it does by itself. */
export function capabilities(parts: CapabilityParts): {
  readonly routes: readonly Route[];
  readonly socketHandlers: readonly SocketHandlers[];
  readonly jobs?: readonly StartJob[];
  /** Pages for whoever has no account. */
  readonly sites?: readonly Site[];
  /** What readiness looks at. */
  readonly checks?: readonly Check[];
  readonly machineOf?: MachineOf;
} {
  const { gate, operator, sockets, publicUrl, singleSignOn, clock, checkpointEvery } = parts;
  const provider = singleSignOn === null ? null : createProvider(singleSignOn, clock);
  const entrance = createEntrance({ publicUrl, onEnded: (signIn) => closeSocketsOf(sockets, signIn) });
  const books = openAtStart(operator);
  const agendas = createAgendaWatchers(sockets);
  const reports = createReportWatchers(sockets);
  const relays = createPool();
  const engines = createEngines(parts.media, relays, parts.startMedia);
  const programs = createPrograms(() => engines.origin());
  const plane = createMediaPlane(engines, programs, sockets);
  return {
    routes: [
      ...accessRoutes({ gate }),
      ...signInRoutes(entrance),
      ...secondFactorRoutes(entrance),
      ...passkeyRoutes(entrance),
      ...singleSignOnRoutes({ entrance, publicUrl, provider }),
      ...activationRoutes({ publicUrl, entrance }),
      ...calendarRoutes({ gate, publicUrl }),
      ...unitRoutes(),
      ...planRoutes({ gate }),
      ...draftRoutes({ gate }),
      ...scheduleRoutes({ gate }),
      ...bridgeRoutes({ gate }),
      ...peopleRoutes(),
      ...guestRoutes(),
      ...paperRoutes(),
      ...programRoutes({ plane, programs }),
      ...personalRoutes({ publicUrl }),
      ...passRoutes(),
      ...codeRoutes({ gate }),
      ...compositionRoutes(),
      ...seatingRoutes(),
      ...attendanceRoutes(),
      ...controlRoutes(),
      ...lineRoutes({ gate }),
      ...ledgerRoutes(),
      ...auditRoutes(),
      ...deviceRoutes(),
      ...quarantineRoutes(),
      ...reportRoutes({ gate }),
      ...reminderRoutes({ gate }),
      ...mailRoutes(),
      ...invitationRoutes({ gate }),
      ...letterRoutes(),
      ...versionRoutes(),
      ...headcountRoutes(),
      ...retentionRoutes(),
      ...summaryRoutes(),
    ],
    socketHandlers: [
      attendanceSockets({ gate, sockets }),
      deviceSockets({ gate }),
      scheduleSockets({ gate, watchers: agendas }),
      controlSockets({ gate, sockets }),
      reportSockets({ gate, watchers: reports }),
      mediaSockets({ gate, plane }),
    ],
    machineOf: machineSaidBy,
    sites: [personalSite(personalParts(gate))],
    jobs: [
      books.job,
      cutOffWhoHoldsLess(sockets),
      cutOffSignedOut(sockets, parts.authentication),
      followGrants,
      followBridges,
      signCheckpoints(checkpointEvery),
      keepContacts,
      (context) => keepQuality(context, operator(context)),
      followRevocations,
      tellRevoked(sockets),
      (context) => finishAccepting(context, operator(context)),
      followTurns,
      agendas.tell,
      reports.tell,
      relaySockets(sockets, relays),
      (context) => sendWhenDue(context, operator(context)),
      sendMail(parts.mail, publicUrl),
      followInvitationLetters,
      (context) => remindWhenDue(context, operator(context)),
      (context) => freezeAfterChanges(context, operator(context)),
      (context) => freezeAtDeadlines(context, operator(context)),
      (context) => deleteWhenOver(context, operator(context)),
      plane.job,
      engines.run,
      programs.job,
    ],
    checks: [books.check, engines.check],
  };
}
