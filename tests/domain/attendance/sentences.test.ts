import { describe, expect, test } from 'vitest';

import { openBook } from '../../../domain/attendance/book.ts';
import type { AttendanceEvent } from '../../../domain/attendance/event.ts';
import { FLAGS, OUTCOMES } from '../../../domain/attendance/event.ts';
import { personIn } from '../../../domain/attendance/person.ts';
import {
  doorAnswer,
  flagSentence,
  outcomeSentence,
  presenceWord,
} from '../../../domain/attendance/sentences.ts';
import type { Language } from '../../../domain/text/language.ts';
import { aBridge, anEvent, at, bridgeId, expects, recorded, treeOf } from './factory.ts';

const tree = treeOf([aBridge('root', null), aBridge('a', 'root'), aBridge('b', 'root')]);
const names: Record<string, string> = { a: 'xã Yên Lãng', b: 'xã La Bằng' };
const machines: Record<string, string> = { m5: 'cửa 2, máy 5' };

/** What the door is told of the last of some events. */
function answer(events: readonly AttendanceEvent[], language: Language = 'vi', receivedAt?: string) {
  const book = openBook(tree, [...expects('a', ['an', 'binh']), ...expects('b', ['dung'])]);
  for (const [index, event] of events.entries()) {
    book.add(recorded(event, index === events.length - 1 ? receivedAt : undefined));
  }
  const event = events.at(-1);
  if (event === undefined) throw new Error('no event');
  const person = personIn(event);
  return doorAnswer(
    {
      event,
      flags: book.flags(event.id),
      clash: book.clash(event.id),
      presence: person === null ? null : book.presence(person),
      expectedAt: person === 'dung' ? bridgeId('b') : person === 'an' ? bridgeId('a') : null,
      bridgeName: (id) => names[id] ?? id,
      deviceName: (id) => machines[id] ?? null,
    },
    language,
  );
}

const arrive = (id: string, bridge: string, person: string, time: string, device = 'm1') =>
  anEvent(id, 'arrive', bridge, time, { person, mode: 'in-person' }, { device });

