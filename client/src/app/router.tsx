import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';

import { auditSearch } from '../audit/search.ts';
import { placementSearch } from '../composition/views.ts';
import { absenteesSearch, scheduleSearch } from '../schedule/place.ts';
import { lineTestSearch, linesSearch } from '../lines/standings.ts';
import { reportsSearch } from '../reports/search.ts';
import { lettersSearch } from '../letters/search.ts';
import { type ChosenSearch, chosenSearch } from '../tiles/search.ts';
import { learn } from './language.ts';
import { NoSuchPage, SignedIn, WentWrong } from './shell.tsx';

/** Search of pages that show one session of a conference, or one node of its tree. */
interface NodeSearch {
  readonly session?: string;
  readonly bridge?: string;
}
const words = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
function nodeSearch(search: Record<string, unknown>): NodeSearch {
  const session = words(search['session']);
  const bridge = words(search['bridge']);
  return { ...(session === undefined ? {} : { session }), ...(bridge === undefined ? {} : { bridge }) };
}

/** Which bridge is open on the page of bridges, and what those that are listed lack. */
function bridgesSearch(search: Record<string, unknown>): { bridge?: string; lack?: string } {
  const bridge = words(search['bridge']);
  const lack = words(search['lack']);
  return { ...(bridge === undefined ? {} : { bridge }), ...(lack === undefined ? {} : { lack }) };
}

/** Where to go after signing in: only a page of ours, as the link may have been made by somebody else. */
function nextPage(search: Record<string, unknown>): { next?: string } {
  const next = words(search['next']);
  return next !== undefined && /^\/(?![/\\])/.test(next) ? { next } : {};
}

/** A page that comes when it is opened, and its words with it. */
function hostPage<Page extends Record<string, unknown>, Name extends keyof Page>(
  load: () => Promise<Page>,
  name: Name,
) {
  return lazyRouteComponent(async () => (await Promise.all([load(), learn('door')]))[0], name);
}
function officePage<Page extends Record<string, unknown>, Name extends keyof Page>(
  load: () => Promise<Page>,
  name: Name,
) {
  return lazyRouteComponent(async () => (await Promise.all([load(), learn('office')]))[0], name);
}
/** Pages of pictures and sound: of a host's machine, and of the control room. */
function mediaPage<Page extends Record<string, unknown>, Name extends keyof Page>(
  load: () => Promise<Page>,
  name: Name,
  part: 'door' | 'office',
) {
  return lazyRouteComponent(async () => (await Promise.all([load(), learn(part), learn('media')]))[0], name);
}

const root = createRootRoute({ notFoundComponent: NoSuchPage, errorComponent: WentWrong });

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('../signin/SetUpPage.tsx'), 'SetUpPage'),
});
const activate = createRoute({
  getParentRoute: () => root,
  path: '/activate',
  component: lazyRouteComponent(() => import('../signin/ActivatePage.tsx'), 'ActivatePage'),
});
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  // `other`: another account than the one that has shown one factor.
  validateSearch: (search: Record<string, unknown>): { next?: string; other?: true } => ({
    ...nextPage(search),
    ...(search['other'] === true && { other: true as const }),
  }),
  component: lazyRouteComponent(() => import('../signin/SignInPage.tsx'), 'SignInPage'),
});

const more = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/more',
  validateSearch: nextPage,
  component: lazyRouteComponent(() => import('../signin/MorePage.tsx'), 'MorePage'),
});

const returned = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/return',
  component: lazyRouteComponent(() => import('../signin/ReturnPage.tsx'), 'ReturnPage'),
});

const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: SignedIn });
const shell = createRoute({
  getParentRoute: () => signedIn,
  id: 'shell',
  component: lazyRouteComponent(() => import('./office.tsx'), 'Shell'),
});

