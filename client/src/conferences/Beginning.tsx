import { Button, Checkbox, Group, NativeSelect, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';

import { BRIDGE_CLASSES, type BridgeClass } from '../../../domain/bridges/bridge.ts';
import { Format } from '../../../domain/plan/plan.ts';
import { className } from '../../../domain/plan/sentences.ts';
import type { Beginning as Begun } from '../../../domain/plan/working-copy.ts';
import { momentOf } from '../../../domain/text/typed.ts';
import type { CivilDate } from '../../../domain/time.ts';
import { useWords } from '../app/language.ts';
import { DateField, TimeField } from '../parts/TimeFields.tsx';

/** The classes that most conferences are made of; the plan itself takes any other. */
const USUAL = ['central', 'agency', 'province', 'commune', 'village'] as BridgeClass[];

/** What a plan begins with where there is no document: its name, its hours, its hall, and which bridges there are. */
export function Beginning({ busy, onStart }: { busy: boolean; onStart: (begun: Begun) => void }) {
  const { t, language } = useWords();
  const [title, setTitle] = useState('');
  const [day, setDay] = useState<CivilDate | null>(null);
  const [from, setFrom] = useState<string | null>('08:00');
  const [to, setTo] = useState<string | null>('11:30');
  const [venue, setVenue] = useState('');
  const [format, setFormat] = useState<Format>('hybrid');
  const [bridgeClasses, setClasses] = useState<string[]>([]);
  const known = USUAL.filter((each) => each in BRIDGE_CLASSES);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onStart({
          title: title.trim(),
          startsAt: day === null ? null : momentOf(day, from),
          endsAt: day === null ? null : momentOf(day, to),
          venue: venue.trim() || null,
          format,
          bridgeClasses: known.filter((each) => bridgeClasses.includes(each)),
        });
      }}
    >
      <Stack>
        <Textarea
          label={t('beginning.title')}
          required
          autoFocus
          maxLength={4000}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          <DateField label={t('beginning.day')} value={day} onRead={setDay} />
          <TimeField label={t('beginning.from')} value={from} onRead={setFrom} />
          <TimeField label={t('beginning.to')} value={to} onRead={setTo} />
        </SimpleGrid>
        <TextInput
          label={t('field.venue')}
          maxLength={500}
          value={venue}
          onChange={(event) => setVenue(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('field.format')}
          value={format}
          data={Format.options.map((each) => ({ value: each, label: t(`format.${each}`) }))}
          onChange={(event) => setFormat(Format.parse(event.currentTarget.value))}
        />
        <Checkbox.Group label={t('section.bridgeClasses')} value={bridgeClasses} onChange={setClasses}>
          <Group gap="md" mt="xs">
            {known.map((each) => (
              <Checkbox key={each} value={each} label={className(each, language)} />
            ))}
          </Group>
        </Checkbox.Group>
        <Button type="submit" disabled={title.trim() === ''} loading={busy}>
          {t('beginning.start')}
        </Button>
      </Stack>
    </form>
  );
}
