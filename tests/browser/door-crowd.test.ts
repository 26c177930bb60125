import { afterAll, beforeAll, expect, test } from 'vitest';

import { personNamed } from '../../domain/composition/person.ts';
import { PersonId } from '../../domain/ids.ts';
import { api } from '../../domain/wire/api.ts';
import { fold } from '../../domain/text/search.ts';
import { writePeople } from '../../server/people/store.ts';
import { transaction } from '../../server/platform/database.ts';
import { hostAt, signIn } from '../server/harness.ts';
import { allSent, answer, inStep, listIsThere, pairPage } from './at-door.ts';
import { setScene } from './scene.ts';
import { openDevice, openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const CROWD = 200;
const FAMILIES = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đỗ', 'Bùi', 'Đặng', 'Lý'];
const MIDDLES = ['Văn', 'Thị', 'Đức', 'Minh', 'Hữu'];
const GIVEN = ['Ánh', 'Ổn', 'Hòa', 'Đạt'];

test('two hundred people are checked in by one person without a mouse: by badge, by name, and one taken back', async () => {
  const { conference, session, commune } = await setScene(stage.server, 'dong');
  const crowd = Array.from({ length: CROWD }, (_, index) => ({
    id: PersonId.parse(`DONG${String(index + 1).padStart(5, '0')}X`),
    name: `${FAMILIES[index % 10]} ${MIDDLES[Math.floor(index / 10) % 5]} ${GIVEN[Math.floor(index / 50)]}`,
  }));
  await transaction(stage.server.database, async (db) => {
    await db('placement').where({ conference }).delete();
    for (const [index, { id, name }] of crowd.entries()) {
      await writePeople(db, conference, [{ id, ...personNamed(name), precedence: index, partyMember: true }]);
      const reason = JSON.stringify({ kind: 'clause', clause: 'C1' });
      const seat = { as: 'delegate', basis: 'summoned', clause: 'C1', reason };
      await db('placement').insert({ conference, person: id, bridge: commune, ...seat });
    }
  });
  const host = await signIn(stage.server, [hostAt(conference, commune)]);
  const { page, faults } = await openDevice(stage, host);
  await page.goto(`/door/${conference}/${session}/${commune}`);
  await pairPage(stage.server, conference, commune, page);
  await listIsThere(page);
  // Opened by the keyboard: the button is the first thing behind the line and the sound.
  await page.getByRole('button', { name: 'Mở điểm cầu' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('đã mở', { exact: true }).waitFor();
  for (const [index, { id, name }] of crowd.entries()) {
    // Every tenth has forgotten the badge. The first are scanned letter by letter, as a scanner types; the others at once.
    const isName = index % 10 === 9;
    if (isName) await page.keyboard.type(fold(name));
    else if (index < 20) await page.keyboard.type(id);
    else await page.keyboard.insertText(id);
    await page.keyboard.press('Enter');
  }
  await answer(page)
    .getByText(crowd.at(-1)?.name ?? '')
    .waitFor();
  await page.getByText(`${CROWD}/${CROWD} có mặt`).waitFor();
  await answer(page).getByRole('button', { name: 'Hoàn tác' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Nhầm người' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText(`${CROWD - 1}/${CROWD} có mặt`).waitFor();
  await inStep(page);
  await allSent(page, CROWD + 2);
  const params = { conference, bridge: commune, session };
  const { items } = await host.call(api.events, { params, query: { limit: 1000 } });
  const arrived = items.flatMap(({ event }) => (event.kind === 'arrive' ? [event.person] : []));
  expect(arrived).toEqual(crowd.map(({ id }) => id));
  expect(faults).toEqual([]);
});
