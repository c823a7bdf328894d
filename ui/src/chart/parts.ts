/** ECharts series that we draw ourselves: interval bands, and many quiet lines. */

import type { CustomSeriesOption } from "echarts/charts";
import type { Chart } from "./model";

type Point = [number, number];
type Place = (xy: [number, number]) => number[];

/** Runs of neighbouring positions for which `known` holds. */
export function runs(n: number, known: (i: number) => boolean): [from: number, to: number][] {
  const found: [number, number][] = [];
  let from = -1;
  for (let i = 0; i <= n; i += 1) {
    const is = i < n && known(i);
    if (is && from < 0) from = i;
    if (!is && from >= 0) {
      found.push([from, i - 1]);
      from = -1;
    }
  }
  return found;
}

/** The interval of series `i` as filled shapes; `floor` stands in for what a log axis cannot show. */
export function bandSeries(chart: Chart, i: number, colour: string, floor: number | null): CustomSeriesOption | null {
  const { low, high } = chart.series[i] ?? {};
  if (!low || !high) return null;
  const pieces = runs(chart.xs.length, (at) => low[at] != null && high[at] != null);
  const y = (value: number): number => (floor === null ? value : Math.max(floor, value));
  return {
    type: "custom",
    id: `band-${i}`,
    silent: true,
    clip: true,
    z: 1,
    encode: { x: 0, y: 1, tooltip: [] },
    data: pieces.map(([from, to]) => [chart.xs[from] ?? 0, y(low[from] ?? 0), from, to]),
    renderItem: (_params, api) => {
      const place: Place = (xy) => api.coord(xy);
      const from = Number(api.value(2));
      const to = Number(api.value(3));
      const upper: Point[] = [];
      const lower: Point[] = [];
      for (let at = from; at <= to; at += 1) {
        const x = chart.xs[at] ?? 0;
        upper.push(place([x, y(high[at] ?? 0)]) as Point);
        lower.push(place([x, y(low[at] ?? 0)]) as Point);
      }
      return {
        type: "polygon",
        shape: { points: [...upper, ...lower.reverse()] },
        style: { fill: colour, opacity: 0.18 },
      };
    },
  };
}

/**
 * All lines but the chosen ones, thin and grey, as one series.
 *
 * One ECharts line series each would cost a view, a model and a clip path per
 * line: 340 of them take seconds, this takes tens of milliseconds.
 */
export function quietSeries(
  chart: Chart,
  indexes: readonly number[],
  colour: string,
  log: boolean,
): CustomSeriesOption {
  return {
    type: "custom",
    id: "quiet",
    silent: true,
    clip: true,
    z: 1,
    encode: { x: 0, y: 1, tooltip: [] },
    data: indexes.map((i) => [chart.xs[0] ?? 0, log ? 1 : 0, i]),
    renderItem: (_params, api) => {
      const values = chart.series[Number(api.value(2))]?.values ?? [];
      const shown = (at: number): boolean => {
        const value = values[at];
        return value != null && (!log || value > 0);
      };
      const lines = runs(values.length, shown).map(([from, to]) => {
        const points: Point[] = [];
        for (let at = from; at <= to; at += 1) {
          points.push(api.coord([chart.xs[at] ?? 0, values[at] ?? 0]) as Point);
        }
        return {
          type: "polyline" as const,
          shape: { points },
          style: { stroke: colour, lineWidth: 1, fill: "none" },
        };
      });
      return { type: "group", children: lines };
    },
  };
}
