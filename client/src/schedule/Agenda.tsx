import { Button, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';

import type { PersonId } from '../../../domain/ids.ts';
import type { SessionRow } from '../../../domain/wire/schedule.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { useWords } from '../app/language.ts';
import { PersonPicker, type Picked } from '../people/PersonPicker.tsx';
import classes from './dialogs.module.css';

export type AgendaItem = SessionRow['agenda'][number];

/** The items of a session and who presents each. What is the plan's stays; who stands in for a presenter does not. */
export function Agenda({
  conference,
  items,
  names,
  isOfPlan,
  onChange,
  onName,
}: {
  conference: string;
  items: readonly AgendaItem[];
  names: ReadonlyMap<string, string>;
  isOfPlan: boolean;
  onChange: (items: AgendaItem[]) => void;
  onName: (picked: Picked) => void;
}) {
  const { t, language } = useWords();
  const [isOpen, setIsOpen] = useState(false);
  const [picking, setPicking] = useState<number | null>(null);
  const change = (at: number, item: Partial<AgendaItem>) =>
    onChange(items.map((one, n) => (n === at ? { ...one, ...item } : one)));
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Text fw={600}>{t('schedule.agenda')}</Text>
        <Button variant="default" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {t('schedule.agendaItems', { n: formatNumber(items.length, language) })}
        </Button>
      </Group>
      <ol className={classes['agenda']} hidden={!isOpen}>
        {items.map((item, at) => {
          const person = item.presenterPerson;
          const name = person === null ? null : (names.get(person) ?? '');
          const place = String(at + 1);
          return (
            // Items have no name of their own but their place.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={at}>
              {isOfPlan ? (
                <span>
                  {item.title}
                  {item.presenter === null ? null : <i>{item.presenter}</i>}
                </span>
              ) : (
                <Group gap="xs" wrap="nowrap" align="flex-end">
                  <TextInput
                    className={classes['grows'] ?? ''}
                    label={t('schedule.itemTitle', { n: place })}
                    value={item.title}
                    maxLength={4000}
                    error={item.title.trim() === '' ? t('schedule.itemNeedsTitle') : null}
                    onChange={(event) => change(at, { title: event.currentTarget.value })}
                  />
                  <NumberInput
                    w={100}
                    label={t('schedule.minutes')}
                    min={1}
                    max={1440}
                    allowDecimal={false}
                    value={item.minutes ?? ''}
                    onChange={(minutes) =>
                      change(at, { minutes: typeof minutes === 'number' && minutes >= 1 ? minutes : null })
                    }
                  />
                </Group>
              )}
              <Group gap="xs">
                <Text c={name === null ? 'dimmed' : ''}>
                  {name === null ? t('schedule.noPresenter') : t('schedule.presents', { name })}
                </Text>
                <Button
                  variant="default"
                  aria-expanded={picking === at}
                  aria-label={t('schedule.choosePresenterOf', { n: place })}
                  onClick={() => setPicking(picking === at ? null : at)}
                >
                  {t('schedule.choosePresenter')}
                </Button>
                {isOfPlan ? null : (
                  <Button
                    variant="default"
                    aria-label={t('schedule.removeItem', { n: place })}
                    onClick={() => onChange(items.filter((_, n) => n !== at))}
                  >
                    {t('schedule.remove')}
                  </Button>
                )}
              </Group>
              {picking === at ? (
                <PersonPicker
                  conference={conference}
                  most={1}
                  chosen={person === null ? [] : [{ id: person, name: name ?? '' }]}
                  onChange={([picked]) => {
                    if (picked !== undefined) onName(picked);
                    change(at, { presenterPerson: picked?.id ?? (null as PersonId | null) });
                    if (picked !== undefined) setPicking(null);
                  }}
                />
              ) : null}
            </li>
          );
        })}
      </ol>
      {isOfPlan || !isOpen ? null : (
        <Button
          variant="default"
          onClick={() =>
            onChange([
              ...items,
              { title: '', presenter: null, presenterPerson: null, minutes: null, limit: null },
            ])
          }
        >
          {t('schedule.addItem')}
        </Button>
      )}
    </Stack>
  );
}
