import { Button, Stack, Text, TextInput } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';

import { readCode } from '../../../domain/passes/codes.ts';
import type { Resolution } from '../../../domain/passes/resolve.ts';
import { formatTime } from '../../../domain/text/dates.ts';
import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { SearchIcon } from '../parts/icons.tsx';
import { type CodeToResolve, type FoundPerson, nameOfCode } from './codes.ts';
import classes from './codes.module.css';

/** Nobody is looked for between two letters. */
const PAUSE_MS = 150;

interface Props {
  readonly code: CodeToResolve;
  readonly find: (text: string) => Promise<readonly FoundPerson[]>;
  readonly onClose: () => void;
  readonly onResolve: (resolution: Resolution, name: string) => void;
}

/** Says whose a code is: somebody of the list, a guest, or nobody's, scanned by mistake. All of it with the keyboard. */
export function ResolveDialog({ code, find, onClose, onResolve }: Props) {
  const { t } = useWords();
  const [guest, setGuest] = useState(false);
  const { proposed } = code;
  const person = ({ person: id, name }: FoundPerson) => onResolve({ kind: 'person', person: id }, name);
  return (
    <Dialog title={t('codes.title', { name: nameOfCode(code.code, t) })} onClose={onClose}>
      <Stack>
        <Text>{t(`codes.todo.${readCode(code.code).kind}`, { at: formatTime(code.first) })}</Text>
        {guest ? (
          <Guest onBack={() => setGuest(false)} onResolve={onResolve} />
        ) : (
          <>
            {proposed === null ? null : (
              <Button
                data-autofocus
                h="auto"
                mih={52}
                py="xs"
                classNames={{ label: classes['wrap'] ?? '' }}
                onClick={() => person(proposed)}
              >
                {t('codes.isThem', { name: proposed.name, position: proposed.position })}
              </Button>
            )}
            <PersonSearch first={proposed === null} find={find} onPerson={person} />
            <Button variant="default" onClick={() => setGuest(true)}>
              {t('codes.guest')}
            </Button>
            <Button variant="default" onClick={() => onResolve({ kind: 'mistake' }, '')}>
              {t('codes.mistake')}
            </Button>
          </>
        )}
      </Stack>
    </Dialog>
  );
}

/** Looks somebody up by name: arrows choose, Enter takes. */
function PersonSearch({
  first,
  find,
  onPerson,
}: {
  first: boolean;
  find: (text: string) => Promise<readonly FoundPerson[]>;
  onPerson: (person: FoundPerson) => void;
}) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const [found, setFound] = useState<readonly FoundPerson[] | null>(null);
  const [chosen, setChosen] = useState(0);
  /** Rises with every letter: only the answer to the last question counts. */
  const turn = useRef(0);
  const type = (next: string) => {
    setText(next);
    setFound(null);
    turn.current += 1;
    const own = turn.current;
    if (next.trim() !== '') setTimeout(() => own === turn.current && void look(next, own), PAUSE_MS);
  };
  const look = async (next: string, own: number) => {
    const answer = await find(next).catch(() => []);
    if (own !== turn.current) return;
    setFound(answer);
    setChosen(0);
  };
  const people = found ?? [];
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && people.length > 0) {
      event.preventDefault();
      setChosen((chosen + step + people.length) % people.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const one = people[chosen];
      if (one !== undefined) onPerson(one);
    }
  };
  return (
    <div>
      <TextInput
        label={t('codes.search')}
        leftSection={<SearchIcon />}
        value={text}
        {...(first && { 'data-autofocus': true })}
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        role="combobox"
        aria-expanded={people.length > 0}
        aria-controls="whose"
        aria-autocomplete="list"
        aria-activedescendant={people.length > 0 ? `whose-${chosen}` : undefined}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={keys}
      />
      <div id="whose" role="listbox" aria-label={t('codes.found')}>
        {people.map((one, index) => (
          // The field keeps the focus and hears the keys.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <div
            key={one.person}
            id={`whose-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            className={classes['option']}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPerson(one)}
          >
            <b>{one.name}</b> <span className={classes['dim']}>{one.position}</span>
          </div>
        ))}
      </div>
      <Text c="dimmed" mih="1.5em" role="status">
        {found === null ? '' : people.length === 0 ? t('codes.nobody') : t('codes.enter')}
      </Text>
    </div>
  );
}

function Guest({
  onBack,
  onResolve,
}: {
  onBack: () => void;
  onResolve: (resolution: Resolution, name: string) => void;
}) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const [unit, setUnit] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === '') return;
        onResolve({ kind: 'walk-in', name: name.trim(), unit: unit.trim() }, name.trim());
      }}
    >
      <Stack>
        <TextInput
          label={t('walkIn.name')}
          required
          autoFocus
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('walkIn.unit')}
          maxLength={300}
          value={unit}
          onChange={(event) => setUnit(event.currentTarget.value)}
        />
        <Button type="submit" disabled={name.trim() === ''}>
          {t('walkIn.record')}
        </Button>
        <Button variant="default" onClick={onBack}>
          {t('codes.back')}
        </Button>
      </Stack>
    </form>
  );
}
