import type { ConferenceId, SessionId } from '../../domain/ids.ts';
import { UnitCode } from '../../domain/ids.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import type { Instant } from '../../domain/time.ts';
import { api } from '../../domain/wire/api.ts';
import type { BridgeRow } from '../../domain/wire/bridges.ts';
import type { Draft } from '../../domain/wire/drafts.ts';
import { SAMPLE_PROVINCE, provinceUnits } from '../../fixtures/sample/units.ts';
import type { SignedInClient } from '../server/harness.ts';
import { samplePlan } from '../server/plans/sample.ts';
import { allBridges, importUnits } from '../server/sample.ts';
import { LONG, type Pen } from './pen.ts';

/** A conference by a plan that says all that a plan may say, and then says it otherwise. */
export async function writePlan(by: SignedInClient, written: Pen): Promise<ConferenceId> {
  const plan = (): Plan => rewritten(wholePlan(), 'plan', (field) => written(field, LONG)) as Plan;
  const created = await by.call(api.createConference, { body: { text: null, plan: plan(), treeDate: null } });
  const conference = created.conference.id;
  await by.call(api.changePlan, { params: { conference }, body: { revision: 1, plan: plan() } });
  return conference;
}

/** A plan in which nothing is missing that a plan may say. */
function wholePlan(): Plan {
  const plan = samplePlan();
  const [clause, ...clauses] = plan.clauses;
  const [item, ...items] = plan.agenda;
  const [duty, ...duties] = plan.duties;
  const phrase = { phrase: 'trước ngày họp', dueBefore: null, recurs: null };
  return {
    ...plan,
    broadcast: 'kênh',
    clauses: [{ ...clause!, exclusions: ['trừ'], condition: 'nếu' }, ...clauses],
    agenda: [{ ...item!, presenter: 'người nói' }, ...items],
    duties: [{ ...duty!, addressee: 'nơi nhận', via: 'qua', deadline: phrase }, ...duties],
    recipients: [{ name: 'nơi nhận', purpose: 'để biết' }],
  };
}

const CLASSES = new Set(['id', 'bridgeClass', 'bridgeClasses', 'basis', 'limit', 'recurs', 'format']);
const DATE = /^\d{4}-\d\d-\d\d/;

/** A value with every text in it written anew, but for words of a closed list and dates. */
function rewritten(value: unknown, field: string, written: Pen): unknown {
  if (typeof value === 'string') return CLASSES.has(field) || DATE.test(value) ? value : written(field);
  if (Array.isArray(value)) return value.map((item) => rewritten(item, field, written));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, rewritten(item, name, written)]),
  );
}

/** Bridges of the units, and two of others; answers with the root and the one of a ministry. */
export async function writeBridges(
  by: SignedInClient,
  conference: ConferenceId,
  written: Pen,
): Promise<readonly [BridgeRow, BridgeRow]> {
  await by.call(api.buildBridges, {
    params: { conference },
    body: {
      scope: [UnitCode.parse(SAMPLE_PROVINCE.code)],
      extra: [
        {
          class: 'agency',
          name: written('bridge name'),
          unit: null,
          organisation: written('organisation'),
          under: null,
        },
        { class: written('class', 32), name: written('bridge'), unit: null, organisation: null, under: null },
      ] as never,
    },
  });
  const bridges = await allBridges(by, conference);
  const ministry = bridges.find((one) => one.class === ('agency' as never))!;
  const contacts = () => ({
    technical: { name: written('contact'), phone: null },
    organizer: { name: written('contact'), phone: null },
  });
  const params = { conference, bridge: ministry.id };
  await by.call(api.changeBridges, {
    params,
    body: { bridges: [ministry.id], change: { contacts: contacts() } },
  });
  await by.call(api.changeBridge, { params, body: { address: written('address'), contacts: contacts() } });
  return [bridges[0]!, ministry];
}

/** A province, called by an attacker. */
export async function writeUnits(by: SignedInClient, written: Pen): Promise<void> {
  const units = provinceUnits(1).map((row) => ({
    ...row,
    name: written('unit'),
    full_name: written('unit name'),
  }));
  await importUnits(by, units);
}

/** A rehearsal that is changed and called off, and one that is not; answers with the session of the plan. */
export async function writeSessions(
  by: SignedInClient,
  conference: ConferenceId,
  now: Instant,
  written: Pen,
): Promise<SessionId> {
  const { items } = await by.call(api.sessions, { params: { conference } });
  const item = () => ({ title: written('item', LONG), presenter: written('presenter', LONG) });
  const meeting = () => ({
    title: written('session'),
    venue: written('venue'),
    agenda: [{ ...item(), presenterPerson: null, minutes: 5, limit: null }],
  });
  const hours = { kind: 'rehearsal', startsAt: now, endsAt: (now + 3_600_000) as Instant } as const;
  const add = () => by.call(api.addSession, { params: { conference }, body: { ...hours, ...meeting() } });
  const added = await add();
  const params = { conference, session: added.session.id };
  const { session: changed } = await by.call(api.changeSession, {
    params,
    body: { revision: added.session.revision, change: meeting() },
  });
  await by.call(api.cancelSession, {
    params,
    body: { revision: changed.revision, reason: written('called off', LONG) },
  });
  await add();
  return items[0]!.id;
}

/** Begins a plan and changes it, and corrects that of a conference; answers with the one that was begun. */
export async function workOnPlans(
  by: SignedInClient,
  conference: ConferenceId,
  written: Pen,
): Promise<string> {
  const times = { startsAt: null, endsAt: null, format: null, bridgeClasses: [] };
  const { id } = await by.call(api.startDraft, {
    body: { from: 'nothing', title: written('title', LONG), venue: written('venue', LONG), ...times },
  });
  const params = { draft: id };
  const begun = await by.call(api.draft, { params, query: {} });
  await by.call(api.changeDraft, { params, body: newVenue(begun.draft, written('venue', LONG)) });
  const correction = await by.call(api.correction, { params: { conference }, query: {} });
  await by.call(api.correctPlan, {
    params: { conference },
    body: newVenue(correction.draft, written('venue', LONG)),
  });
  return id;
}

function newVenue(draft: Draft | null, value: string) {
  if (draft === null) throw new Error('no plan is being worked on');
  const was = draft.copy.venue.value;
  return { revision: draft.revision, deed: { do: 'set', path: 'venue', was, value } } as const;
}
