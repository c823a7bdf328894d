/** From a chart and what the reader chose to what ECharts draws. */

import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption, BarSeriesOption } from "echarts/charts";
import type { EChartsCoreOption } from "echarts/core";
import { shortFigure } from "../shared/number";
import { namedEnds } from "./ends";
import { seriesColour, type Look } from "./look";
import { MANY, type Chart } from "./model";
import { bandSeries, quietSeries } from "./parts";
import { extentOf } from "./scale";
import type { State } from "./state";
import { dateTicks, tickText } from "./ticks";
import { tooltipOf } from "./tooltip";

const symbols = { red: "triangle", orange: "diamond", yellow: "rect", blue: "circle" } as const;

type Drawn = LineSeriesOption | BarSeriesOption | ScatterSeriesOption | CustomSeriesOption;

/** The whole option; a change of state makes a new one. */
export function optionOf(chart: Chart, state: State, look: Look): EChartsCoreOption {
  const many = chart.series.length > MANY;
  const extent = extentOf(chart, state.seen, state.log);
  const series: Drawn[] = [];
  if (many) {
    const quiet = state.seen.series.filter((i) => !state.bright.includes(i));
    series.push(quietSeries(chart, quiet, look.quiet, state.log));
  }
  state.bright.forEach((i, place) => {
    const colour = colourOf(chart, look, i, place);
    const band = bandSeries(chart, i, colour, state.log ? extent[0] : null);
    if (band) series.push(band);
    // A mean or a target over bars is a line: it is drawn dashed wherever it stands.
    const asBars = chart.kind === "bar" && !chart.series[i]?.dashed;
    series.push(asBars ? bars(chart, i, colour, state) : line(chart, i, colour, state));
  });
  series.push(marks(chart, state, look, extent[0]));
  return {
    animation: false,
    useUTC: true,
    textStyle: { fontFamily: look.font, fontSize: look.size },
    grid: gridOf(chart, state, look),
    xAxis: xAxisOf(chart, state, look),
    yAxis: yAxisOf(state, look, extent),
    ...(state.zoom ? { dataZoom: zoomOf(chart, state, look), tooltip: many ? { show: false } : tooltipOf(chart, state, look) } : {}),
    series,
  };
}

/** A series keeps its own colour among few; among many the order of choice gives it. */
export function colourOf(chart: Chart, look: Look, i: number, place: number): string {
  return seriesColour(look, chart.series.length > MANY ? place : i);
}

function points(chart: Chart, i: number, log: boolean): [number, number | null][] {
  const values = chart.series[i]?.values ?? [];
  return chart.xs.map((x, at) => {
    const value = values[at] ?? null;
    return [x, value !== null && log && value <= 0 ? null : value];
  });
}

function line(chart: Chart, i: number, colour: string, state: State): LineSeriesOption {
  const one = chart.series[i];
  return {
    type: "line",
    id: `line-${i}`,
    name: one?.name ?? "",
    data: points(chart, i, state.log),
    showSymbol: chart.xs.length === 1,
    symbol: "circle",
    symbolSize: 7,
    clip: true,
    z: 3,
    color: colour,
    lineStyle: { width: 2.2, color: colour, type: one?.dashed ? [6, 4] : "solid" },
    emphasis: { disabled: true },
  };
}

function bars(chart: Chart, i: number, colour: string, state: State): BarSeriesOption {
  return {
    type: "bar",
    id: `bar-${i}`,
    name: chart.series[i]?.name ?? "",
    data: points(chart, i, state.log),
    color: colour,
    barMaxWidth: 28,
    barCategoryGap: "18%",
    clip: true,
    z: 3,
    itemStyle: { borderRadius: [2, 2, 0, 0] },
    emphasis: { disabled: true },
  };
}

function marks(chart: Chart, state: State, look: Look, floor: number): ScatterSeriesOption {
  const visible = chart.marks.filter((mark) => state.bright.includes(mark.on));
  return {
    type: "scatter",
    id: "marks",
    z: 6,
    silent: true,
    clip: true,
    symbolSize: 13,
    data: visible.map((mark) => {
      const value = chart.series[mark.on]?.values[mark.at] ?? floor;
      return {
        value: [chart.xs[mark.at] ?? 0, state.log ? Math.max(floor, value) : value],
        symbol: symbols[mark.level],
        itemStyle: { color: look.levels[mark.level], borderColor: look.card, borderWidth: 1.5, opacity: 1 },
      };
    }),
  };
}

