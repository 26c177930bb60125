import { Group } from '@mantine/core';

import { formatTime } from '../../../domain/text/dates.ts';
import { civilDateOf, instantOf, type CivilDate, type Instant } from '../../../domain/time.ts';
import { DateField, TimeField } from '../parts/TimeFields.tsx';

/** The instant of a day and a time of the clock, `14:00`. */
export function instantAt(day: CivilDate, clock: string): Instant {
  const instant = instantOf(`${day}T${clock}`);
  if (instant === null) throw new Error(`no time of a day: ${day} ${clock}`);
  return instant;
}

/** When something begins or ends: its day and its hour. What is emptied stays as it was. */
export function Moment({
  labels,
  value,
  error,
  onChange,
}: {
  labels: { readonly day: string; readonly hour: string };
  value: Instant;
  error?: string | null;
  onChange: (instant: Instant) => void;
}) {
  const day = civilDateOf(value);
  const clock = formatTime(value);
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start" grow>
      <DateField
        label={labels.day}
        value={day}
        required
        error={error ?? null}
        onRead={(to) => {
          if (to !== null) onChange(instantAt(to, clock));
        }}
      />
      <TimeField
        label={labels.hour}
        value={clock}
        required
        onRead={(to) => {
          if (to !== null) onChange(instantAt(day, to));
        }}
      />
    </Group>
  );
}
