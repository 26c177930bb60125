import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([LineChart, GridComponent, LegendComponent, MarkLineComponent, SVGRenderer]);

/** A line of a chart: how many had come by each minute before (negative) or after the start. */
export interface CurveLine {
  readonly name: string;
  readonly points: readonly (readonly [minute: number, present: number])[];
  readonly colour: string;
  readonly dashed: boolean;
}

export interface CurveLook {
  readonly text: string;
  readonly font: string;
  readonly grid: string;
  readonly size: number;
  readonly start: string;
  readonly minute: (minute: number) => string;
  readonly number: (n: number) => string;
}

export function openChart(element: HTMLElement): EChartsType {
  return init(element, null, { renderer: 'svg' });
}

/** Draws the lines anew; nothing of what was drawn before is kept. */
export function drawCurves(chart: EChartsType, lines: readonly CurveLine[], look: CurveLook): void {
  const label = { color: look.text, fontSize: look.size, fontFamily: look.font };
  chart.setOption(
    {
      animation: false,
      grid: { left: 8, right: 16, top: look.size * 2.6, bottom: 4, containLabel: true },
      legend: { top: 0, left: 0, textStyle: label, itemHeight: 8 },
      xAxis: {
        type: 'value',
        min: 'dataMin',
        max: 'dataMax',
        minInterval: 10,
        axisLabel: { ...label, formatter: look.minute, hideOverlap: true },
        axisLine: { lineStyle: { color: look.grid } },
        splitLine: { show: false },
      },
      yAxis: {
        type: 'value',
        min: 0,
        minInterval: 1,
        splitNumber: 4,
        axisLabel: { ...label, formatter: look.number },
        splitLine: { lineStyle: { color: look.grid } },
      },
      series: lines.map(({ name, points, colour, dashed }, at) => ({
        name,
        type: 'line',
        showSymbol: false,
        silent: true,
        data: points,
        itemStyle: { color: colour },
        lineStyle: { color: colour, width: dashed ? 2 : 3, type: dashed ? 'dashed' : 'solid' },
        ...(at === 0 && {
          markLine: {
            silent: true,
            symbol: 'none',
            lineStyle: { color: look.grid },
            label: { ...label, formatter: look.start },
            data: [{ xAxis: 0 }],
          },
        }),
      })),
    },
    { notMerge: true },
  );
}
