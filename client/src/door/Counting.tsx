import { ActionIcon, NumberInput, Text, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';

import { formatNumber } from '../../../domain/text/numbers.ts';
import { useWords } from '../app/language.ts';
import classes from './Counting.module.css';
import door from './door.module.css';
import { doorKey, type Place } from './database.ts';
import { keepCounter, readCounter } from './roster.ts';

const CATEGORIES = ['partyMember', 'other'] as const;
/** A row of taps becomes one event. */
const SETTLE_MS = 1200;

interface Props {
  readonly account: string;
  readonly place: Place;
  /** Of the whole bridge, over all its counting points. */
  readonly counted: Readonly<Record<string, number>>;
  readonly onCount: (point: string, counts: Record<string, number>) => void;
}

/** Counts heads without names: set for one counting point, not added; beside those who were checked in by name. */
export function Counting({ account, place, counted, onCount }: Props) {
  const { t, language } = useWords();
  const [point, setPoint] = useState('');
  const [counts, setCounts] = useState<Record<string, number>>({});
  const unsent = useRef<{ point: string; counts: Record<string, number> } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const tell = useRef(onCount);
  useEffect(() => {
    tell.current = onCount;
  });
  const key = doorKey(account, place);

  useEffect(() => {
    const restore = async () => {
      const kept = await readCounter(account, place);
      setPoint(kept?.point ?? '');
      setCounts(kept?.counts ?? {});
    };
    void restore();
    return () => {
      // Leaving the page must not lose the last taps.
      clearTimeout(timer.current);
      if (unsent.current !== null) tell.current(unsent.current.point, unsent.current.counts);
      unsent.current = null;
    };
    // The place is one for the life of the page; its key stands for it.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key]);

  const change = (nextPoint: string, next: Record<string, number>, heads: boolean) => {
    setPoint(nextPoint);
    setCounts(next);
    void keepCounter(account, place, nextPoint, next);
    if (!heads) return;
    unsent.current = { point: nextPoint.trim(), counts: next };
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (unsent.current !== null) tell.current(unsent.current.point, unsent.current.counts);
      unsent.current = null;
    }, SETTLE_MS);
  };
  const set = (category: string, heads: number) =>
    change(point, { ...counts, [category]: Math.max(0, Math.min(100_000, heads)) }, true);

  return (
    <section className={classes['counting']} aria-label={t('count.title')}>
      <Text>{t('count.about')}</Text>
      <TextInput
        label={t('count.point')}
        autoComplete="off"
        description={t('count.pointHint')}
        maxLength={60}
        value={point}
        onChange={(event) => change(event.currentTarget.value, counts, false)}
      />
      {CATEGORIES.map((category) => {
        const heads = counts[category] ?? 0;
        const label = t(`category.${category}`);
        return (
          <div key={category} className={classes['counter']} role="group" aria-label={label}>
            <span className={classes['counterName']}>{label}</span>
            <ActionIcon
              size={64}
              variant="default"
              fz={32}
              aria-label={t('count.less', { category: label })}
              disabled={heads === 0}
              onClick={() => set(category, heads - 1)}
            >
              −
            </ActionIcon>
            <NumberInput
              aria-label={label}
              className={classes['heads'] ?? ''}
              hideControls
              min={0}
              max={100_000}
              allowDecimal={false}
              inputMode="numeric"
              thousandSeparator="."
              decimalSeparator=","
              value={heads}
              onChange={(value) => set(category, Number(value) || 0)}
            />
            <ActionIcon
              size={64}
              variant="filled"
              fz={32}
              aria-label={t('count.more', { category: label })}
              onClick={() => set(category, heads + 1)}
            >
              +
            </ActionIcon>
            <span className={door['dim']}>
              {t('count.whole', { n: formatNumber(counted[category] ?? 0, language) })}
            </span>
          </div>
        );
      })}
      <p className={classes['total']} role="status">
        {t('count.total', {
          here: formatNumber(sumOf(counts), language),
          n: formatNumber(sumOf(counted), language),
        })}
      </p>
    </section>
  );
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, heads) => sum + heads, 0);
}