function gridOf(chart: Chart, state: State, look: Look): object {
  const ends = state.zoom ? namedEnds(chart, state) : [];
  const widest = Math.max(0, ...ends.map((i) => textWidth(chart.series[i]?.name ?? "", look.size)));
  return {
    left: 4,
    right: ends.length > 0 ? Math.min(state.width * 0.3, widest + 24) : 14,
    top: look.size,
    bottom: state.zoom ? 40 : 8,
    containLabel: true,
  };
}

function textWidth(text: string, size: number): number {
  // A Chinese character is as wide as the font is high, a Latin one about half.
  return [...text].reduce((sum, letter) => sum + (letter > "\u2e80" ? size : size * 0.58), 0);
}

function xAxisOf(chart: Chart, state: State, look: Look): object {
  const common = {
    axisLine: { lineStyle: { color: look.muted } },
    axisTick: { lineStyle: { color: look.line } },
    splitLine: { show: false },
  };
  const label = { color: look.muted, fontSize: look.size, hideOverlap: true };
  if (chart.xType === "category") {
    return { type: "category", data: chart.xRaw, ...common, axisLabel: label };
  }
  if (chart.xType === "number") {
    const room = halfStep(chart);
    const first = chart.xs[0] ?? 0;
    const last = chart.xs[chart.xs.length - 1] ?? 1;
    return { type: "value", min: first - room, max: last + room, ...common, axisLabel: label };
  }
  return timeAxisOf(chart, state, { ...common, axisLabel: label }, look);
}

/** Bars need half a step of room at both ends, or the outer ones are cut. */
function halfStep(chart: Chart): number {
  const n = chart.xs.length;
  if (chart.kind !== "bar" || n < 2) return 0;
  return ((chart.xs[n - 1] ?? 0) - (chart.xs[0] ?? 0)) / (n - 1) / 2;
}

function timeAxisOf(chart: Chart, state: State, common: { axisLabel: object; axisTick: object }, look: Look): object {
  const room = halfStep(chart);
  const from = chart.xs[state.seen.from] ?? 0;
  const to = chart.xs[state.seen.to] ?? 1;
  const most = Math.floor(state.width / (look.size * 5.5));
  const ticks = dateTicks(from, to, most);
  return {
    type: "time",
    min: (chart.xs[0] ?? 0) - room,
    max: (chart.xs[chart.xs.length - 1] ?? 1) + room,
    ...common,
    axisTick: { ...common.axisTick, customValues: ticks },
    axisLabel: { ...common.axisLabel, customValues: ticks, formatter: (at: number) => tickText(at, at === ticks[0]) },
  };
}

/** What changes with the part that is seen: the axes, without touching the lines. */
export function axesOf(chart: Chart, state: State, look: Look): EChartsCoreOption {
  const extent = extentOf(chart, state.seen, state.log);
  return { xAxis: xAxisOf(chart, state, look), yAxis: yAxisOf(state, look, extent) };
}

function yAxisOf(state: State, look: Look, [min, max]: [number, number]): object {
  return {
    type: state.log ? "log" : "value",
    min,
    max,
    splitNumber: 5,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: look.line } },
    axisLabel: {
      color: look.muted,
      fontSize: look.size,
      hideOverlap: true,
      formatter: (value: number) => shortFigure(value),
    },
  };
}

function zoomOf(chart: Chart, state: State, look: Look): object[] {
  const room = halfStep(chart);
  const window = {
    startValue: (chart.xs[state.seen.from] ?? 0) - room,
    endValue: (chart.xs[state.seen.to] ?? 0) + room,
  };
  return [
    // Ctrl with the wheel: a page must scroll past its charts.
    { type: "inside", filterMode: "none", zoomOnMouseWheel: "ctrl", moveOnMouseMove: true, moveOnMouseWheel: false, preventDefaultMouseMove: false, ...window },
    {
      type: "slider",
      filterMode: "none",
      height: 22,
      bottom: 6,
      left: 24,
      right: 24,
      showDetail: false,
      brushSelect: false,
      showDataShadow: false,
      borderColor: look.line,
      fillerColor: "rgba(95,142,214,.16)",
      handleIcon: "path://M3 0h4a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-4a3 3 0 0 1-3-3v-14a3 3 0 0 1 3-3z",
      handleSize: 24,
      handleStyle: { color: look.card, borderColor: look.muted, borderWidth: 1.5 },
      moveHandleSize: 0,
      ...window,
    },
  ];
}
