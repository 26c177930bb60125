import { Combobox, InputBase, useCombobox } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';

import { filterPlaces, type BridgeNode, type Forest } from '../../../domain/bridges/forest.ts';
import type { BridgeId } from '../../../domain/ids.ts';
import { useWords } from '../app/language.ts';
import { wayTo } from './BridgeRows.tsx';

const MOST = 8;

/** Chooses one of the bridges by typing, marks set aside. Emptied, it chooses none, where that is offered. */
export function BridgePicker({
  forest,
  label,
  value,
  error,
  disabled = false,
  autoFocus = false,
  placeholder,
  without,
  onPick,
}: {
  forest: Forest;
  label: string;
  value: BridgeId | null;
  error?: string | null;
  disabled?: boolean;
  autoFocus?: boolean;
  /** What no choice means; without it one has to be made. */
  placeholder?: string;
  /** A bridge that, with all below it, cannot be chosen. */
  without?: BridgeNode | undefined;
  onPick: (bridge: BridgeId | null) => void;
}) {
  const { t } = useWords();
  const node = value === null ? undefined : forest.nodes[forest.placeOf.get(value) ?? -1];
  const own = node?.name ?? '';
  const [text, setText] = useState(own);
  const [named, setNamed] = useState(own);
  if (named !== own) {
    setNamed(own);
    setText(own);
  }
  const asked = text.trim();
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const found = useMemo(() => {
    const isOut = (place: number) => without !== undefined && place >= without.place && place < without.end;
    const query = asked === own ? '' : asked;
    const places = filterPlaces(forest, { query, class: null, lack: null, top: null });
    return places.filter((place) => !isOut(place)).slice(0, MOST);
  }, [forest, asked, own, without]);
  // What stands first is what Enter takes.
  useEffect(() => {
    if (asked !== own) box.selectFirstOption();
    // The box is another object at every look.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [found]);
  return (
    <Combobox
      store={box}
      onOptionSubmit={(id) => {
        const picked = forest.nodes[Number(id)];
        if (picked === undefined) return;
        setText(picked.name);
        onPick(picked.id);
        box.closeDropdown();
      }}
    >
      <Combobox.Target>
        <InputBase
          label={label}
          size="md"
          value={text}
          disabled={disabled}
          placeholder={placeholder}
          error={error}
          {...(autoFocus ? { 'data-autofocus': true } : {})}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => {
            setText(event.currentTarget.value);
            box.openDropdown();
          }}
          onBlur={() => {
            box.closeDropdown();
            if (text.trim() === '' && value !== null && placeholder !== undefined) onPick(null);
            else setText(own);
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options aria-label={label}>
          {found.map((place) => {
            const one = forest.nodes[place];
            return one === undefined ? null : (
              <Combobox.Option key={one.id} value={String(place)} mih={44}>
                <b>{one.name}</b> {wayTo(forest, one)}
              </Combobox.Option>
            );
          })}
          {found.length === 0 ? (
            <Combobox.Empty>{t('bridges.notFound', { query: asked })}</Combobox.Empty>
          ) : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
