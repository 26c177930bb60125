import { ActionIcon, TextInput } from '@mantine/core';
import { type KeyboardEvent, lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';

import type { PersonId } from '../../../domain/ids.ts';
import { passIn } from '../../../domain/passes/pass.ts';
import { assertNever } from '../../../domain/result.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { DoorRow } from '../../../domain/wire/attendance.ts';
import { useWords } from '../app/language.ts';
import { CameraIcon, SearchIcon } from '../parts/icons.tsx';
import { isTyping } from '../parts/keys.ts';
import { Loading } from '../parts/Pages.tsx';
import classes from './ScanField.module.css';
import door from './door.module.css';
import { FIELD_ID } from './earlyKeys.ts';
import { find, looksLikeCode, type Meaning, meaningOf, peopleOf } from './find.ts';
import { PresenceMark } from './PresenceMark.tsx';
import { useKeptScans } from './useKeptScans.ts';

const CameraScan = lazy(async () => ({
  default: (await import('./camera/CameraScan.tsx')).CameraScan,
}));

interface Props {
  /** Null while the list is not there: what is scanned meanwhile is kept, and done once it is. */
  readonly rows: readonly DoorRow[] | null;
  /** The list is not going to be there for now: codes are written down without it. */
  readonly withoutList: boolean;
  /** A person of the list was chosen, by name or by the id on a badge. */
  readonly onArrive: (person: PersonId) => void;
  /** A pass was scanned, or a code that no list knows. */
  readonly onScan: (text: string) => void;
  /** Nobody answers to a name. */
  readonly onStranger: (name: string) => void;
}

/** The one big field: names without marks, or a scanner's code and Enter from anywhere on the page. */
export function ScanField({ rows, withoutList, onArrive, onScan, onStranger }: Props) {
  const { t, language } = useWords();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(-1);
  const people = useMemo(() => (rows === null ? null : peopleOf(rows)), [rows]);
  const { found, total } = useMemo(
    () => (people === null ? { found: [], total: 0 } : find(text, people)),
    [text, people],
  );
  const onMeaning = useCallback(
    (meaning: Exclude<Meaning, { kind: 'several' }>) => {
      switch (meaning.kind) {
        case 'scan':
          onScan(meaning.text);
          break;
        case 'person':
          onArrive(meaning.row.person);
          break;
        case 'stranger':
          onStranger(meaning.name);
          break;
        default:
          assertNever(meaning);
      }
    },
    [onArrive, onScan, onStranger],
  );
  const { kept, keep } = useKeptScans({ people, withoutList, text, setText, onMeaning });
  const [camera, setCamera] = useState(false);
  const seen = (scan: string) => {
    if (people === null) keep(scan);
    else {
      const meaning = meaningOf(scan, people);
      // What a camera reads was printed as a code, whatever it looks like.
      onMeaning(meaning.kind === 'person' ? meaning : { kind: 'scan', text: passIn(scan) ?? scan });
    }
  };
  // One answer needs no choosing; among several nobody is taken by accident.
  const active = chosen >= 0 ? Math.min(chosen, found.length - 1) : total === 1 ? 0 : -1;

  useEffect(() => {
    const hear = (event: KeyboardEvent | globalThis.KeyboardEvent) => {
      const plain = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (!plain || isTyping(event.target) || document.querySelector('[role="dialog"]') !== null) return;
      if (event.key === ' ') return;
      if (event.key === '/') event.preventDefault();
      // The key itself then goes into the field: a scanner needs no click first.
      field.current?.focus();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);

  const empty = () => {
    setText('');
    setChosen(-1);
  };
  const take = (row: DoorRow) => {
    empty();
    field.current?.focus();
    onArrive(row.person);
  };
  const enter = () => {
    const query = text.trim();
    if (query === '') return;
    if (people === null) {
      empty();
      keep(query);
      return;
    }
    const meaning = meaningOf(query, people);
    const row = found[active];
    if (meaning.kind !== 'several') {
      empty();
      onMeaning(meaning);
    } else if (row !== undefined) {
      take(row);
    }
  };
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      setChosen((active + step + found.length) % found.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      enter();
    } else if (event.key === 'Escape') {
      empty();
    }
  };

  const open = text.trim() !== '';
  return (
    <div className={classes['scan']}>
      <TextInput
        ref={field}
        id={FIELD_ID}
        classNames={{ input: classes['field'] ?? '' }}
        aria-label={t('door.field')}
        placeholder={t('door.field')}
        leftSection={<SearchIcon />}
        rightSectionWidth={60}
        rightSection={
          <ActionIcon
            size={52}
            aria-label={t(camera ? 'camera.close' : 'camera.open')}
            aria-pressed={camera}
            onClick={() => setCamera(!camera)}
          >
            <CameraIcon />
          </ActionIcon>
        }
        value={text}
        autoFocus
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        maxLength={4000}
        enterKeyHint="done"
        role="combobox"
        aria-expanded={open && found.length > 0}
        aria-controls="found"
        aria-autocomplete="list"
        aria-activedescendant={open && active >= 0 ? `found-${active}` : undefined}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setChosen(-1);
        }}
        onKeyDown={keys}
      />
      {camera ? (
        <Suspense fallback={<Loading minHeight={160} />}>
          <CameraScan onCode={seen} onClose={() => setCamera(false)} />
        </Suspense>
      ) : null}
      {kept.length === 0 ? null : (
        <p className={classes['keptScans']} role="status">
          {t(people === null ? 'door.keptScans' : 'door.keptNames', {
            n: formatNumber(kept.length, language),
            scans: kept.map(shortScan).join(', '),
          })}
        </p>
      )}
      <div className={classes['found']} hidden={!open || people === null}>
        <div id="found" role="listbox" aria-label={t('door.found')}>
          {found.map((row, index) => (
            // The field keeps the focus and hears the keys.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
            <div
              key={row.person}
              id={`found-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={classes['option']}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(row)}
            >
              <span>
                <span className={door['personName']}>{row.name}</span>
                <br />
                <span className={door['dim']}>{row.position}</span>
              </span>
              <PresenceMark presence={row.presence} />
            </div>
          ))}
        </div>
        <p className={door['hint']} role="status">
          {!open || people === null
            ? ''
            : total === 0
              ? t(
                  passIn(text) !== null
                    ? 'scan.pass'
                    : looksLikeCode(text)
                      ? 'door.unknownCode'
                      : 'door.nobody',
                )
              : total === 1
                ? t('door.enterOne')
                : t('door.several', { n: formatNumber(total, language) })}
        </p>
      </div>
    </div>
  );
}

/** A pass is a hundred letters that say nothing to a person. */
function shortScan(scan: string): string {
  return scan.length > 24 ? `${scan.slice(0, 10)}…${scan.slice(-6)}` : scan;
}
