import { describe, expect, test } from 'vitest';

import type { RecordedEvent } from '../../../domain/attendance/event.ts';
import { noticeSentence } from '../../../domain/reports/chair-sentences.ts';
import { signingNotices, turnsOf, type SigningState } from '../../../domain/reports/chair-summary.ts';
import { aBridge, anEvent, at, eventId, recorded, treeOf } from '../attendance/factory.ts';

const tree = treeOf([aBridge('t', null), aBridge('a', 't')]);
const turns = (...events: RecordedEvent[]) =>
  turnsOf(events, (id) => tree.path(id).map((bridge) => bridge.id));
const open = (id: string, time: string) => recorded(anEvent(id, 'open', 'a', time, {}));
const close = (id: string, time: string) => recorded(anEvent(id, 'close', 'a', time, {}));
const undo = (id: string, target: string, by = 'a') =>
  recorded(anEvent(id, 'void', by, '11:50', { target: eventId(target), reason: 'nhầm' }));

describe('when a bridge opened and closed', () => {
  test('is what stands: taken back and done again counts as it was done again', () => {
    const found = turns(open('o1', '07:00'), close('c1', '11:00'), undo('v1', 'c1'), close('c2', '11:35'));
    expect([found.opened?.at, found.closed?.at]).toEqual([at('07:00'), at('11:35')]);
    expect(turns(open('o1', '07:00'), close('c1', '11:00'), undo('v1', 'c1')).closed).toBeNull();
  });

  test('an undo that was undone takes nothing back, nor does one of a bridge beside', () => {
    expect(turns(close('c1', '11:00'), undo('v1', 'c1'), undo('v2', 'v1')).closed?.at).toBe(at('11:00'));
    expect(turns(close('c1', '11:00'), undo('v1', 'c1', 'khac')).closed?.at).toBe(at('11:00'));
    expect(turns(close('c1', '11:00'), undo('v1', 'c1', 't')).closed).toBeNull();
  });

  test('nobody has said so: nothing', () => {
    expect(turns()).toEqual({ opened: null, closed: null });
  });
});

describe('what the chair must know before signing', () => {
  const ready: SigningState = {
    state: 'closed',
    machines: [{ name: 'Cửa 1', waiting: 0, since: null }],
    toResolve: 0,
    version: { version: 2, sequence: 40 },
    changedAt: 40,
    hasCheckpoint: true,
    hasChair: true,
  };
  const kinds = (changed: Partial<SigningState>) =>
    signingNotices({ ...ready, ...changed }).map(({ kind }) => kind);

  test('is nothing where the bridge is closed, everything is in, frozen, and covered by a checkpoint', () => {
    expect(kinds({})).toEqual([]);
  });

  test('is said plainly: no closing checkpoint, no version, or something that came after the version', () => {
    expect(kinds({ hasCheckpoint: false })).toEqual(['no closing checkpoint']);
    expect(kinds({ version: null })).toEqual(['no version']);
    expect(kinds({ changedAt: 41 })).toEqual(['events after version']);
  });

  test('is what still waits on a machine, with since when; the worst comes first', () => {
    const machines = [{ name: 'Cửa 2', waiting: 37, since: at('07:41') }];
    const notices = signingNotices({ ...ready, state: 'open', machines, toResolve: 2, hasChair: false });
    expect(notices.map(({ kind }) => kind)).toEqual([
      'not closed',
      'machine waits',
      'to resolve',
      'no chair',
    ]);
    expect(notices.map((notice) => noticeSentence(notice, 'vi'))[1]).toBe(
      'Cửa 2 còn 37 lượt chưa gửi, lượt cũ nhất lúc 07:41 thứ Hai, 13/01/2025. Khi gửi lên, báo cáo sẽ có bản mới.',
    );
  });

  test('has a sentence in both languages', () => {
    const all = [
      ...signingNotices({
        ...ready,
        state: 'unopened',
        version: null,
        hasCheckpoint: false,
        hasChair: false,
      }),
      ...signingNotices({ ...ready, state: 'open', toResolve: 1, changedAt: 99 }),
      ...signingNotices({ ...ready, machines: [{ name: 'Máy 1', waiting: 1, since: null }] }),
    ];
    const said = all.flatMap((notice) => (['vi', 'en'] as const).map((in_) => noticeSentence(notice, in_)));
    expect(new Set(said).size).toBe(2 * all.length);
    expect(said.join(' ')).not.toMatch(/null|undefined|NaN/);
  });
});
