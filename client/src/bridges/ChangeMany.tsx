import { Button, Checkbox, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';

import { CONTACT_KINDS, READINESS_ITEMS, type ReadinessItem } from '../../../domain/bridges/bridge.ts';
import { commonTop } from '../../../domain/bridges/forest.ts';
import { sayBridgeClass } from '../../../domain/bridges/sentences.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Failure } from '../parts/Pages.tsx';
import type { DialogProps } from './asked.ts';
import type { ManyChange } from './deeds.ts';
import { WhichBridges } from './WhichBridges.tsx';

const DEEDS = ['capacity', ...CONTACT_KINDS, 'mark', 'unmark', 'remove'] as const;
type Doing = (typeof DEEDS)[number];

/** The same for many bridges at once: what, for which, and how many there are, before it is done. */
export function ChangeMany({
  forest,
  deeds,
  places,
  onClose,
}: DialogProps & { readonly places: readonly number[] }) {
  const { t, language } = useWords();
  const [doing, setDoing] = useState<Doing>('capacity');
  const [capacity, setCapacity] = useState<number | string>('');
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const [items, setItems] = useState<ReadinessItem[]>([]);
  const present = useMemo(
    () => [...new Set(places.flatMap((place) => forest.nodes[place]?.class ?? []))],
    [forest, places],
  );
  const [classes, setClasses] = useState<readonly string[]>(present);
  const meant = useMemo(
    () => places.filter((place) => classes.includes(forest.nodes[place]?.class ?? '')),
    [forest, places, classes],
  );
  const n = formatNumber(meant.length, language);
  const change = changeOf(doing, { capacity, name, phone, items });
  const run = useMutation({
    mutationFn: async () => {
      const ids = meant.flatMap((place) => forest.nodes[place]?.id ?? []);
      let top = commonTop(forest, meant);
      // The bridge over those that go is not one of them.
      if (doing === 'remove' && top !== undefined && meant.includes(top.place))
        top = forest.nodes[top.parent];
      if (top === undefined) throw new Error('bridges without one above them');
      if (doing === 'remove') await deeds.removeMany(top.id, ids, t('bridges.removedMany', { n }));
      else if (change !== null) await deeds.changeMany(top.id, ids, change, t('bridges.changedMany', { n }));
      onClose();
    },
  });
  const hasRoot = doing === 'remove' && meant.some((place) => (forest.nodes[place]?.parent ?? -1) < 0);
  return (
    <Dialog title={t('bridges.manyTitle')} onClose={onClose}>
      <Stack>
        <Select
          label={t('bridges.manyWhat')}
          value={doing}
          allowDeselect={false}
          data={DEEDS.map((one) => ({ value: one, label: t(`bridges.manyDeeds.${one}`) }))}
          onChange={(value) => value !== null && setDoing(value)}
        />
        {doing === 'capacity' ? (
          <NumberInput
            label={t('bridges.capacity')}
            value={capacity}
            min={0}
            max={100_000}
            allowDecimal={false}
            thousandSeparator="."
            decimalSeparator=","
            onChange={setCapacity}
          />
        ) : null}
        {doing === 'technical' || doing === 'organizer' ? (
          <>
            <TextInput
              label={t('bridges.contactName')}
              value={name}
              maxLength={200}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <TextInput
              label={t('bridges.contactPhone')}
              type="tel"
              value={phone}
              maxLength={40}
              onChange={(event) => setPhone(event.currentTarget.value)}
            />
          </>
        ) : null}
        {doing === 'mark' || doing === 'unmark' ? (
          <Checkbox.Group
            label={t('bridges.readiness')}
            value={items}
            onChange={(value) => setItems(READINESS_ITEMS.filter((item) => value.includes(item)))}
          >
            {READINESS_ITEMS.map((item) => (
              <Checkbox key={item} value={item} label={t(`readiness.${item}`)} />
            ))}
          </Checkbox.Group>
        ) : null}
        {present.length > 1 ? (
          <Checkbox.Group label={t('bridges.manyClasses')} value={[...classes]} onChange={setClasses}>
            {present.map((one) => (
              <Checkbox key={one} value={one} label={sayBridgeClass(one, language)} />
            ))}
          </Checkbox.Group>
        ) : null}
        <Text fw={600} role="status">
          {t('bridges.manyCount', { n })}
        </Text>
        <WhichBridges forest={forest} places={meant} />
        {doing === 'remove' ? <Text>{t('bridges.removeAbout', { n })}</Text> : null}
        {hasRoot ? <Text c="red">{t('bridges.rootStays')}</Text> : null}
        {run.error === null ? null : <Failure error={run.error} />}
        <Button
          {...(doing === 'remove' ? { color: 'red' } : {})}
          disabled={meant.length === 0 || hasRoot || (doing !== 'remove' && change === null)}
          loading={run.isPending}
          onClick={() => run.mutate()}
        >
          {doing === 'remove' ? t('bridges.remove', { n }) : t('bridges.manyApply', { n })}
        </Button>
      </Stack>
    </Dialog>
  );
}

interface Filled {
  readonly capacity: number | string;
  readonly name: string;
  readonly phone: string;
  readonly items: ReadinessItem[];
}

/** What is sent of what was filled in; null where it says nothing yet. */
function changeOf(doing: Doing, { capacity, name, phone, items }: Filled): ManyChange | null {
  switch (doing) {
    case 'capacity':
      return capacity === '' ? null : { capacity: Number(capacity) };
    case 'technical':
    case 'organizer': {
      if (name.trim() === '' && phone.trim() === '') return null;
      return { contacts: { [doing]: { name: name.trim() || null, phone: phone.trim() || null } } };
    }
    case 'mark':
      return items.length === 0 ? null : { mark: items };
    case 'unmark':
      return items.length === 0 ? null : { unmark: items };
    default:
      return null;
  }
}
