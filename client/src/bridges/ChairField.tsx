import { Combobox, InputBase, useCombobox } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';

import { PersonId } from '../../../domain/ids.ts';
import { peopleContracts } from '../../../domain/wire/people.ts';
import type { BridgeRow } from '../../../domain/wire/bridges.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';

/** Who chairs a bridge, found by name with or without marks. */
export function ChairField({
  conference,
  row,
  disabled,
  error,
  onChair,
}: {
  conference: string;
  row: BridgeRow;
  disabled: boolean;
  error: string | null;
  onChair: (person: PersonId | null, name: string | null) => void;
}) {
  const { t } = useWords();
  const [text, setText] = useState(row.chairName ?? '');
  const asked = useDeferredValue(text.trim());
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const people = useQuery({
    queryKey: ['conference', conference, 'people', 'found', asked],
    queryFn: ({ signal }) =>
      call(peopleContracts.people, { params: { conference }, body: { q: asked, limit: 8 } }, signal),
    enabled: !disabled && asked !== '' && asked !== row.chairName,
    placeholderData: keepPreviousData,
  });
  const leave = () => {
    box.closeDropdown();
    if (text.trim() === '' && row.chair !== null) onChair(null, null);
    else setText(row.chairName ?? '');
  };
  return (
    <Combobox
      store={box}
      onOptionSubmit={(id) => {
        const person = people.data?.items.find((one) => one.id === id);
        setText(person?.name ?? '');
        onChair(PersonId.parse(id), person?.name ?? null);
        box.closeDropdown();
      }}
    >
      <Combobox.Target>
        <InputBase
          label={t('bridges.chair')}
          size="md"
          value={text}
          disabled={disabled}
          error={error}
          placeholder={t('bridges.noChair')}
          onChange={(event) => {
            setText(event.currentTarget.value);
            box.openDropdown();
          }}
          onBlur={leave}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options aria-label={t('bridges.chair')}>
          {(people.data?.items ?? []).map((person) => (
            <Combobox.Option key={person.id} value={person.id} mih={44}>
              <b>{person.name}</b> {person.positions[0]?.text}
            </Combobox.Option>
          ))}
          {people.data?.items.length === 0 ? <Combobox.Empty>{t('people.nobody')}</Combobox.Empty> : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
