import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';

import { formatNumber } from '../../../domain/text/numbers.ts';
import type { DoorRow } from '../../../domain/wire/attendance.ts';
import { useWords } from '../app/language.ts';
import { AskReason } from '../parts/AskReason.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import type { Deeds } from './useDeeds.ts';

/** What the door asks before it writes something down, if anything. */
export function AskedDialog({ deeds, rows }: { deeds: Deeds; rows: readonly DoorRow[] }) {
  const { t, language } = useWords();
  const { asked, close } = deeds;
  if (asked === null) return null;
  if (asked.kind === 'walk-in') {
    return (
      <GuestDialog
        title={t('walkIn.title')}
        about={t('walkIn.about')}
        name={asked.name}
        onClose={close}
        onGuest={deeds.walkIn}
      />
    );
  }
  if (asked.kind === 'close') {
    const unmarked = rows.filter((row) => row.expectedHere && row.presence.state === 'unmarked').length;
    const n = formatNumber(unmarked, language);
    return (
      <CloseDialog
        sentence={t(unmarked > 0 ? 'door.closeSentence' : 'door.closeAll', { n })}
        onClose={close}
        onConfirm={deeds.closeBridge}
      />
    );
  }
  if (asked.kind === 'substitute') {
    const { row } = asked;
    return (
      <GuestDialog
        title={t('substitute.title', { name: row.name })}
        about={t('substitute.about', { name: row.name })}
        unit={row.unit ?? ''}
        onClose={close}
        onGuest={(name, unit) => deeds.substitute(row, name, unit)}
      />
    );
  }
  const isExcuse = asked.kind === 'excuse';
  const name = isExcuse ? asked.row.name : asked.kind === 'undo-event' ? asked.answer.name : asked.name;
  return (
    <AskReason
      atOnce
      longest={1000}
      title={t(isExcuse ? 'door.excuseTitle' : 'door.undoTitle', { name })}
      usual={
        isExcuse
          ? [t('reason.sick'), t('reason.duty'), t('reason.away')]
          : [t('reason.wrongPerson'), t('reason.mistake')]
      }
      submit={t(isExcuse ? 'door.excuse' : 'door.undo')}
      onClose={close}
      onReason={deeds.withReason}
    />
  );
}

/** Somebody who is in no list. */
function GuestDialog({
  title,
  about,
  name: given = '',
  unit: from = '',
  onClose,
  onGuest,
}: {
  title: string;
  about: string;
  name?: string;
  unit?: string;
  onClose: () => void;
  onGuest: (name: string, unit: string) => void;
}) {
  const { t } = useWords();
  const [name, setName] = useState(given);
  const [unit, setUnit] = useState(from);
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') onGuest(name.trim(), unit.trim());
        }}
      >
        <Stack>
          <Text>{about}</Text>
          <TextInput
            label={t('walkIn.name')}
            required
            // Else the browser itself keeps a list of all guests, in the open.
            autoComplete="off"
            maxLength={200}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t('walkIn.unit')}
            autoComplete="off"
            maxLength={300}
            value={unit}
            onChange={(event) => setUnit(event.currentTarget.value)}
          />
          <Button type="submit">{t('walkIn.record')}</Button>
        </Stack>
      </form>
    </Dialog>
  );
}

/** Says what closing does before it is done. */
function CloseDialog({
  sentence,
  onClose,
  onConfirm,
}: {
  sentence: string;
  onClose: () => void;
  onConfirm: () => void;
}) {
  const { t } = useWords();
  return (
    <Dialog title={t('door.close')} onClose={onClose}>
      <Stack>
        <Text>{sentence}</Text>
        <Group>
          <Button onClick={onConfirm}>{t('door.closeNow')}</Button>
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('app.cancel')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
