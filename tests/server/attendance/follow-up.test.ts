import { afterAll, beforeAll, expect, test } from 'vitest';

import { fold, matches } from '../../../domain/text/search.ts';
import { api } from '../../../domain/wire/api.ts';
import type { PlacedPerson } from '../../../domain/wire/placement.ts';
import { hostAt, instant, signIn } from '../harness.ts';
import { arriveAt, everyPage, sample, type Sample } from '../sample.ts';

let s: Sample;
let seated: PlacedPerson[];
beforeAll(async () => {
  s = await sample({ communes: 2 });
  seated = await s.seatedAt(s.first('commune').id);
});
afterAll(() => s.server.close());

async function checkIn(session: Sample['session'], people: readonly PlacedPerson[]): Promise<void> {
  const bridge = s.first('commune').id;
  await s.organizer.call(api.record, {
    params: { conference: s.conference, bridge },
    body: {
      session,
      bridge,
      events: people.map(({ person }) => arriveAt({ ...s, session }, bridge, person)),
    },
  });
}

function absentees(missed: 'none' | 'incomplete') {
  const params = { conference: s.conference, bridge: s.first('commune').id };
  return everyPage((page) => s.organizer.call(api.followUp, { params, body: { missed, limit: 7, ...page } }));
}

test('over two sessions, present at any and present at all are two figures, and who missed one is named', async () => {
  const params = { conference: s.conference };
  const { session: second } = await s.organizer.call(api.addSession, {
    params,
    body: {
      kind: 'session',
      title: 'Buổi chiều',
      startsAt: instant('2025-01-13T13:30:00+07:00'),
      endsAt: instant('2025-01-13T16:30:00+07:00'),
    },
  });
  const [morning, both, afternoon] = [seated.slice(0, 5), seated.slice(5, 8), seated.slice(8, 10)];
  await checkIn(s.session, [...morning, ...both]);
  await checkIn(second.id, [...both, ...afternoon]);

  const bridge = s.first('commune').id;
  const figures = await s.organizer.call(api.conferenceAttendance, { params: { ...params, bridge } });
  expect(figures).toMatchObject({
    sessions: 2,
    summoned: seated.length,
    presentAtAny: 10,
    presentAtAll: 3,
    presentAtNone: seated.length - 10,
    presentElsewhere: 0,
  });
  // The centre counts each of them once as well.
  const central = s.first('central').id;
  const nation = await s.organizer.call(api.conferenceAttendance, { params: { ...params, bridge: central } });
  expect(nation).toMatchObject({ presentAtAny: 10, presentAtAll: 3 });

  const none = await absentees('none');
  expect(new Set(none.map(({ person }) => person))).toEqual(
    new Set(seated.slice(10).map(({ person }) => person)),
  );
  const incomplete = await absentees('incomplete');
  expect(new Set(incomplete.map(({ person }) => person))).toEqual(
    new Set([...morning, ...afternoon, ...seated.slice(10)].map(({ person }) => person)),
  );
});

test('a host reads who was away at their own bridge, and nothing of another', async () => {
  const params = { conference: s.conference, bridge: s.first('commune').id };
  const host = await signIn(s.server, [hostAt(params.conference, params.bridge)]);
  expect((await host.call(api.conferenceAttendance, { params })).summoned).toBe(seated.length);
  expect((await host.call(api.followUp, { params, body: {} })).items.length).toBeGreaterThan(0);
  const above = { ...params, bridge: s.first('central').id };
  expect((await host.refusal(api.followUp, { params: above, body: {} })).code).toBe('not-found');
});

test('those who were not there are found without marks, counted over all pages, and taken along as a file', async () => {
  const params = { conference: s.conference, bridge: s.first('commune').id };
  const [first] = await absentees('none');
  const name = first?.name ?? '';
  const words = fold(name);
  const found = await s.organizer.call(api.followUp, { params, body: { q: words, limit: 1 } });
  const all = await absentees('none');
  const same = all.filter((one) => matches(words, `${one.name} ${one.position} ${one.bridgeName}`));
  expect(found.total).toBe(same.length);
  expect(found.items).toHaveLength(1);
  const nobody = { q: 'khong ai ten nhu the' };
  expect(await s.organizer.call(api.followUp, { params, body: nobody })).toMatchObject({
    items: [],
    total: 0,
  });
  const file = await s.organizer.response(api.exportFollowUp, { params, query: { format: 'csv' } });
  const lines = (await file.text()).trim().split('\r\n');
  expect(lines).toHaveLength(all.length + 1);
  expect(lines[1]).toContain(name);
  expect(file.headers.get('content-disposition')).toContain(encodeURIComponent('Người vắng mọi buổi'));
});

test('those of a bridge alone are not those below it', async () => {
  const params = { conference: s.conference, bridge: s.first('central').id };
  const own = await s.organizer.call(api.followUp, { params, body: { below: false } });
  const all = await s.organizer.call(api.followUp, { params, body: {} });
  expect(own.total).toBeLessThan(all.total);
  expect(own.items.every(({ bridge }) => bridge === params.bridge)).toBe(true);
});
