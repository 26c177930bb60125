import { Checkbox, Fieldset, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';

import {
  BRIDGE_CLASSES,
  BridgeClass,
  CONTACT_KINDS,
  READINESS_ITEMS,
  type ContactKind,
  type ReadinessItem,
} from '../../../domain/bridges/bridge.ts';
import type { Forest, NodeChange } from '../../../domain/bridges/forest.ts';
import { sayBridgeClass } from '../../../domain/bridges/sentences.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { BridgeRow } from '../../../domain/wire/bridges.ts';
import { useWords } from '../app/language.ts';
import { sentenceOf } from '../parts/sentences.ts';
import { BridgePicker } from './BridgePicker.tsx';
import { ChairField } from './ChairField.tsx';
import type { Deeds, FieldChange } from './deeds.ts';
import { SavedField } from './SavedField.tsx';

interface Props {
  readonly conference: string;
  readonly forest: Forest;
  readonly row: BridgeRow;
  readonly deeds: Deeds;
  readonly may: boolean;
  /** Whether the one who looks may choose who chairs: out of the whole roster. */
  readonly mayChair: boolean;
  /** Whether somebody wants to change the name; told once the keyboard is there. */
  readonly isNamed: boolean;
  readonly onNamed: () => void;
}

/** What is given of a bridge, each field kept as soon as it is left; what is refused says so where it stands. */
export function BridgeFields(props: Props) {
  const { conference, forest, row, deeds, may, mayChair, isNamed, onNamed } = props;
  const { t, language } = useWords();
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const save = (body: FieldChange, shown: NodeChange = {}) =>
    deeds.change(row.id, body, shown, t('bridges.saved', { name: row.name }));
  /** For what is chosen and not typed: the choice goes back, and why stands beside it. */
  const choose = (field: string, body: FieldChange, shown: NodeChange = {}) =>
    save(body, shown).then(
      () => setFaults((before) => Object.fromEntries(Object.entries(before).filter(([at]) => at !== field))),
      (error: unknown) => setFaults((before) => ({ ...before, [field]: sentenceOf(error, t) })),
    );
  const tick = (item: ReadinessItem, on: boolean) => {
    const ready = READINESS_ITEMS.filter((one) => (one === item ? on : row.ready.includes(one)));
    void choose('ready', { ready }, { ready });
  };
  const contact = (kind: ContactKind, part: 'name' | 'phone' | 'email') => async (text: string) => {
    const before = row.contacts[kind];
    const { name = null, phone = null, email = null } = before ?? {};
    const given = { name, phone, email, [part]: text || null };
    const said = Object.values(given).every((value) => value === null) ? null : given;
    const other = row.contacts[kind === 'technical' ? 'organizer' : 'technical'];
    await save({ contacts: { [kind]: said } }, { hasContact: said !== null || other !== null });
  };
  const classes = [...new Set([row.class, ...Object.keys(BRIDGE_CLASSES)])].map((one) =>
    BridgeClass.parse(one),
  );
  return (
    <Stack gap="md">
      <SavedField
        label={t('bridges.name')}
        field="name"
        value={row.name}
        disabled={!may}
        longest={300}
        check={(text) => (text === '' ? t('bridges.nameMissing') : null)}
        onSave={(name) => save({ name }, { name })}
        focused={isNamed}
        onFocused={onNamed}
      />
      <Select
        label={t('bridges.class')}
        value={row.class}
        disabled={!may}
        allowDeselect={false}
        error={faults['class']}
        data={classes.map((one) => ({ value: one, label: sayBridgeClass(one, language) }))}
        onChange={(value) => {
          if (value !== null && value !== row.class)
            void choose('class', { class: BridgeClass.parse(value) }, { class: BridgeClass.parse(value) });
        }}
      />
      <SavedField
        label={t('bridges.capacity')}
        field="capacity"
        value={row.capacity === null ? '' : formatNumber(row.capacity, language)}
        disabled={!may}
        longest={7}
        numeric
        check={(text) => (seatsIn(text) === undefined ? t('bridges.badCapacity') : null)}
        onSave={(text) => {
          const capacity = seatsIn(text) ?? null;
          return save({ capacity }, { capacity });
        }}
      />
      <ChairField
        key={row.chair}
        conference={conference}
        row={row}
        disabled={!mayChair}
        error={faults['chair'] ?? null}
        onChair={(chair, name) => void choose('chair', { chair }, { chair: name })}
      />
      <SavedField
        label={t('bridges.address')}
        field="address"
        value={row.address ?? ''}
        disabled={!may}
        longest={500}
        onSave={(text) => save({ address: text || null })}
      />
      {CONTACT_KINDS.map((kind) => (
        <Fieldset key={kind} legend={t(`bridges.contacts.${kind}`)} variant="unstyled">
          <Stack gap="xs">
            <SavedField
              label={t('bridges.contactName')}
              field={kind}
              value={row.contacts[kind]?.name ?? ''}
              disabled={!may}
              longest={200}
              onSave={contact(kind, 'name')}
            />
            <SavedField
              label={t('bridges.contactPhone')}
              field={kind}
              type="tel"
              value={row.contacts[kind]?.phone ?? ''}
              disabled={!may}
              longest={40}
              onSave={contact(kind, 'phone')}
            />
            <SavedField
              label={t('bridges.contactEmail')}
              field={kind}
              type="email"
              value={row.contacts[kind]?.email ?? ''}
              disabled={!may}
              longest={254}
              onSave={contact(kind, 'email')}
            />
          </Stack>
        </Fieldset>
      ))}
      {row.parent === null ? null : (
        <BridgePicker
          forest={forest}
          label={t('bridges.feed')}
          value={row.feedParent}
          placeholder={t('bridges.feedAbove')}
          disabled={!may}
          error={faults['feedParent'] ?? null}
          onPick={(feedParent) => void choose('feedParent', { feedParent })}
        />
      )}
      <Checkbox.Group label={t('bridges.readiness')} value={row.ready} error={faults['ready']}>
        <Stack gap={0} mt="xs">
          {READINESS_ITEMS.map((item) => (
            <Checkbox
              key={item}
              value={item}
              disabled={!may}
              label={t(`readiness.${item}`)}
              onChange={(event) => tick(item, event.currentTarget.checked)}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      <Text c="dimmed" size="sm">
        {t('bridges.savedAtOnce')}
      </Text>
    </Stack>
  );
}

/** `1.200` as 1200; null for nothing, undefined for what is no number of seats. */
function seatsIn(text: string): number | null | undefined {
  if (text === '') return null;
  const digits = text.replaceAll(/[.,\s]/g, '');
  const seats = Number(digits);
  return /^\d+$/.test(digits) && seats <= 100_000 ? seats : undefined;
}
