import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { Deed, Reverting } from '../../../domain/plan/deed.ts';
import { api } from '../../../domain/wire/api.ts';
import type { Draft } from '../../../domain/wire/drafts.ts';
import type { ConferenceId } from '../../../domain/ids.ts';
import {
  organizerOf,
  signIn,
  startTestServer,
  testClock,
  type SignedInClient,
  type TestServer,
} from '../harness.ts';
import { SAMPLE_TEXT } from '../plans/sample.ts';

let server: TestServer;
let organizer: SignedInClient;
let other: SignedInClient;
beforeAll(async () => {
  server = await startTestServer({ clock: testClock('2025-01-02T08:00:00+07:00') });
  organizer = await signIn(server, undefined, 'Lý Văn Soạn');
  other = await signIn(server, undefined, 'Hồ Thị Sửa');
});
afterAll(() => server.close());

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

async function begin(text = SAMPLE_TEXT): Promise<Draft> {
  const { id } = await organizer.call(api.startDraftFromDocument, {
    body: { name: 'ke-hoach.md', bytes: bytes(text) },
  });
  return seen(id);
}

async function seen(id: string, who = organizer): Promise<Draft> {
  const { draft } = await who.call(api.draft, { params: { draft: id }, query: {} });
  if (draft === null) throw new Error('no draft');
  return draft;
}

const act = (who: SignedInClient, draft: Draft, deed: Deed | Reverting): Promise<Draft> =>
  who.call(api.changeDraft, { params: { draft: draft.id }, body: { revision: draft.revision, deed } });
const refused = (who: SignedInClient, draft: Draft, deed: Deed | Reverting) =>
  who.refusal(api.changeDraft, { params: { draft: draft.id }, body: { revision: draft.revision, deed } });
const setVenue = (draft: Draft, value: string): Deed => ({
  do: 'set',
  path: 'venue',
  was: draft.copy.venue.value,
  value,
});

describe('a plan that is being worked on', () => {
  let draft: Draft;
  beforeEach(async () => {
    draft = await begin();
  });

  test('is on the server from the moment its document is dropped, for every standing organizer', async () => {
    expect(draft).toMatchObject({ origin: 'document', fileName: 'ke-hoach.md', revision: 1, whole: true });
    expect((await seen(draft.id, other)).copy).toEqual(draft.copy);
    const { items } = await other.call(api.drafts);
    expect(items[0]).toMatchObject({ id: draft.id, startsAt: '2025-01-13T08:00:00+07:00' });
    const { text } = await organizer.call(api.draft, { params: { draft: draft.id }, query: {} });
    expect(text).toBe(SAMPLE_TEXT.normalize('NFC'));
  });

  test('keeps each deed, and takes back and does again what one did oneself', async () => {
    const moved = await act(organizer, draft, setVenue(draft, 'Hội trường B'));
    expect(moved).toMatchObject({ revision: 2, undo: { do: 'set', path: 'venue' }, redo: null });
    expect((await seen(draft.id)).copy.venue.value).toBe('Hội trường B');
    expect(moved.steps[0]).toMatchObject({ by: 'Lý Văn Soạn', own: true });
    expect((await seen(draft.id, other)).undo).toBe(null);
    const back = await act(organizer, moved, { do: 'undo' });
    expect(back.copy.venue).toEqual(draft.copy.venue);
    expect(back).toMatchObject({ undo: null, redo: { path: 'venue' } });
    const again = await act(organizer, back, { do: 'redo' });
    expect(again.copy.venue.value).toBe('Hội trường B');
  });

  test('is the work of two who edit at once; who is overtaken in one field is told, and nothing is written over', async () => {
    const theirs = await act(other, draft, {
      do: 'remove',
      path: 'documents.0',
      was: draft.copy.documents[0]?.value ?? null,
    });
    await act(other, theirs, setVenue(theirs, 'Hội trường của bên kia'));
    const second = draft.copy.documents[1]?.value ?? null;
    const mine = await act(organizer, draft, {
      do: 'set',
      path: 'documents.1',
      was: second,
      value: 'Tài liệu mới',
    });
    expect(mine.copy.documents[0]?.value).toBe('Tài liệu mới');
    const problem = await refused(organizer, draft, setVenue(draft, 'Hội trường của bên này'));
    expect(problem).toMatchObject({ code: 'out-of-date', faults: [{ at: 'venue' }] });
    expect((await seen(draft.id)).copy.venue.value).toBe('Hội trường của bên kia');
  });

  test('says what does not fit and which field it is, and what cannot be taken back', async () => {
    const misfit = await refused(organizer, draft, {
      do: 'set',
      path: 'issuedOn',
      was: draft.copy.issuedOn.value,
      value: 'hôm qua',
    });
    expect(misfit).toMatchObject({ code: 'malformed', faults: [{ at: 'issuedOn' }] });
    expect((await refused(organizer, draft, { do: 'undo' })).code).toBe('wrong-state');
    expect((await seen(draft.id)).revision).toBe(1);
  });

  test('is checked as it stands, also while it is not whole', async () => {
    const clause = await act(organizer, draft, { do: 'add', list: 'clauses', at: 0, value: null });
    expect(clause.whole).toBe(false);
    expect(clause.findings.filter(({ severity }) => severity === 'error')).toMatchObject([
      { path: 'clauses.0.bridgeClass', code: 'missing' },
      { path: 'clauses.0.text', code: 'missing' },
    ]);
    const body = { revision: clause.revision };
    const params = { draft: draft.id };
    expect((await organizer.refusal(api.createFromDraft, { params, body })).code).toBe('has-errors');
  });

  test('answers with nothing where nothing has changed since', async () => {
    const params = { draft: draft.id };
    const query = { since: 1 };
    expect(await organizer.call(api.draft, { params, query })).toEqual({ draft: null, text: null });
  });

  test('can be thrown away while no conference was created', async () => {
    await organizer.call(api.dropDraft, { params: { draft: draft.id } });
    expect((await organizer.refusal(api.draft, { params: { draft: draft.id }, query: {} })).code).toBe(
      'not-found',
    );
  });

  test('leaves an entry in the audit trail for each deed, with what was before', async () => {
    await act(organizer, draft, setVenue(draft, 'Hội trường B'));
    const { items } = await organizer.call(api.auditTrail, { body: { limit: 5 } });
    expect(items.some(({ sentence }) => sentence.includes('sửa kế hoạch đang soạn'))).toBe(true);
    expect(items.some((entry) => JSON.stringify(entry).includes('Hội trường B'))).toBe(true);
  });
});

