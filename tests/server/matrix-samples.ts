import { personNamed } from '../../domain/composition/person.ts';
import type { BridgeId, ConferenceId, SessionId } from '../../domain/ids.ts';
import type { RouteName } from '../../domain/wire/api.ts';
import type { ClientMessage } from '../../domain/wire/sockets.ts';
import type { ProblemCode } from '../../domain/wire/problem.ts';
import { newId } from './harness.ts';
import { samplePlan } from './plans/sample.ts';
import { testMachine } from '../machines.ts';
import { FINE_LINE } from '../fine-line.ts';

/** What the samples speak of. Any of it may be something that does not exist. */
export interface Around {
  readonly conference: ConferenceId;
  readonly bridge: BridgeId;
  readonly session: SessionId;
  readonly person: string;
}

/** What is sent to one route beside `{conference}`, `{bridge}` and `{session}`, so that it can be read. */
export interface RouteSample {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Where what it asks for is not there on the sample's server: what somebody is told who may ask. Only of a read. */
  readonly answers?: ProblemCode;
}

const fileNamed = (name: string) => ({ name, bytes: new TextEncoder().encode('ma;ten') });
const GUEST = {
  list: 'press',
  guest: {
    name: 'Lò Thị Ổn',
    organisation: 'Báo Mây Ngàn',
    post: null,
    card: null,
    phone: null,
    email: null,
  },
};
const LINE_TEST = {
  id: '6f1c2a56-5f0c-4b8e-9a51-0d1f6b7a9c13',
  seconds: 120,
  measures: FINE_LINE,
};
const PAPER = { name: 'chuong-trinh.pdf', bytes: new TextEncoder().encode('%PDF-1.7') };
const TIME = 1_736_700_000_000;
const device = testMachine('may-ma-tran').device;
const someone = { username: 'nguoi-moi', name: 'Người Mới' };
const password = 'một mật khẩu đủ dài';
const machine = { params: { device } };
const version = { params: { version: '1' } };
const REMINDER = { params: { reminder: '6f1c2a56-5f0c-4b8e-9a51-0d1f6b7a9c11' } };
const LETTER = { params: { letter: '6f1c2a56-5f0c-4b8e-9a51-0d1f6b7a9c12' } };
const INVITATION = { params: { invitation: '6f1c2a56-5f0c-4b8e-9a51-0d1f6b7a9c12' } };
const CSV = { query: { format: 'csv' } };
const LAYOUT = { rowNames: 'letters', rowSeats: [10, 10] };
const DRAFT = { params: { draft: 'x' } };
const DOING = { revision: 1, deed: { do: 'accept', path: 'title', was: 'Hội nghị mới' } };
const draft = personNamed('Lò Thị Ổn');
const NOTHING: RouteSample = {};

/**
 * One for every route of the API. A route that is not here fails the matrix: whoever adds a route adds what it takes to call it,
 * and looks at its scope in the table of `docs/DESIGN.md`.
 */
