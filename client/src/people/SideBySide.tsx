import { Table } from '@mantine/core';

import { differencesOf, PERSON_PARTS, type PersonPart } from '../../../domain/composition/merge.ts';
import type { Person } from '../../../domain/composition/person.ts';
import { formatDate } from '../../../domain/text/dates.ts';
import { assertNever } from '../../../domain/result.ts';
import { CivilDate } from '../../../domain/time.ts';
import { useWords, type Words } from '../app/language.ts';
import classes from './people.module.css';

/** Entries of people beside each other, where they differ marked by words and ground. Null works the differences out. */
export function SideBySide({
  people,
  heads,
  differs,
}: {
  people: readonly Person[];
  heads?: readonly string[];
  differs: readonly PersonPart[] | null;
}) {
  const { t } = useWords();
  const [first, second] = people;
  const marked = differs ?? (first !== undefined && second !== undefined ? differencesOf(first, second) : []);
  const rows = PERSON_PARTS.map((part) => ({
    part,
    cells: people.map((person) => wordsOf(person, part, t)),
  })).filter(({ cells }) => cells.some((cell) => cell !== ''));
  return (
    <div className={classes['scroll']} role="group" tabIndex={0} aria-label={t('person.entry')}>
      <Table>
        {heads === undefined ? null : (
          <Table.Thead>
            <Table.Tr>
              <Table.Td />
              {heads.map((head) => (
                <Table.Th key={head}>{head}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
        )}
        <Table.Tbody>
          {rows.map(({ part, cells }) => (
            <Table.Tr key={part} className={marked.includes(part) ? classes['differs'] : undefined}>
              <Table.Th scope="row">
                {t(`personField.${part}`)}
                {marked.includes(part) ? ` (${t('person.differs')})` : ''}
              </Table.Th>
              {cells.map((cell, at) => (
                // oxlint-disable-next-line react/no-array-index-key
                <Table.Td key={at}>{cell}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function wordsOf(person: Person, part: PersonPart, t: Words): string {
  switch (part) {
    case 'positions':
      return person.positions
        .map(({ text, organisation, unit }) =>
          [text, organisation, unit].filter((one) => one !== null).join(', '),
        )
        .join(' · ');
    case 'birthDate':
      return person.birthDate === null ? '' : formatDate(CivilDate.parse(person.birthDate));
    case 'identity':
      // The hash of a citizen's number says nothing to anybody.
      return person.identity?.startsWith('cccd:') === true ? t('person.hasNumber') : (person.identity ?? '');
    case 'partyMember':
    case 'collectiveLeadership':
    case 'namedInPlan':
      return person[part] === true ? t('app.yes') : '';
    case 'precedence':
      return person.precedence === null ? '' : String(person.precedence);
    case 'name':
    case 'phone':
    case 'email':
      return person[part] ?? '';
    default:
      return assertNever(part);
  }
}
