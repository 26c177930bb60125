import { Button, Checkbox, Group, NumberInput, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';

import type { Person, Position } from '../../../domain/composition/person.ts';
import { CivilDate } from '../../../domain/time.ts';
import { PersonDraft } from '../../../domain/wire/people.ts';
import { useWords } from '../app/language.ts';
import { Failure } from '../parts/Pages.tsx';
import { BirthField } from '../parts/TimeFields.tsx';

export function draftOf(person: Person): PersonDraft {
  return PersonDraft.parse(person);
}

/** The posts as they are typed: one in a line. Those that stay keep their unit and organisation. */
function positionsIn(
  text: string,
  before: readonly Position[],
  unit: string,
  organisation: string,
): Position[] {
  return text
    .split('\n')
    .map((line) => line.trim().slice(0, 300))
    .filter((line) => line !== '')
    .slice(0, 20)
    .map((line) => {
      const known = before.find((position) => position.text === line);
      return {
        text: line,
        unit: (unit.trim() || null) as Position['unit'],
        organisation: organisation.trim() || (known?.organisation ?? null),
      };
    });
}

/** The entry of a person, as a form. */
export function PersonForm({
  start,
  busy,
  error,
  onCancel,
  onSave,
}: {
  start: PersonDraft;
  busy: boolean;
  error: unknown;
  onCancel: () => void;
  onSave: (draft: PersonDraft) => void;
}) {
  const { t } = useWords();
  const [draft, setDraft] = useState(start);
  const [posts, setPosts] = useState(start.positions.map(({ text }) => text).join('\n'));
  const [unit, setUnit] = useState(start.positions[0]?.unit ?? '');
  const [organisation, setOrganisation] = useState(start.positions[0]?.organisation ?? '');
  const text = (field: 'identity' | 'phone' | 'email', value: string) =>
    setDraft({ ...draft, [field]: value === '' ? null : value });
  // Every post keeps its own place unless the form says another one for all of them.
  const isSamePlace =
    unit === (start.positions[0]?.unit ?? '') && organisation === (start.positions[0]?.organisation ?? '');
  const positions = () => {
    const now = positionsIn(posts, start.positions, unit, organisation);
    if (!isSamePlace) return now;
    return now.map((position) => start.positions.find((one) => one.text === position.text) ?? position);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (draft.name.trim() === '') return;
        const sortGiven = draft.name === start.name ? draft.sortGiven : '';
        onSave({ ...draft, sortGiven, positions: positions() });
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t('personField.name')}
          required
          maxLength={200}
          autoComplete="off"
          data-autofocus
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
        />
        <Textarea
          label={t('personField.positions')}
          description={t('person.onePerLine')}
          autosize
          minRows={2}
          value={posts}
          onChange={(event) => setPosts(event.currentTarget.value)}
        />
        <TextInput
          label={t('personField.organisation')}
          maxLength={300}
          value={organisation}
          onChange={(event) => setOrganisation(event.currentTarget.value)}
        />
        <TextInput
          label={t('personField.unit')}
          maxLength={64}
          value={unit}
          onChange={(event) => setUnit(event.currentTarget.value)}
        />
        <TextInput
          label={t('personField.identity')}
          maxLength={128}
          value={draft.identity ?? ''}
          onChange={(event) => text('identity', event.currentTarget.value)}
        />
        <BirthField
          label={t('personField.birthDate')}
          value={CivilDate.nullable().parse(draft.birthDate)}
          onRead={(birthDate) => setDraft({ ...draft, birthDate })}
        />
        <TextInput
          label={t('personField.phone')}
          maxLength={40}
          inputMode="tel"
          value={draft.phone ?? ''}
          onChange={(event) => text('phone', event.currentTarget.value)}
        />
        <TextInput
          label={t('personField.email')}
          maxLength={200}
          inputMode="email"
          value={draft.email ?? ''}
          onChange={(event) => text('email', event.currentTarget.value)}
        />
        <NumberInput
          label={t('personField.precedence')}
          min={0}
          allowDecimal={false}
          value={draft.precedence ?? ''}
          onChange={(value) => setDraft({ ...draft, precedence: value === '' ? null : Number(value) })}
        />
        {(['collectiveLeadership', 'namedInPlan'] as const).map((field) => (
          <Checkbox
            key={field}
            label={t(`personField.${field}`)}
            checked={draft[field]}
            onChange={(event) => setDraft({ ...draft, [field]: event.currentTarget.checked })}
          />
        ))}
        {error === null ? null : <Failure error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('person.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
