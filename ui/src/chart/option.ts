/** From a chart and what the reader chose to what ECharts draws. */

import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption, BarSeriesOption } from "echarts/charts";
import type { EChartsCoreOption } from "echarts/core";
import { shortFigure } from "../shared/number";
import { pageLang } from "../shared/words";
import { seriesColour, type Look } from "./look";
import { MANY, type Chart } from "./model";
import { bandSeries, quietSeries } from "./parts";
import { extentOf } from "./scale";
import type { Seen } from "./table";
import { tooltipOf } from "./tooltip";

export interface State {
  log: boolean;
  seen: Seen;
  /** Series in colour, in the order they were chosen; the place gives the colour. */
  bright: number[];
  width: number;
  /** False for a saved picture, which nobody can zoom. */
  zoom: boolean;
}

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
  const ends = chart.kind === "line" && state.bright.length > 1 && state.bright.length <= 8 && state.width > 560;
  state.bright.forEach((i, place) => {
    const colour = colourOf(chart, state, look, i, place);
    const band = bandSeries(chart, i, colour, state.log ? extent[0] : null);
    if (band) series.push(band);
    series.push(chart.kind === "bar" ? bars(chart, i, colour, state) : line(chart, i, colour, state, look, ends));
  });
  series.push(marks(chart, state, look, extent[0]));
  return {
    animation: false,
    useUTC: true,
    textStyle: { fontFamily: look.font, fontSize: look.size },
    grid: gridOf(chart, state, look, ends),
    xAxis: xAxisOf(chart, state, look),
    yAxis: yAxisOf(state, look, extent),
    ...(state.zoom ? { dataZoom: zoomOf(chart, state, look), tooltip: many ? { show: false } : tooltipOf(chart, state, look) } : {}),
    series,
  };
}

/** A series keeps its own colour among few; among many the order of choice gives it. */
export function colourOf(chart: Chart, _state: State, look: Look, i: number, place: number): string {
  return seriesColour(look, chart.series.length > MANY ? place : i);
}

function points(chart: Chart, i: number, log: boolean): [number, number | null][] {
  const values = chart.series[i]?.values ?? [];
  return chart.xs.map((x, at) => {
    const value = values[at] ?? null;
    return [x, value !== null && log && value <= 0 ? null : value];
  });
}

function line(chart: Chart, i: number, colour: string, state: State, look: Look, ends: boolean): LineSeriesOption {
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
    ...(ends
      ? {
          endLabel: {
            show: true,
            formatter: "{a}",
            color: look.ink,
            fontSize: look.size,
            fontWeight: 600,
            distance: 8,
          },
          labelLayout: { moveOverlap: "shiftY" },
        }
      : {}),
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

function gridOf(chart: Chart, state: State, look: Look, ends: boolean): object {
  const widest = Math.max(0, ...state.bright.map((i) => textWidth(chart.series[i]?.name ?? "", look.size)));
  return {
    left: 4,
    right: ends ? Math.min(state.width * 0.3, widest + 20) : 14,
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
  const first = chart.xs[0] ?? 0;
  const last = chart.xs[chart.xs.length - 1] ?? 1;
  const step = chart.xs.length > 1 ? (last - first) / (chart.xs.length - 1) : 1;
  const room = chart.kind === "bar" ? step / 2 : 0;
  return {
    type: chart.xType === "date" ? "time" : "value",
    min: first - room,
    max: last + room,
    splitNumber: Math.max(2, Math.min(8, Math.floor(state.width / (look.size * 8)))),
    ...common,
    axisLabel: chart.xType === "date" ? { ...label, formatter: tick } : label,
  };
}

/** Months by name, January with its year, other days short. */
function tick(at: number, index: number): string {
  const zh = pageLang() === "zh";
  const date = new Date(at);
  const month = date.getUTCMonth();
  const year = date.getUTCFullYear();
  if (date.getUTCDate() !== 1) {
    const options = { month: zh ? "numeric" : "short", day: "numeric", timeZone: "UTC" } as const;
    return date.toLocaleDateString(zh ? "zh-CN" : "en-GB", options);
  }
  const name = zh ? `${month + 1}月` : date.toLocaleDateString("en-GB", { month: "short", timeZone: "UTC" });
  if (month !== 0 && index !== 0) return name;
  return zh ? `${year}年${name}` : `${name} ${year}`;
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
  const window = { startValue: chart.xs[state.seen.from], endValue: chart.xs[state.seen.to] };
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
      handleSize: 22,
      handleStyle: { color: look.card, borderColor: look.muted },
      moveHandleSize: 0,
      ...window,
    },
  ];
}
