import { describe, expect, test } from 'vitest';

import { ACTS } from '../../../domain/audit/acts.ts';
import { saySentence, type Said } from '../../../domain/audit/sentences.ts';
import type { AccountId } from '../../../domain/ids.ts';
import { instantOf } from '../../../domain/time.ts';

const said: Said = {
  act: 'people',
  outcome: 'done',
  reason: null,
  by: 'a1' as AccountId,
  who: 'Nguyễn Thị Thử',
  username: null,
  address: '10.1.2.3',
  at: instantOf('2025-01-13T07:41:00+07:00')!,
  on: [{ kind: 'bridge', id: 'b1', name: 'Huyện Đại Từ' }],
};
const both = (more: Partial<Said>) => {
  const own = { ...said, ...more };
  return [saySentence(own, 'vi'), saySentence(own, 'en')];
};

describe('an entry says', () => {
  test('who looked at what, where, when and from where', () => {
    expect(both({})).toEqual([
      'Nguyễn Thị Thử xem danh sách người ở điểm cầu Huyện Đại Từ lúc 07:41 13/01/2025, từ máy 10.1.2.3.',
      'Nguyễn Thị Thử looked at the list of people at bridge Huyện Đại Từ at 07:41 13/01/2025, from 10.1.2.3.',
    ]);
  });

  test('what was tried and why it was refused', () => {
    expect(both({ outcome: 'refused', reason: 'forbidden', on: [] })).toEqual([
      'Nguyễn Thị Thử định xem danh sách người lúc 07:41 13/01/2025, từ máy 10.1.2.3. Bị từ chối: không có quyền.',
      'Nguyễn Thị Thử tried to look at the list of people at 07:41 13/01/2025, from 10.1.2.3. Refused: not allowed.',
    ]);
  });

  test('that nothing is known of the end of what was cut short', () => {
    const [vi, en] = both({ act: 'place', outcome: 'open' });
    expect(vi).toMatch(/bắt đầu xếp chỗ .* Không rõ kết quả/);
    expect(en).toMatch(/began to place the people .* How it ended is not known/);
  });

  test('what the program and the operator did, by their own names', () => {
    const own = { act: 'freezeReport', who: null, address: null, on: [] };
    expect(both({ ...own, by: 'program' })).toEqual([
      'Chương trình chốt báo cáo điểm danh lúc 07:41 13/01/2025.',
      'The program froze the attendance report at 07:41 13/01/2025.',
    ]);
    expect(both({ act: 'cli backup', by: 'operator', who: 'root', on: [] })[0]).toMatch(
      /^Người vận hành máy chủ \(root\) chạy lệnh “backup” lúc/,
    );
  });

  test('under which name somebody tried who was not signed in', () => {
    const [vi, en] = both({ act: 'signIn', by: 'nobody', who: null, username: 'ai-do', on: [] });
    expect(vi).toMatch(/^Một người xưng tên “ai-do” đăng nhập/);
    expect(en).toMatch(/^Somebody under the name “ai-do” signed in/);
  });

  test('an id where a name was erased or is gone', () => {
    expect(both({ who: null, on: [{ kind: 'person', id: 'p1', name: null }] })[0]).toMatch(
      /^Tài khoản a1 xem danh sách người p1 lúc/,
    );
  });

  test('the first of many things, and how many more', () => {
    const on = Array.from({ length: 12 }, (_, at) => ({ kind: 'bridge', id: `b${at}`, name: `Xã ${at}` }));
    expect(both({ on })[0]).toContain('ở điểm cầu Xã 0, điểm cầu Xã 1, điểm cầu Xã 2 và 9 mục khác lúc');
  });
});

test.each(Object.keys(ACTS))('%s is a whole sentence in both languages, done and refused', (act) => {
  for (const outcome of ['done', 'refused', 'open'] as const) {
    const [vi, en] = both({ act, outcome, reason: 'failed', on: [] });
    expect(vi).toMatch(/^Nguyễn Thị Thử \p{Ll}.*\.$/u);
    expect(en).toMatch(/^Nguyễn Thị Thử [a-z].*\.$/);
    expect(en).not.toMatch(/[ạảấầệọụ]/);
    expect(`${vi}${en}`).not.toMatch(/undefined|null|\s\s/);
  }
});