export const routeSamples: Readonly<Record<string, (around: Around) => RouteSample>> = {
  me: () => NOTHING,
  addAccount: () => ({ body: { ...someone, role: 'auditor', bridge: null } }),
  giveRole: () => ({ body: { ...someone, role: 'host' } }),
  takeRole: () => ({ params: { role: '1' } }),
  takeConferenceRole: () => ({ params: { role: '1' } }),
  accounts: () => NOTHING,
  accountsAt: () => NOTHING,
  makeCodes: () => ({ body: {} }),
  revokeCodes: () => NOTHING,
  hostCounts: () => NOTHING,
  hosts: () => NOTHING,
  useCode: () => ({ body: { code: 'ABCD-EFGH-JKMN', name: 'Người Mới', password } }),
  beginUseWithPasskey: () => ({ body: { code: 'ABCD-EFGH-JKMN', name: 'Người Mới' } }),
  useCodeWithPasskey: () => ({
    body: { code: 'ABCD-EFGH-JKMN', name: 'Người Mới', account: 'x', response: { id: 'x' } },
  }),
  takeCode: () => ({ body: { code: 'ABCD-EFGH-JKMN' } }),
  setUp: () => ({ body: { ...someone, token: 'x'.repeat(43), password } }),
  signIn: () => ({ body: { username: 'nguoi-moi', password } }),
  activate: () => ({ body: { token: 'x'.repeat(43), password } }),
  step: () => NOTHING,
  signOut: () => NOTHING,
  confirm: () => ({ body: { password } }),
  changePassword: () => ({ body: { password } }),
  signIns: () => NOTHING,
  endSignIn: () => ({ body: { key: 'x' } }),
  endOtherSignIns: () => NOTHING,
  myAccount: () => NOTHING,
  giveCode: () => ({ body: { code: '123456' } }),
  beginEnrolment: () => NOTHING,
  finishEnrolment: () => ({ body: { code: '123456' } }),
  secondFactor: () => NOTHING,
  beginSecondFactor: () => NOTHING,
  finishSecondFactor: () => ({ body: { code: '123456' } }),
  newRecoveryCodes: () => NOTHING,
  endSecondFactor: () => NOTHING,
  requirement: () => NOTHING,
  setRequirement: () => ({ body: { roles: [] } }),
  conferenceRequirement: () => NOTHING,
  setConferenceRequirement: () => ({ body: { roles: [] } }),
  passkeyChallenge: () => NOTHING,
  signInWithPasskey: () => ({ body: { response: { id: 'x' } } }),
  passkeys: () => NOTHING,
  beginPasskey: () => NOTHING,
  addPasskey: () => ({ body: { name: 'Khóa', response: { id: 'x' } } }),
  namePasskey: () => ({ body: { id: 'x', name: 'Khóa' } }),
  removePasskey: () => ({ body: { id: 'x' } }),
  ways: () => NOTHING,
  beginSingleSignOn: () => ({ body: { next: '/' } }),
  finishSingleSignOn: () => ({ body: { query: 'code=x&state=y' } }),
  mySingleSignOn: () => NOTHING,
  linkSingleSignOn: () => NOTHING,
  unlinkSingleSignOn: () => NOTHING,
  levels: () => ({ query: { asOf: '2025-01-13' } }),
  units: () => ({ query: { asOf: '2025-01-13' } }),
  importUnits: () => ({ query: { validFrom: '2025-01-13' }, body: fileNamed('don-vi.csv') }),
  readDocument: () => ({ body: fileNamed('ke-hoach.txt') }),
  createConference: () => ({ body: { text: null, plan: null, treeDate: null } }),
  conferences: () => NOTHING,
  plan: () => NOTHING,
  changePlan: () => ({ body: { revision: 1, plan: samplePlan() } }),
  issuePlan: () => NOTHING,
  drafts: () => NOTHING,
  startDraft: () => ({
    body: {
      from: 'nothing',
      title: 'Hội nghị mới',
      startsAt: null,
      endsAt: null,
      venue: null,
      format: null,
      bridgeClasses: [],
    },
  }),
  startDraftFromDocument: () => ({ body: fileNamed('ke-hoach.txt') }),
  draft: () => ({ ...DRAFT, answers: 'not-found' }),
  changeDraft: () => ({ ...DRAFT, body: DOING }),
  dropDraft: () => DRAFT,
  createFromDraft: () => ({ ...DRAFT, body: { revision: 1 } }),
  correction: () => NOTHING,
  correctPlan: () => ({ body: DOING }),
  correctionEffects: () => NOTHING,
  applyCorrection: () => ({ body: { revision: 1 } }),
  buildBridges: () => ({ body: {} }),
  bridges: () => NOTHING,
  bridge: () => NOTHING,
  changeBridge: () => ({ body: { capacity: 10 } }),
  addBridge: () => ({ body: { class: 'village', name: 'Thôn Mới', unit: null, organisation: null } }),
  removeBridge: () => NOTHING,
  bridgeTable: () => NOTHING,
  changeBridges: ({ bridge }) => ({ body: { bridges: [bridge], change: { capacity: 10 } } }),
  removeBridges: ({ bridge }) => ({ body: { bridges: [bridge] } }),
  moveEffect: ({ bridge }) => ({ query: { to: bridge } }),
  bridgeChanges: () => NOTHING,
  undoBridgeChange: () => ({ params: { change: 'khong-co' } }),
  previewPeople: () => ({ body: fileNamed('dai-bieu.csv') }),
  confirmPeople: () => ({ params: { import: 'x' }, body: {} }),
  readingProgress: () => ({ params: { reading: '01890a5d-ac96-774b-bcce-b302099a8057' } }),
  importRows: () => ({ params: { import: 'x' }, query: { kind: 'added' }, answers: 'not-found' }),
  faultyRows: () => ({ params: { import: 'x' }, answers: 'not-found' }),
  people: () => NOTHING,
  person: ({ person }) => ({ params: { person } }),
  addPerson: () => ({ body: draft }),
  changePerson: ({ person }) => ({ params: { person }, body: { was: draft, now: draft } }),
  mergePerson: ({ person }) => ({ params: { person }, body: { other: 'x' } }),
  removePerson: ({ person }) => ({ params: { person }, body: { reason: 'nghỉ hưu' } }),
  rosterChanges: () => NOTHING,
  undoRoster: () => ({ body: { place: 1 } }),
  seat: ({ person }) => ({ params: { person } }),
  place: () => ({ body: {} }),
  placementEffect: () => ({ body: {} }),
  undoComposition: () => ({ body: { place: 1 } }),
  compositionChanges: () => NOTHING,
  clauses: () => NOTHING,
  rooms: () => NOTHING,
  settledByHand: () => ({ query: { kind: 'pin' } }),
  placement: () => NOTHING,
  placements: () => NOTHING,
  seatNumbers: () => NOTHING,
  setSeatNumber: ({ person }) => ({ params: { person }, body: { was: null, number: 'A1' } }),
  numberSeats: () => ({ body: { layout: LAYOUT, revision: 'x' } }),
  clearSeats: () => ({ body: { revision: 'x' } }),
  undoSeats: () => ({ params: { change: 'khong-co' } }),
  exportSeats: () => CSV,
  importSeats: () => ({ body: fileNamed('so-ghe.csv') }),
  retention: () => NOTHING,
  setRetention: () => ({ body: { people: null, texts: null, accounts: null, audit: null } }),
  deleteNow: () => ({ body: { kinds: ['texts'], reason: 'Hết thời hạn lưu' } }),
  sessions: () => NOTHING,
  addSession: () => ({
    body: { kind: 'session', title: 'Buổi hai', startsAt: TIME, endsAt: TIME + 1 },
  }),
  schedule: () => ({ query: { from: String(TIME), to: String(TIME + 1) } }),
  previewSession: () => ({ body: { session: null, input: {} } }),
  session: () => NOTHING,
  changeSession: () => ({ body: { revision: 1, change: { title: 'Buổi khác' } } }),
  cancelSession: () => ({ body: { revision: 1, reason: 'Hoãn' } }),
  undoSessionChange: () => ({ params: { change: 'khong-co' } }),
  previewDeadline: () => ({ body: { of: { kind: 'plan', duty: 0 }, dueBefore: TIME } }),
  agendaRun: () => NOTHING,
  stepAgenda: () => ({ body: { item: 0, step: 'start', minutes: null } }),
  undoAgendaStep: () => ({ body: { step: 'x' } }),
  reportsDue: () => NOTHING,
  headcount: () => NOTHING,
  saveHeadcount: () => ({ body: { total: 3 } }),
  submitHeadcount: () => ({ body: { total: 3 } }),
  returnHeadcount: () => ({ body: { remark: 'Thiếu số khách mời' } }),
  acceptHeadcount: () => NOTHING,
  decideHeadcounts: ({ bridge }) => ({
    body: { reports: [{ bridge, revision: 1 }], decision: { kind: 'accept' } },
  }),
  dueTable: () => NOTHING,
  remind: () => ({ ...REMINDER, body: { whom: 'all', skipToday: true, words: null } }),
  withdrawReminder: () => REMINDER,
  mailLine: () => NOTHING,
  searchLetters: () => ({ body: {} }),
  letter: () => ({ ...LETTER, answers: 'not-found' }),
  withdrawLetter: () => LETTER,
  tryLetterAgain: () => LETTER,
  tryLettersAgain: () => ({ body: { state: 'failed' } }),
  sendTestLetter: () => ({ body: { to: 'on@don-vi.example' } }),
  receivedMail: () => NOTHING,
  reminders: () => NOTHING,
  reportContacts: () => NOTHING,
  exportUnanswered: () => CSV,
  seeHeadcount: () => NOTHING,
  myHeadcounts: () => NOTHING,
  setInnerDeadline: () => ({ body: { dueBefore: TIME } }),
  reportDifficulty: () => ({ body: { text: 'Đường truyền yếu' } }),
  difficulties: () => NOTHING,
  door: () => ({ query: { device }, answers: 'device-unproven' }),
  record: ({ bridge, session }) => ({ body: { session, bridge, events: [{}] } }),
  figures: () => NOTHING,
  events: () => NOTHING,
  exportReport: () => CSV,
  conferenceAttendance: () => NOTHING,
  followUp: () => NOTHING,
  exportFollowUp: () => CSV,
  ledgerKey: () => NOTHING,
  ledgerVerifier: () => NOTHING,
  checkpoints: () => NOTHING,
  exportBridgeLedger: () => NOTHING,
  exportLedger: () => NOTHING,
  auditTrail: () => NOTHING,
  conferenceAudit: () => NOTHING,
  bridgeAudit: () => NOTHING,
  exportTrail: () => NOTHING,
  exportConferenceAudit: () => NOTHING,
  exportBridgeAudit: () => NOTHING,
  devices: () => NOTHING,
  newPairingCode: () => NOTHING,
  showPairingCode: () => NOTHING,
  pairDevice: () => ({ body: { code: 'KMPT-4X7V' } }),
  nameDevice: () => ({ ...machine, body: { name: 'cửa 1' } }),
  revokeDevice: () => ({ ...machine, body: { reason: 'mất máy' } }),
  restoreDevice: () => ({ ...machine, body: { reason: 'đã thấy' } }),
  quarantine: () => NOTHING,
  acceptHeld: () => ({ body: { reason: 'đúng người', which: { device } } }),
  refuseHeld: () => ({ body: { reason: 'không rõ', which: { device } } }),
  freezeReport: () => NOTHING,
  reportVersions: () => NOTHING,
  reportDifferences: () => ({ ...version, answers: 'not-found' }),
  headcountVersions: () => NOTHING,
  headcountDifferences: () => ({ ...version, answers: 'not-found' }),
  headcountVersion: () => ({ ...version, answers: 'not-found' }),
  exportHeadcountVersion: () => ({ ...version, ...CSV, answers: 'not-found' }),
  bridgeSummary: () => NOTHING,
  addLineTest: () => ({ body: LINE_TEST }),
  lineTests: () => NOTHING,
  lineTable: () => NOTHING,
  lineIncidents: () => NOTHING,
  exportLines: () => CSV,
  guests: () => NOTHING,
  addGuest: () => ({ body: GUEST }),
  changeGuest: () => ({ params: { guest: 'khong-co' }, body: GUEST.guest }),
  inviteGuests: () => ({ body: { list: 'press', guests: null } }),
  setGuestStanding: () => ({ params: { guest: 'khong-co' }, body: { answer: 'coming', arrived: true } }),
  removeGuest: () => ({ params: { guest: 'khong-co' } }),
  importGuests: () => ({ query: { list: 'press' }, body: fileNamed('bao-chi.csv') }),
  renewPersonalLink: () => ({ params: { invitation: '6f1c2a56-5f0c-4b8e-9a51-0d1f6b7a9c11' } }),
  papers: () => NOTHING,
  addPaper: () => ({ body: PAPER }),
  removePaper: () => ({ params: { paper: 'x' } }),
  paperFile: () => ({ params: { paper: 'x' }, answers: 'not-found' }),
  // Nobody is on program.
  programPlaylist: () => ({ answers: 'wrong-state' }),
  programPart: () => ({ params: { part: '1-0.m4s' }, answers: 'not-found' }),
  searchInvitations: () => ({ body: {} }),
  prepareInvitations: () => ({ body: {} }),
  approveInvitations: () => ({ body: { invitations: null } }),
  withdrawInvitations: () => ({ body: { invitations: null, reason: 'Đổi thành phần' } }),
  sendInvitations: () => ({ body: { invitations: null, by: 'paper' } }),
  invitation: () => ({ ...INVITATION, answers: 'not-found' }),
  previewInvitation: () => ({ ...INVITATION, answers: 'not-found' }),
  answerInvitation: () => ({ ...INVITATION, body: { said: { answer: 'coming' } } }),
  decideSubstitute: () => ({ ...INVITATION, body: { accept: false, reason: 'Dự đích danh' } }),
  securityList: () => CSV,
  letterTemplates: () => NOTHING,
  setLetterTemplate: () => ({ body: { kind: 'summons', version: 0, template: null } }),
  previewLetter: () => ({ body: { kind: 'summons', subject: 'Mời', body: '{họ tên}' } }),
  invitationSettings: () => NOTHING,
  setInvitationSettings: () => ({
    body: { freezeDays: 3, reminders: { days: [5], isStopped: false } },
  }),
  passes: () => NOTHING,
  exportPasses: () => NOTHING,
  reissuePass: ({ person }) => ({ params: { person }, body: { reason: 'mất thẻ' } }),
  calendarFeeds: () => NOTHING,
  addCalendarFeed: () => ({ body: { language: 'vi' } }),
  addBridgeCalendarFeed: () => ({ body: { language: 'vi' } }),
  removeCalendarFeed: () => ({ body: { feed: 'x' } }),
  calendar: () => ({ query: { key: 'x'.repeat(43) }, answers: 'not-found' }),
  codesToResolve: () => NOTHING,
  acknowledgeAlert: () => ({ params: { alert: 'x' }, body: { level: 1, bridges: 1 } }),
  alertLog: () => NOTHING,
} satisfies Partial<Record<RouteName, (around: Around) => RouteSample>>;