const door = createRoute({
  getParentRoute: () => signedIn,
  path: '/door/$conference/$session/$bridge',
  component: hostPage(() => import('../door/DoorPage.tsx'), 'DoorPage'),
});
const pair = createRoute({
  getParentRoute: () => shell,
  path: '/pair/$conference/$bridge',
  component: hostPage(() => import('../devices/PairPage.tsx'), 'PairPage'),
});
const lineTest = createRoute({
  getParentRoute: () => shell,
  path: '/line-test/$conference/$bridge',
  validateSearch: lineTestSearch,
  component: hostPage(() => import('../lines/LineTestPage.tsx'), 'LineTestPage'),
});
const start = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: lazyRouteComponent(() => import('./office.tsx'), 'StartPage'),
});
const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: officePage(() => import('../account/AccountPage.tsx'), 'AccountPage'),
});
const units = createRoute({
  getParentRoute: () => shell,
  path: '/units',
  component: officePage(() => import('../units/UnitsPage.tsx'), 'UnitsPage'),
});
const newConference = createRoute({
  getParentRoute: () => shell,
  path: '/conferences/new',
  component: officePage(() => import('../conferences/NewConferencePage.tsx'), 'NewConferencePage'),
});
const draft = createRoute({
  getParentRoute: () => shell,
  path: '/drafts/$draft',
  component: officePage(() => import('../plan/DraftPage.tsx'), 'DraftPage'),
});
const conference = createRoute({
  getParentRoute: () => shell,
  path: '/conferences/$conference',
  component: officePage(() => import('./office.tsx'), 'ConferenceFrame'),
});
const plan = createRoute({
  getParentRoute: () => conference,
  path: '/plan',
  component: officePage(() => import('../plan/PlanPage.tsx'), 'PlanPage'),
});
const bridges = createRoute({
  getParentRoute: () => conference,
  path: '/bridges',
  validateSearch: bridgesSearch,
  component: officePage(() => import('../bridges/BridgesPage.tsx'), 'BridgesPage'),
});
const roles = createRoute({
  getParentRoute: () => conference,
  path: '/roles',
  component: officePage(() => import('../access/RolesPage.tsx'), 'RolesPage'),
});
const people = createRoute({
  getParentRoute: () => conference,
  path: '/people',
  component: officePage(() => import('../people/PeoplePage.tsx'), 'PeoplePage'),
});
const placement = createRoute({
  getParentRoute: () => conference,
  path: '/placement',
  validateSearch: placementSearch,
  component: officePage(() => import('../composition/PlacementPage.tsx'), 'PlacementPage'),
});
const schedule = createRoute({
  getParentRoute: () => conference,
  path: '/schedule',
  validateSearch: scheduleSearch,
  component: officePage(() => import('../schedule/SchedulePage.tsx'), 'ConferenceSchedulePage'),
});
const wholeSchedule = createRoute({
  getParentRoute: () => shell,
  path: '/schedule',
  validateSearch: scheduleSearch,
  component: officePage(() => import('../schedule/SchedulePage.tsx'), 'WholeSchedulePage'),
});
const reports = createRoute({
  getParentRoute: () => conference,
  path: '/reports',
  validateSearch: reportsSearch,
  component: officePage(() => import('../reports/ReportsPage.tsx'), 'ReportsPage'),
});
const mail = createRoute({
  getParentRoute: () => conference,
  path: '/mail',
  component: officePage(() => import('../mail/MailPage.tsx'), 'MailPage'),
});
const headcount = createRoute({
  getParentRoute: () => conference,
  path: '/bridges/$bridge/headcount',
  component: officePage(() => import('../reports/HeadcountPage.tsx'), 'HeadcountPage'),
});
const lines = createRoute({
  getParentRoute: () => conference,
  path: '/lines',
  validateSearch: linesSearch,
  component: officePage(() => import('../lines/LinesPage.tsx'), 'LinesPage'),
});
const guests = createRoute({
  getParentRoute: () => conference,
  path: '/guests',
  component: officePage(() => import('../guests/GuestsPage.tsx'), 'GuestsPage'),
});
const papers = createRoute({
  getParentRoute: () => conference,
  path: '/papers',
  component: officePage(() => import('../papers/PapersPage.tsx'), 'PapersPage'),
});
const invitations = createRoute({
  getParentRoute: () => conference,
  path: '/invitations',
  component: officePage(() => import('../invitations/InvitationsPage.tsx'), 'InvitationsRootPage'),
});
const invitationsNode = createRoute({
  getParentRoute: () => conference,
  path: '/invitations/$bridge',
  component: officePage(() => import('../invitations/InvitationsPage.tsx'), 'InvitationsNodePage'),
});
const letters = createRoute({
  getParentRoute: () => conference,
  path: '/letters',
  validateSearch: lettersSearch,
  component: officePage(() => import('../letters/LettersPage.tsx'), 'LettersPage'),
});
const passes = createRoute({
  getParentRoute: () => conference,
  path: '/bridges/$bridge/passes',
  component: officePage(() => import('../passes/PassesPage.tsx'), 'PassesPage'),
});
const seats = createRoute({
  getParentRoute: () => conference,
  path: '/bridges/$bridge/seats',
  component: officePage(() => import('../seating/SeatsPage.tsx'), 'SeatsPage'),
});
const codes = createRoute({
  getParentRoute: () => conference,
  path: '/bridges/$bridge/codes',
  validateSearch: nodeSearch,
  component: officePage(() => import('../codes/CodesPage.tsx'), 'CodesPage'),
});
const absentees = createRoute({
  getParentRoute: () => conference,
  path: '/bridges/$bridge/follow-up',
  validateSearch: absenteesSearch,
  component: officePage(() => import('../schedule/AbsenteesPage.tsx'), 'AbsenteesPage'),
});
const headcountVersions = createRoute({
  getParentRoute: () => conference,
  path: '/bridges/$bridge/headcount-versions',
  component: officePage(() => import('../reports/HeadcountVersionsPage.tsx'), 'HeadcountVersionsPage'),
});
const reportVersions = createRoute({
  getParentRoute: () => conference,
  path: '/live/$bridge/versions',
  validateSearch: nodeSearch,
  component: officePage(() => import('../reports/ReportVersionsPage.tsx'), 'ReportVersionsPage'),
});
const summary = createRoute({
  getParentRoute: () => signedIn,
  path: '/summary/$conference/$session/$bridge',
  component: officePage(() => import('../summary/SummaryPage.tsx'), 'SummaryPage'),
});
const live = createRoute({
  getParentRoute: () => conference,
  path: '/live',
  validateSearch: nodeSearch,
  component: officePage(() => import('../live/LivePage.tsx'), 'LiveRootPage'),
});
const liveNode = createRoute({
  getParentRoute: () => conference,
  path: '/live/$bridge',
  validateSearch: nodeSearch,
  component: officePage(() => import('../live/LivePage.tsx'), 'LiveNodePage'),
});

