import { Button, SegmentedControl, Stack, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import type { SessionBridges } from '../../../domain/schedule/session.ts';
import { forestQuery } from '../api/queries.ts';
import { useWords } from '../app/language.ts';
import { BridgePicker } from '../bridges/BridgePicker.tsx';
import { Failure, Loading } from '../parts/Pages.tsx';
import classes from './dialogs.module.css';

/** Which bridges take part: all of them, or those that are named, with what is below them or without. */
export function WhoTakesPart({
  conference,
  value,
  error,
  onChange,
}: {
  conference: string;
  value: SessionBridges;
  error: string | null;
  onChange: (bridges: SessionBridges) => void;
}) {
  const { t } = useWords();
  const forest = useQuery(forestQuery(conference));
  const [isSome, setIsSome] = useState(value !== 'all');
  const named = value === 'all' ? { tops: [], below: true } : value;
  const nodes = forest.data?.forest.nodes ?? [];
  const nameOf = (id: string) => nodes.find((node) => node.id === id)?.name ?? '';
  const set = (next: { tops: typeof named.tops; below: boolean }) =>
    onChange(next.tops.length === 0 ? 'all' : next);
  return (
    <Stack gap="xs" role="group" aria-label={t('schedule.takesPart')}>
      <Text fw={600}>{t('schedule.takesPart')}</Text>
      <SegmentedControl
        value={isSome ? 'some' : 'all'}
        aria-label={t('schedule.takesPart')}
        data={[
          { value: 'all', label: t('schedule.allBridges') },
          { value: 'some', label: t('schedule.chosenBridges') },
        ]}
        onChange={(which) => {
          setIsSome(which === 'some');
          if (which === 'all') onChange('all');
        }}
      />
      {!isSome ? null : forest.data === undefined ? (
        forest.error === null ? (
          <Loading minHeight={80} />
        ) : (
          <Failure error={forest.error} />
        )
      ) : (
        <>
          {named.tops.length === 0 ? (
            <Text c="dimmed">{t('schedule.noneChosen')}</Text>
          ) : (
            <ul className={classes['chips']}>
              {named.tops.map((id) => (
                <li key={id}>
                  <span>{nameOf(id)}</span>
                  <Button
                    variant="default"
                    aria-label={t('schedule.leaveOut', { name: nameOf(id) })}
                    onClick={() => set({ ...named, tops: named.tops.filter((one) => one !== id) })}
                  >
                    {t('schedule.remove')}
                  </Button>
                </li>
              ))}
            </ul>
          )}
          <BridgePicker
            key={named.tops.length}
            forest={forest.data.forest}
            label={t('schedule.addBridge')}
            value={null}
            error={error}
            onPick={(id) => {
              if (id !== null && !named.tops.includes(id)) set({ ...named, tops: [...named.tops, id] });
            }}
          />
          <Switch
            label={t('schedule.withBelow')}
            checked={named.below}
            disabled={named.tops.length === 0}
            onChange={(event) => set({ ...named, below: event.currentTarget.checked })}
          />
        </>
      )}
    </Stack>
  );
}