/** A picture as a browser says that it sends it. */
const VP8 = {
  codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 }],
  encodings: [{ ssrc: 1 }],
};

/** One body for every message of the socket. */
export const messageSamples: Readonly<Record<string, (around: Around) => unknown>> = {
  'attendance:record': ({ conference, session, bridge }) => ({ conference, session, bridge, events: [{}] }),
  'figures:watch': ({ conference, session, bridge }) => ({ conference, session, bridge }),
  'figures:unwatch': ({ conference, session, bridge }) => ({ conference, session, bridge }),
  'door:watch': ({ conference, session, bridge }) => ({ conference, session, bridge, device }),
  'door:unwatch': ({ conference, session, bridge }) => ({ conference, session, bridge }),
  'device:prove': () => ({ key: testMachine('may-ma-tran').key, signature: 'x'.repeat(86) }),
  'device:hello': ({ conference, bridge }) => ({
    conference,
    bridge,
    device,
    waiting: 0,
    waitingSince: null,
  }),
  'control:watch': ({ conference, session, bridge }) => ({ conference, session, bridge }),
  'control:unwatch': ({ conference, session, bridge }) => ({ conference, session, bridge }),
  'agenda:watch': ({ conference, session }) => ({ conference, session }),
  'agenda:unwatch': ({ conference, session }) => ({ conference, session }),
  'headcount:watch': ({ conference, bridge }) => ({ conference, bridge }),
  'headcount:unwatch': ({ conference, bridge }) => ({ conference, bridge }),
  'clock:ask': () => ({}),
  'media:join-station': ({ conference, session, bridge }) => ({ conference, session, bridge }),
  'media:join-control': ({ conference, session, bridge }) => ({ conference, session, bridge }),
  'media:join-test': ({ conference, bridge }) => ({ conference, bridge }),
  'media:leave': () => ({}),
  'media:transport': () => ({ direction: 'send' }),
  'media:connect': () => ({
    transport: 't',
    dtlsParameters: { fingerprints: [{ algorithm: 'sha-256', value: 'AA'.padEnd(95, ':AA') }] },
  }),
  'media:restart-ice': () => ({ transport: 't' }),
  'media:produce': () => ({ transport: 't', source: 'camera', kind: 'video', rtpParameters: VP8 }),
  'media:mute': () => ({ producer: 'p', isMuted: true }),
  'media:close-producer': () => ({ producer: 'p' }),
  'media:consume': () => ({ transport: 't', producer: 'p', rtpCapabilities: {}, isPaused: false }),
  'media:pause': () => ({ consumer: 'c' }),
  'media:resume': () => ({ consumer: 'c' }),
  'media:close-consumer': () => ({ consumer: 'c' }),
  'media:prefer': () => ({ consumer: 'c', size: 'small' }),
  'media:floor': () => ({ step: 'ask' }),
  'media:direct': ({ conference, session, bridge }) => ({ conference, session, bridge, step: 'put' }),
  'media:want': ({ bridge }) => ({ bridges: [bridge] }),
  'media:quality': () => ({ loss: 0, jitterMs: 0, delayMs: 0, frames: 25 }),
} satisfies Partial<Record<ClientMessage, (around: Around) => unknown>>;

/** Ids that nothing has. */
export function nowhere(around: Around): Around {
  return { ...around, bridge: newId() as BridgeId };
}