async function create(): Promise<{ readonly conference: ConferenceId; readonly draft: Draft }> {
  const draft = await begin();
  const accepted = await act(organizer, draft, setVenue(draft, 'Hội trường B'));
  const params = { draft: draft.id };
  const created = await organizer.call(api.createFromDraft, {
    params,
    body: { revision: accepted.revision },
  });
  return { conference: created.conference.id, draft: accepted };
}
const correcting = async (conference: ConferenceId, who = organizer): Promise<Draft> => {
  const { draft } = await who.call(api.correction, { params: { conference }, query: {} });
  if (draft === null) throw new Error('no draft');
  return draft;
};
const correct = (who: SignedInClient, draft: Draft, deed: Deed | Reverting): Promise<Draft> =>
  who.call(api.correctPlan, {
    params: { conference: draft.conference! },
    body: { revision: draft.revision, deed },
  });

describe('a conference', () => {
  test('is created once from what was last seen, and its plan is what was accepted', async () => {
    const { conference, draft } = await create();
    const { plan, reading } = await organizer.call(api.plan, { params: { conference } });
    expect(plan.venue).toBe('Hội trường B');
    expect(reading?.text).toBe(SAMPLE_TEXT.normalize('NFC'));
    const params = { draft: draft.id };
    const body = { revision: draft.revision };
    expect((await organizer.refusal(api.createFromDraft, { params, body })).code).toBe('out-of-date');
    expect((await refused(organizer, draft, { do: 'undo' })).code).toBe('wrong-state');
    expect((await seen(draft.id)).conference).toBe(conference);
    expect((await organizer.call(api.drafts)).items.map(({ id }) => id)).not.toContain(draft.id);
  });

  test('is not created from a plan that somebody has changed meanwhile', async () => {
    const draft = await begin();
    await act(other, draft, setVenue(draft, 'Nơi khác'));
    const params = { draft: draft.id };
    const body = { revision: draft.revision };
    expect((await organizer.refusal(api.createFromDraft, { params, body })).code).toBe('out-of-date');
    expect((await organizer.call(api.conferences)).items.map(({ id }) => id)).not.toContain(draft.id);
  });

  test('has its plan corrected in the same way; what is corrected counts once it is applied', async () => {
    const { conference } = await create();
    const draft = await correcting(conference);
    expect(draft.changes).toBe(0);
    const later = await correct(organizer, draft, {
      do: 'set',
      path: 'endsAt',
      was: '2025-01-13T11:30:00+07:00',
      value: '2025-01-13T12:00:00+07:00',
    });
    expect(later.changes).toBe(1);
    const params = { conference };
    expect((await organizer.call(api.plan, { params })).plan.endsAt).toBe('2025-01-13T11:30:00+07:00');
    const touched = await organizer.call(api.correctionEffects, { params });
    expect(touched.changes).toMatchObject([{ path: 'endsAt', change: 'changed' }]);
    expect(touched.effects).toMatchObject([{ code: 'session-moves', to: 'live' }]);
    const applied = await organizer.call(api.applyCorrection, { params, body: { revision: later.revision } });
    expect(applied.plan.endsAt).toBe('2025-01-13T12:00:00+07:00');
    expect((await correcting(conference)).changes).toBe(0);
    const { items } = await organizer.call(api.sessions, { params });
    expect(items[0]?.endsAt).toBe(Date.parse('2025-01-13T12:00:00+07:00'));
  });

  test('follows its plan where that was replaced by other means, and loses nothing that waits', async () => {
    const { conference } = await create();
    const params = { conference };
    const { plan, revision } = await organizer.call(api.plan, { params });
    await organizer.call(api.changePlan, {
      params,
      body: { revision, plan: { ...plan, venue: 'Hội trường C' } },
    });
    const followed = await correcting(conference);
    expect(followed).toMatchObject({ changes: 0, copy: { venue: { value: 'Hội trường C' } } });
    const waiting = await correct(organizer, followed, setVenue(followed, 'Hội trường D'));
    const now = await organizer.call(api.plan, { params });
    await organizer.call(api.changePlan, {
      params,
      body: { revision: now.revision, plan: { ...now.plan, broadcast: null } },
    });
    const both = await correcting(conference);
    expect(both).toMatchObject({ revision: waiting.revision, changes: 2 });
    expect(both.copy.venue.value).toBe('Hội trường D');
  });

  test('drops what was corrected and not applied, and even that can be taken back', async () => {
    const { conference } = await create();
    const changed = await correct(organizer, await correcting(conference), {
      do: 'set',
      path: 'venue',
      was: 'Hội trường B',
      value: 'Hội trường D',
    });
    const dropped = await correct(organizer, changed, { do: 'reset' });
    expect(dropped).toMatchObject({ changes: 0, copy: { venue: { value: 'Hội trường B' } } });
    const back = await correct(organizer, dropped, { do: 'undo' });
    expect(back).toMatchObject({ changes: 1, copy: { venue: { value: 'Hội trường D' } } });
  });

  test('lets its own organizer correct the plan, who starts none', async () => {
    const { conference } = await create();
    const own = await signIn(server, [organizerOf(conference)]);
    const draft = await correcting(conference, own);
    expect(
      (await correct(own, draft, { do: 'accept', path: 'title', was: draft.copy.title.value })).revision,
    ).toBe(3);
    expect((await own.refusal(api.drafts)).code).toBe('forbidden');
  });

  test('of an earlier year is where the next one starts, without its dates', async () => {
    const { conference } = await create();
    const { id } = await organizer.call(api.startDraft, { body: { from: 'conference', conference } });
    const draft = await seen(id);
    expect(draft).toMatchObject({ origin: 'conference', copy: { startsAt: { value: null } } });
    expect(draft.copy.clauses.length).toBeGreaterThan(5);
  });
});

