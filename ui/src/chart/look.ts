/** The chart's colours, read from the page's tokens so that themes reach it. */

import { token, type Level } from "../shared/dom";

export interface Look {
  ink: string;
  muted: string;
  line: string;
  card: string;
  quiet: string;
  font: string;
  /** The size of axis words in pixels; doubles with large text. */
  size: number;
  series: string[];
  levels: Record<Level, string>;
}

export function lookOf(element: HTMLElement): Look {
  const read = (name: string): string => token(element, name);
  const style = getComputedStyle(element);
  const root = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  return {
    ink: read("--ink"),
    muted: read("--muted"),
    line: read("--line"),
    card: read("--card"),
    quiet: read("--chart-quiet"),
    font: style.fontFamily,
    size: Math.round(root * 0.8125),
    series: Array.from({ length: 8 }, (_, i) => read(`--series-${i + 1}`)),
    levels: {
      red: read("--level-red"),
      orange: read("--level-orange"),
      yellow: read("--level-yellow"),
      blue: read("--level-blue"),
    },
  };
}

/** The colour of series `i`; the eight come round again. */
export function seriesColour(look: Look, i: number): string {
  return look.series[i % look.series.length] ?? look.ink;
}