const control = createRoute({
  getParentRoute: () => conference,
  path: '/control',
  validateSearch: nodeSearch,
  component: officePage(() => import('../control/ControlPage.tsx'), 'ControlRootPage'),
});
const controlNode = createRoute({
  getParentRoute: () => conference,
  path: '/control/$bridge',
  validateSearch: nodeSearch,
  component: officePage(() => import('../control/ControlPage.tsx'), 'ControlNodePage'),
});
const alertLog = createRoute({
  getParentRoute: () => conference,
  path: '/control/$bridge/alerts',
  validateSearch: nodeSearch,
  component: officePage(() => import('../control/AlertLogPage.tsx'), 'AlertLogPage'),
});
const wall = createRoute({
  getParentRoute: () => signedIn,
  path: '/wall/$conference',
  validateSearch: nodeSearch,
  component: officePage(() => import('../control/WallPage.tsx'), 'WallPage'),
});
const station = createRoute({
  getParentRoute: () => signedIn,
  path: '/station/$conference/$session/$bridge',
  component: mediaPage(() => import('../station/StationPage.tsx'), 'StationPage', 'door'),
});
const studio = createRoute({
  getParentRoute: () => conference,
  path: '/studio',
  validateSearch: nodeSearch,
  component: mediaPage(() => import('../studio/StudioPage.tsx'), 'StudioPage', 'office'),
});
const tiles = createRoute({
  getParentRoute: () => signedIn,
  path: '/tiles/$conference',
  validateSearch: (search: Record<string, unknown>): NodeSearch & ChosenSearch => ({
    ...nodeSearch(search),
    ...chosenSearch(search),
  }),
  component: mediaPage(() => import('../tiles/TilesPage.tsx'), 'TilesPage', 'office'),
});
const agenda = createRoute({
  getParentRoute: () => conference,
  path: '/agenda',
  validateSearch: nodeSearch,
  component: officePage(() => import('../agenda/AgendaPage.tsx'), 'AgendaPage'),
});

const devices = createRoute({
  getParentRoute: () => conference,
  path: '/bridges/$bridge/devices',
  component: officePage(() => import('../devices/DevicesPage.tsx'), 'DevicesPage'),
});

const audit = createRoute({
  getParentRoute: () => conference,
  path: '/audit',
  validateSearch: auditSearch,
  component: officePage(() => import('../audit/AuditPage.tsx'), 'ConferenceAuditPage'),
});
const wholeAudit = createRoute({
  getParentRoute: () => shell,
  path: '/audit',
  validateSearch: auditSearch,
  component: officePage(() => import('../audit/AuditPage.tsx'), 'WholeAuditPage'),
});

const code = createRoute({
  getParentRoute: () => root,
  path: '/code',
  component: hostPage(() => import('../activation/CodePage.tsx'), 'CodePage'),
});
const hosts = createRoute({
  getParentRoute: () => conference,
  path: '/bridges/$bridge/hosts',
  component: officePage(() => import('../activation/HostsPage.tsx'), 'HostsPage'),
});
const retention = createRoute({
  getParentRoute: () => conference,
  path: '/retention',
  component: officePage(() => import('../retention/RetentionPage.tsx'), 'RetentionPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    setup,
    activate,
    code,
    signIn,
    more,
    returned,
    signedIn.addChildren([
      door,
      summary,
      station,
      wall,
      tiles,
      shell.addChildren([
        pair,
        lineTest,
        start,
        newConference,
        draft,
        account,
        units,
        wholeAudit,
        wholeSchedule,
        conference.addChildren([
          plan,
          bridges,
          people,
          roles,
          placement,
          reports,
          mail,
          schedule,
          absentees,
          headcount,
          headcountVersions,
          guests,
          lines,
          papers,
          invitations,
          invitationsNode,
          letters,
          passes,
          seats,
          codes,
          devices,
          hosts,
          retention,
          live,
          liveNode,
          control,
          controlNode,
          alertLog,
          studio,
          agenda,
          reportVersions,
          audit,
        ]),
      ]),
    ]),
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