test('a plan from nothing begins with what was given', async () => {
  const { id } = await organizer.call(api.startDraft, {
    body: {
      from: 'nothing',
      title: 'Hội nghị giao ban quý I',
      startsAt: '2025-03-03T08:00:00+07:00',
      endsAt: '2025-03-03T10:00:00+07:00',
      venue: null,
      format: 'hybrid',
      bridgeClasses: ['province'],
    },
  });
  const draft = await seen(id);
  expect(draft).toMatchObject({ origin: 'nothing', fileName: null, whole: true });
  expect(draft.findings.map(({ code }) => code)).toContain('no-clauses');
  const created = await organizer.call(api.createFromDraft, { params: { draft: id }, body: { revision: 1 } });
  expect(created.reading).toBe(null);
  expect(
    (await organizer.call(api.sessions, { params: { conference: created.conference.id } })).items,
  ).toHaveLength(1);
});

test.each(['national', 'provincial'] as const)(
  'the %s sample starts a plan that can be created',
  async (sample) => {
    const { id } = await organizer.call(api.startDraft, { body: { from: 'sample', sample } });
    expect(await seen(id)).toMatchObject({ origin: 'document', fileName: 'Kế hoạch mẫu', whole: true });
  },
);

test('the list of conferences says what is next to whoever organizes one', async () => {
  const { id } = await organizer.call(api.startDraft, { body: { from: 'sample', sample: 'national' } });
  await organizer.call(api.createFromDraft, { params: { draft: id }, body: { revision: 1 } });
  const [first] = (await organizer.call(api.conferences)).items;
  expect(first).toMatchObject({ id, next: { step: 'issue', at: null } });
});

test('a document that cannot be read starts nothing', async () => {
  const before = (await organizer.call(api.drafts)).items.length;
  const problem = await organizer.refusal(api.startDraftFromDocument, {
    body: { name: 'a.pdf', bytes: bytes('%PDF-1.7 ...') },
  });
  expect(problem).toMatchObject({ code: 'unreadable-file' });
  expect((await organizer.call(api.drafts)).items).toHaveLength(before);
});
