import { performance } from 'node:perf_hooks';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  proposeDuplicates,
  type Candidate,
  type DuplicateProposal,
} from '../../../domain/composition/duplicates.ts';
import { personNamed, type Person } from '../../../domain/composition/person.ts';
import { PersonId } from '../../../domain/ids.ts';
import { toneKey } from '../../../domain/text/search.ts';

let people = 0;
function person(values: Partial<Person> = {}): Person {
  people += 1;
  return {
    id: PersonId.parse(`p${people}`),
    ...personNamed('Nguyễn Văn An'),
    ...values,
  };
}

function inUnit(unit: string | null, organisation: string | null = null): Partial<Person> {
  return { positions: [{ text: 'Bí thư', unit, organisation }] as unknown as Person['positions'] };
}

const rows = (...all: Person[]): Candidate[] => all.map((one, at) => ({ row: at + 2, person: one }));
const certainties = (proposals: readonly DuplicateProposal[]) =>
  proposals.map(({ row, other, certainty }) => [row, 'row' in other ? other.row : other.person, certainty]);

describe('two entries that may be one person', () => {
  it('are the same with the same card, whatever their names', () => {
    const known = person({ identity: 'SC1', name: 'Trần Thị Bé' });
    expect(certainties(proposeDuplicates([known], rows(person({ identity: 'SC1' }))))).toEqual([
      [2, known.id, 'same'],
    ]);
  });

  it('are two people with two different cards, whatever else they share', () => {
    const first = person({ identity: 'SC1', birthDate: '1970-01-01', ...inUnit('97') });
    const second = person({ identity: 'SC2', birthDate: '1970-01-01', ...inUnit('97') });
    expect(proposeDuplicates([], rows(first, second))).toEqual([]);
  });

  it('are likely one with the same name and unit, organisation or birth date, perhaps one with the name alone', () => {
    const found = proposeDuplicates(
      [],
      rows(
        person(inUnit('97', 'Huyện ủy')),
        person(inUnit('98')),
        person(inUnit('98')),
        person(inUnit(null, 'HUYỆN UỶ')),
        person({ birthDate: '1970-01-01', ...inUnit('99') }),
        person({ birthDate: '1970-01-01' }),
      ),
    );
    expect(certainties(found)).toEqual([
      [3, 2, 'perhaps'],
      [4, 3, 'likely'],
      [5, 2, 'likely'],
      [6, 2, 'perhaps'],
      [7, 6, 'likely'],
    ]);
  });

  it('of different birth dates are no more than perhaps one, also in one unit', () => {
    const first = person({ birthDate: '1970-01-01', ...inUnit('97') });
    const second = person({ birthDate: '1980-01-01', ...inUnit('97') });
    expect(certainties(proposeDuplicates([], rows(first, second)))).toEqual([[3, 2, 'perhaps']]);
  });
});

/** The rule as it reads: everybody known before is asked, in the order in which they came. */
function askingEverybody(roster: readonly Person[], candidates: readonly Candidate[]): DuplicateProposal[] {
  const known: { readonly person: Person; readonly row: number | null }[] = roster.map((one) => ({
    person: one,
    row: null,
  }));
  const proposals: DuplicateProposal[] = [];
  for (const { row, person: mine } of candidates) {
    const same = known.find(({ person: one }) => mine.identity !== null && one.identity === mine.identity);
    const open = known.filter(
      ({ person: one }) =>
        toneKey(one.name) === toneKey(mine.name) && (one.identity === null || mine.identity === null),
    );
    const found = same ?? open.find(({ person: one }) => sharesBirthOrPlace(mine, one)) ?? open[0];
    if (found !== undefined) {
      const other =
        found.row === null ? { person: found.person.id, name: found.person.name } : { row: found.row };
      const likely = sharesBirthOrPlace(mine, found.person) ? 'likely' : 'perhaps';
      proposals.push({ row, name: mine.name, other, certainty: found === same ? 'same' : likely });
    }
    known.push({ person: mine, row });
  }
  return proposals;
}

function sharesBirthOrPlace(a: Person, b: Person): boolean {
  if (a.birthDate !== null && b.birthDate !== null) return a.birthDate === b.birthDate;
  return a.positions.some((mine) =>
    b.positions.some(
      ({ unit, organisation }) =>
        (unit !== null && unit === mine.unit) ||
        (organisation !== null &&
          mine.organisation !== null &&
          toneKey(organisation) === toneKey(mine.organisation)),
    ),
  );
}

const anybody = fc
  .record({
    name: fc.constantFrom('Nguyễn Văn An', 'NGUYỄN VĂN AN', 'Lê Thị Hòa', 'Lê Thị Hoà'),
    identity: fc.constantFrom(null, null, 'SC1', 'SC2', 'SC3'),
    birthDate: fc.constantFrom(null, null, '1970-01-01', '1980-01-01'),
    places: fc.array(
      fc.record({
        unit: fc.constantFrom(null, '97', '971'),
        organisation: fc.constantFrom(null, 'Huyện ủy', 'Huyện uỷ', 'Sở Y tế'),
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ places, ...values }) =>
    person({
      ...values,
      positions: places.map((place) => ({ text: 'Bí thư', ...place })) as unknown as Person['positions'],
    }),
  );

it('proposes what asking everybody would find', () => {
  fc.assert(
    fc.property(fc.array(anybody, { maxLength: 8 }), fc.array(anybody, { maxLength: 12 }), (roster, file) => {
      expect(proposeDuplicates(roster, rows(...file))).toEqual(askingEverybody(roster, rows(...file)));
    }),
    { numRuns: 500 },
  );
});

it('is done at once with a file in which everybody has one name', () => {
  const file = rows(...Array.from({ length: 20_000 }, (_, at) => person(inUnit(`u${at}`, `Chi bộ ${at}`))));
  const start = performance.now();
  const found = proposeDuplicates([], file);
  // Asking everybody takes minutes; a busy machine does this in well under a second.
  expect(performance.now() - start).toBeLessThan(5000);
  expect(found).toHaveLength(19_999);
});