describe('what the door is told', () => {
  test('of a first scan', () => {
    const first = arrive('e1', 'a', 'an', '07:41:08');
    expect(answer([first])).toEqual({ tone: 'done', text: 'Vừa điểm danh 07:41:08.' });
    expect(answer([first], 'en').text).toBe('Checked in just now, 07:41:08.');
  });

  test('of a second scan: when and where the first was', () => {
    const events = [arrive('e1', 'a', 'an', '07:12', 'm5'), arrive('e2', 'a', 'an', '07:41')];
    expect(answer(events)).toEqual({ tone: 'again', text: 'Đã điểm danh lúc 07:12 tại cửa 2, máy 5.' });
    expect(answer(events, 'en').text).toBe('Already checked in at 07:12, cửa 2, máy 5.');
  });

  test('of somebody who is not on the list', () => {
    expect(answer([arrive('e1', 'a', 'XQ7', '07:41')])).toEqual({
      tone: 'noted',
      text: 'Chưa có trong danh sách, đã ghi lại.',
    });
  });

  test('of somebody who belongs to another bridge', () => {
    expect(answer([arrive('e1', 'a', 'dung', '07:41')]).text).toBe(
      'Vừa điểm danh 07:41:00. Thuộc danh sách của xã La Bằng.',
    );
  });

  test('of somebody seen at two bridges: which scan came last decides where they count', () => {
    const atA = arrive('e1', 'a', 'an', '07:40');
    const atB = arrive('e2', 'b', 'an', '07:55');
    expect(answer([atA, atB])).toEqual({
      tone: 'look',
      text: 'Đã ghi có mặt tại đây. Trước đó, lúc 07:40, đã điểm danh tại xã Yên Lãng và chưa ghi về.',
    });
    expect(answer([atB, atA])).toEqual({
      tone: 'look',
      text: 'Đã ghi lại. Sau lượt này, lúc 07:55, đã điểm danh tại xã La Bằng và tính ở đó.',
    });
  });

  test('of an upload after the bridge has closed', () => {
    const events = [anEvent('c1', 'close', 'a', '11:35', {}), arrive('e1', 'a', 'an', '07:45')];
    expect(answer(events, 'vi', '13:10').text).toBe(
      'Đã ghi có mặt từ 07:45:00. Điểm cầu đã đóng, báo cáo sẽ có bản mới.',
    );
  });

  test('of everything else that a host does', () => {
    const told = [
      [arrive('e1', 'a', 'an', '07:40'), anEvent('e2', 'leave', 'a', '09:10', { person: 'an' })],
      [anEvent('e1', 'leave', 'a', '09:10', { person: 'an' })],
      [anEvent('e1', 'excuse', 'a', '07:00', { person: 'an', reason: 'ốm' })],
      [
        anEvent('c1', 'close', 'a', '11:35', {}),
        anEvent('e1', 'excuse', 'a', '11:30', { person: 'an', reason: 'ốm' }),
      ],
      [
        arrive('e1', 'a', 'an', '07:40'),
        anEvent('e2', 'excuse', 'a', '08:00', { person: 'an', reason: 'ốm' }),
      ],
      [anEvent('e1', 'walk-in', 'b', '07:58', { name: 'Lò Thị Hà', unit: 'Bản Mới', mode: 'in-person' })],
      [anEvent('e1', 'count', 'b', '08:00', { point: 'cửa 1', counts: { partyMember: 1200, other: 34 } })],
      [
        arrive('e1', 'a', 'an', '07:40'),
        anEvent('v1', 'void', 'a', '07:42', { target: 'e1', reason: 'nhầm người' }),
      ],
      [
        arrive('e1', 'a', 'an', '07:40'),
        anEvent('v1', 'void', 'b', '07:42', { target: 'e1', reason: 'nhầm người' }),
      ],
      [
        anEvent('v1', 'void', 'a', '07:42', { target: 'e1', reason: 'nhầm' }),
        arrive('e1', 'a', 'an', '07:40'),
      ],
      [anEvent('e1', 'open', 'a', '07:00', {})],
      [anEvent('e1', 'close', 'a', '11:35', {})],
    ].map((events) => answer(events, 'vi', '11:36').text);
    expect(told).toEqual([
      'Đã ghi về lúc 09:10.',
      'Đã ghi lại. Lúc 09:10 người này không có mặt tại đây.',
      'Đã ghi xin vắng: ốm.',
      'Đã ghi vắng có lý do: ốm. Điểm cầu đã đóng, báo cáo sẽ có bản mới.',
      'Đã ghi lý do: ốm. Nhưng người này đã có mặt, nên vẫn tính là có mặt.',
      'Đã ghi khách ngoài danh sách: Lò Thị Hà, Bản Mới.',
      'Đã ghi 1.234 người tại cửa 1, không kể người điểm danh theo tên.',
      'Đã hoàn tác: nhầm người.',
      'Đã ghi lại nhưng không hoàn tác: lượt ấy của điểm cầu khác.',
      'Đã ghi lại. Lượt này đã được hoàn tác.',
      'Đã mở điểm cầu lúc 07:00.',
      'Đã đóng điểm cầu lúc 11:35. Người được triệu tập mà chưa điểm danh tính là vắng.',
    ]);
  });
});

describe('words', () => {
  test('every state has its word, excused before the close and absent with reason after it', () => {
    const since = at('07:40');
    const states = [
      { state: 'unmarked' },
      { state: 'excused', reason: 'ốm' },
      { state: 'present', at: bridgeId('a'), since, mode: 'in-person' },
      { state: 'present', at: bridgeId('a'), since, mode: 'online' },
      { state: 'left', at: bridgeId('a'), since, until: since, mode: 'online' },
      { state: 'absent', reason: 'ốm' },
      { state: 'absent', reason: null },
    ] as const;
    expect(states.map((state) => presenceWord(state, 'vi'))).toEqual([
      'chưa điểm danh',
      'xin vắng',
      'có mặt',
      'trực tuyến',
      'đã về',
      'vắng có lý do',
      'vắng',
    ]);
  });

  test('every flag and outcome has its own sentence in both languages', () => {
    const sentences = (['vi', 'en'] as const).flatMap((language) => [
      ...FLAGS.map((flag) => flagSentence(flag, language)),
      ...OUTCOMES.map((outcome) => outcomeSentence(outcome, language)),
    ]);
    expect(new Set(sentences).size).toBe(2 * (FLAGS.length + OUTCOMES.length));
  });
});
