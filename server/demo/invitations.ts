import { readFile } from 'node:fs/promises';

import type { ConferenceId } from '../../domain/ids.ts';
import type { Answer } from '../../domain/invitations/step.ts';
import { api } from '../../domain/wire/api.ts';
import type { BridgeRow } from '../../domain/wire/bridges.ts';
import type { InvitationRow } from '../../domain/wire/invitations.ts';
import { personName } from '../../fixtures/sample/names.ts';
import { choices, type Choices } from '../../fixtures/sample/random.ts';
import type { Visitor } from './visitor.ts';

const PLAN = new URL('../../fixtures/plans/national.docx', import.meta.url);

/** So many of the hall and of the commune answer. */
const ANSWERS = 120;

/**
 * Plays the invitations of the hall, where the press and scientists come too, and of one commune: prepared, approved, handed over on
 * paper, and answered by most. Says where one of those who are invited has their page.
 */
export async function playInvitations(
  organizer: Visitor,
  conference: ConferenceId,
  bridges: readonly BridgeRow[],
  jumpTo: (iso: string) => Promise<void>,
): Promise<string> {
  const own = choices(21);
  await jumpTo('2025-01-03T08:30:00+07:00');
  await organizer.call(api.addPaper, {
    params: { conference },
    body: { name: 'Kế hoạch hội nghị.docx', bytes: new Uint8Array(await readFile(PLAN)) },
  });
  await listGuests(organizer, conference, own);
  await organizer.call(api.setInvitationSettings, {
    params: { conference },
    body: { freezeDays: 3, reminders: { days: [5], isStopped: false } },
  });
  const [hall] = bridges;
  const commune = bridges.find((bridge) => bridge.class === 'commune');
  if (hall === undefined || commune === undefined) throw new Error('the sample has no hall, or no commune');
  const root = { conference, bridge: hall.id };
  await organizer.call(api.prepareInvitations, { params: root, body: {} });
  await organizer.call(api.approveInvitations, { params: root, body: { invitations: null } });
  await organizer.call(api.sendInvitations, { params: root, body: { invitations: null, by: 'paper' } });
  await jumpTo('2025-01-06T16:00:00+07:00');
  for (const bridge of [hall, commune]) {
    const params = { conference, bridge: bridge.id };
    const { items } = await organizer.call(api.searchInvitations, { params, body: { limit: ANSWERS } });
    for (const row of items) await answer(organizer, { ...params, invitation: row.id }, row, own);
  }
  return await pageOfOne(organizer, conference, commune);
}

async function answer(
  organizer: Visitor,
  params: { conference: ConferenceId; bridge: string; invitation: string },
  { position, unit }: InvitationRow,
  own: Choices,
): Promise<void> {
  const luck = own.number(100);
  if (luck >= 85) return;
  const said: Answer =
    luck < 74
      ? { answer: 'coming' }
      : luck < 80
        ? {
            answer: 'not-coming',
            reason: own.pick(['Đi công tác nước ngoài', 'Đang điều trị tại bệnh viện']),
          }
        : {
            answer: 'substitute',
            reason: 'Trùng lịch họp Ban Thường vụ',
            substitute: {
              name: personName(own),
              position: position === null ? '' : `Người được ủy quyền của ${position}`,
              unit,
              phone: null,
              email: null,
            },
          };
  await organizer.call(api.answerInvitation, { params, body: { said } });
  if (said.answer === 'substitute' && luck === 80)
    await organizer.call(api.decideSubstitute, { params, body: { accept: true } });
}

/** The address of the page of somebody at the commune who has not answered. */
async function pageOfOne(
  organizer: Visitor,
  conference: ConferenceId,
  { id: bridge }: BridgeRow,
): Promise<string> {
  const { items } = await organizer.call(api.searchInvitations, {
    params: { conference, bridge },
    body: { limit: 1, state: 'unanswered' },
  });
  const [one] = items;
  if (one === undefined) throw new Error('everybody at the commune of the sample has answered');
  const { address } = await organizer.call(api.renewPersonalLink, {
    params: { conference, bridge, invitation: one.id },
  });
  return address;
}

const PRESS = ['Báo Đất Việt', 'Đài Phát thanh và Truyền hình Sông Cầu', 'Tạp chí Tri thức và Đổi mới'];
const INSTITUTES = ['Viện Nghiên cứu Vật liệu Sông Cầu', 'Trường Đại học Kỹ thuật Sông Cầu'];

async function listGuests(organizer: Visitor, conference: ConferenceId, own: Choices): Promise<void> {
  const add = async (
    list: 'press' | 'scientists',
    organisation: string,
    post: string,
    card: string | null,
  ): Promise<void> => {
    const { id } = await organizer.call(api.addGuest, {
      params: { conference },
      body: { list, guest: { name: personName(own), organisation, post, card, phone: null, email: null } },
    });
    if (own.number(100) >= 80) return;
    await organizer.call(api.setGuestStanding, {
      params: { conference, guest: id },
      body: { answer: 'coming', arrived: false },
    });
  };
  for (const organisation of PRESS)
    for (const post of ['Phóng viên', 'Quay phim'])
      await add('press', organisation, post, `IBT-${10_000 + own.number(89_999)}`);
  for (const organisation of INSTITUTES)
    for (const post of ['Giáo sư, Tiến sĩ', 'Tiến sĩ']) await add('scientists', organisation, post, null);
}
