import { useComputedColorScheme, VisuallyHidden } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';

import { formatTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { Instant } from '../../../domain/time.ts';
import type { ControlBoard, CurveFigures } from '../../../domain/wire/control.ts';
import { useWords } from '../app/language.ts';
import classes from './control.module.css';
import type { CurveLine } from './curveChart.ts';

const MINUTE_MS = 60_000;
/** A screen reader is told every so many minutes. */
const TOLD_EVERY = 10;

type Chart = ReturnType<(typeof import('./curveChart.ts'))['openChart']>;
type Drawing = typeof import('./curveChart.ts');

/** How people arrive, minute by minute, against the last rehearsal; the same in a table for whoever cannot see it. */
export function ArrivalCurve({ board, size = 13 }: { board: ControlBoard; size?: number }) {
  const { t, language } = useWords();
  const scheme = useComputedColorScheme('light');
  const holder = useRef<HTMLDivElement>(null);
  const [drawing, setDrawing] = useState<{ readonly chart: Chart; readonly by: Drawing } | null>(null);
  const { curve, rehearsal, startsAt } = board;
  const lines = useMemo(() => {
    const today: Omit<CurveLine, 'colour'> = {
      name: t('control.today'),
      points: pointsOf(curve, startsAt),
      dashed: false,
    };
    if (rehearsal === null) return [today];
    return [
      today,
      { name: rehearsal.title, points: pointsOf(rehearsal.curve, rehearsal.startsAt), dashed: true },
    ];
  }, [curve, rehearsal, startsAt, t]);

  useEffect(() => {
    const element = holder.current;
    if (element === null) return undefined;
    let chart: Chart | undefined;
    let isGone = false;
    const watch = new ResizeObserver(() => chart?.resize());
    const open = async (): Promise<void> => {
      const by = await import('./curveChart.ts');
      if (isGone) return;
      chart = by.openChart(element);
      watch.observe(element);
      setDrawing({ chart, by });
    };
    void open();
    return () => {
      isGone = true;
      watch.disconnect();
      chart?.dispose();
      setDrawing(null);
    };
  }, []);

  useEffect(() => {
    if (drawing === null || holder.current === null) return;
    const style = getComputedStyle(holder.current);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    drawing.by.drawCurves(
      drawing.chart,
      lines.map((line) => ({ ...line, colour: colour(line.dashed ? '--left' : '--present') })),
      {
        text: style.color,
        font: style.fontFamily,
        grid: colour('--line'),
        size,
        start: t('control.start'),
        minute: (minute) => formatTime((startsAt + minute * MINUTE_MS) as Instant),
        number: (n) => formatNumber(n, language),
      },
    );
    // The colours are those of the scheme.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [drawing, lines, scheme, size, startsAt, language, t]);

  return (
    <figure className={classes['curve']} aria-label={t('control.curve')}>
      <div ref={holder} className={classes['chart']} aria-hidden="true" />
      <VisuallyHidden>
        <table>
          <caption>{t('control.curve')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('control.hour')}</th>
              {lines.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {told(lines).map(([minute, ...values]) => (
              <tr key={minute}>
                <th scope="row">{formatTime((startsAt + minute * MINUTE_MS) as Instant)}</th>
                {values.map((value, at) => (
                  <td key={lines[at]?.name}>{value === null ? '' : formatNumber(value, language)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </figure>
  );
}

/** By minutes from the start, so that two sessions lie upon each other. */
function pointsOf({ from, stepMs, points }: CurveFigures, startsAt: number): (readonly [number, number])[] {
  return points.map((present, at) => [
    Math.round((from + (at + 1) * stepMs - startsAt) / MINUTE_MS),
    present,
  ]);
}

/** Every tenth minute with what each line has there. */
function told(lines: readonly Pick<CurveLine, 'points'>[]): [minute: number, ...(number | null)[]][] {
  const byMinute = lines.map(({ points }) => new Map(points));
  const minutes = [...new Set(byMinute.flatMap((points) => [...points.keys()]))];
  return minutes
    .filter((minute) => minute % TOLD_EVERY === 0)
    .toSorted((a, b) => a - b)
    .map((minute) => [minute, ...byMinute.map((points) => points.get(minute) ?? null)]);
}
