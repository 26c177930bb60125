import { describe, expect, test } from 'vitest';

import type { AttendanceEvent } from '../../../domain/attendance/event.ts';
import { digestTexts, isSameEvent, ledgerForm, readForm, textsOf } from '../../../domain/ledger/form.ts';
import { anEvent } from '../attendance/factory.ts';
import { sha256 } from './small-ledger.ts';

const arrive = anEvent('e1', 'arrive', 'a', '07:40', { person: 'an', mode: 'online' });
const excuse = (reason: string) => anEvent('e1', 'excuse', 'a', '08:00', { person: 'an', reason });
const count = (counts: Record<string, number>) =>
  anEvent('e1', 'count', 'b', '08:05', { point: 'cửa 1', counts });

/** As the ledger keeps an event: its form, and beside it what people wrote. */
function kept(event: AttendanceEvent, salt = 'muối') {
  const texts = textsOf(event);
  return { form: ledgerForm(event, texts && digestTexts(texts, salt, sha256)), texts };
}

const ofEveryKind = [
  anEvent('e1', 'open', 'a', '07:00', {}),
  anEvent('e2', 'arrive', 'a', '07:40', { person: 'an', mode: 'online' }, { offset: -250 }),
  anEvent('e3', 'leave', 'a', '09:10', { person: 'an' }),
  anEvent('e4', 'excuse', 'a', '08:00', { person: 'binh', reason: 'ốm "nặng"' }),
  anEvent('e5', 'walk-in', 'b', '07:58', { name: 'Lò Thị Hà', unit: '', mode: 'in-person' }),
  anEvent('e6', 'count', 'b', '08:05', { point: 'cửa 1', counts: { other: 0, partyMember: 38 } }),
  anEvent('e7', 'void', 'a', '07:33', { target: 'e2', reason: 'nhầm' }),
  anEvent('e8', 'close', 'a', '11:35', {}),
];

describe('the form of an event in the ledger', () => {
  test('has its fields in a fixed order, whatever order the sender wrote them in', () => {
    const reversed = Object.fromEntries(Object.entries(arrive).toReversed()) as typeof arrive;
    expect(kept(reversed).form).toBe(kept(arrive).form);
    expect(kept(arrive).form).toBe('["arrive","e1","s1","a","m1",1736728800000,0,"an","online"]');
  });

  test('has categories in order, and tells zero from none', () => {
    expect(kept(count({ other: 4, partyMember: 38 })).form).toBe(
      kept(count({ partyMember: 38, other: 4 })).form,
    );
    expect(kept(count({ partyMember: 38 })).form).not.toBe(kept(count({ partyMember: 38, other: 0 })).form);
  });

  test('is the same for a text in NFC and in NFD', () => {
    expect(kept(excuse('ốm'.normalize('NFD')))).toEqual(kept(excuse('ốm'.normalize('NFC'))));
  });

  test('holds digests in the place of what people wrote, which the salt keeps from being guessed', () => {
    const { form, texts } = kept(ofEveryKind[4]!);
    expect(texts).toEqual({ name: 'Lò Thị Hà', unit: '' });
    expect(form).not.toContain('Lò');
    expect(form.match(/[0-9a-f]{64}/g)).toHaveLength(2);
    expect(kept(ofEveryKind[4]!, 'muối khác').form).not.toBe(form);
  });

  test('says of two fields with the same text different things', () => {
    const { name, unit } = digestTexts({ name: 'Hà', unit: 'Hà' }, 'muối', sha256);
    expect(name).not.toBe(unit);
  });

  test('reads back as the event that it was made of, of every kind', () => {
    const read = ofEveryKind.map((event) => {
      const { form, texts } = kept(event);
      return readForm(form, texts);
    });
    expect(read).toEqual(ofEveryKind);
  });

  test('reads back with empty texts once they were erased, everything else as it was', () => {
    const { form } = kept(excuse('ốm'));
    expect(readForm(form, null)).toEqual({ ...excuse('ốm'), reason: '' });
  });
});

describe('the event that the ledger has under an id', () => {
  test('is the same as itself, of every kind, with its texts and after they were erased', () => {
    for (const event of ofEveryKind) {
      const { form, texts } = kept(event);
      expect(isSameEvent({ ...event }, form, texts)).toBe(true);
      expect(isSameEvent({ ...event }, form, null)).toBe(true);
    }
  });

  test('is another one as soon as anything differs', () => {
    const others: AttendanceEvent[] = [
      anEvent('e1', 'arrive', 'a', '07:40', { person: 'an', mode: 'online' }),
      anEvent('e1', 'arrive', 'a', '07:40', { person: 'an', mode: 'in-person' }),
      anEvent('e1', 'arrive', 'b', '07:40', { person: 'an', mode: 'online' }),
      anEvent('e1', 'arrive', 'a', '07:41', { person: 'an', mode: 'online' }),
      anEvent('e1', 'arrive', 'a', '07:40', { person: 'an', mode: 'online' }, { device: 'm2' }),
      anEvent('e1', 'arrive', 'a', '07:40', { person: 'an', mode: 'online' }, { offset: 1 }),
      anEvent('e1', 'leave', 'a', '07:40', { person: 'an' }),
      anEvent('e1', 'excuse', 'a', '07:40', { person: 'an', reason: 'ốm' }),
      anEvent('e1', 'excuse', 'a', '07:40', { person: 'an', reason: 'bận' }),
      anEvent('e1', 'void', 'a', '07:40', { target: 'an', reason: 'ốm' }),
      anEvent('e1', 'walk-in', 'a', '07:40', { name: 'an', unit: '', mode: 'online' }),
      anEvent('e1', 'walk-in', 'a', '07:40', { name: 'an', unit: 'an', mode: 'online' }),
      anEvent('e1', 'open', 'a', '07:40', {}),
      anEvent('e1', 'close', 'a', '07:40', {}),
    ];
    for (const [index, event] of others.entries()) {
      const { form, texts } = kept(event);
      expect(others.map((other) => isSameEvent(other, form, texts))).toEqual(
        others.map((_, at) => at === index),
      );
    }
  });

  test('is no event that can be read where the form is damaged', () => {
    expect(isSameEvent(arrive, kept(arrive).form.slice(0, -3), null)).toBe(false);
  });
});
