/** Names at the ends of lines, in HTML, moved apart where they would touch. */

import { make } from "../shared/dom";
import type { EChartsType } from "./echarts";
import { lastKnown, type Chart } from "./model";
import type { State } from "./state";

/** Which bright lines end at the right edge and so are named there. */
export function namedEnds(chart: Chart, state: State): number[] {
  const { bright, seen, width } = state;
  const wide = width > 560;
  if (!wide || chart.kind === "bar" || bright.length < 2 || bright.length > 8) return [];
  const near = seen.to - Math.max(1, Math.round((seen.to - seen.from) * 0.03));
  return bright.filter((i) => lastKnown(chart.series[i]?.values ?? [], near, seen.to) !== null);
}

/** Tops of boxes `gap` high, as near as can be to where they were asked, within 0..height. */
export function spread(asked: readonly number[], gap: number, height: number): number[] {
  const order = asked.map((_, i) => i).sort((a, b) => (asked[a] ?? 0) - (asked[b] ?? 0));
  const tops = [...asked];
  let floor = 0;
  for (const i of order) {
    tops[i] = Math.max(floor, asked[i] ?? 0);
    floor = (tops[i] ?? 0) + gap;
  }
  let ceiling = height;
  for (const i of order.reverse()) {
    tops[i] = Math.min(tops[i] ?? 0, ceiling - gap);
    ceiling = tops[i] ?? 0;
  }
  return tops;
}

/** Writes the names into `layer`. */
export function writeEnds(
  layer: HTMLElement,
  engine: EChartsType,
  chart: Chart,
  state: State,
  look: { size: number; colour: (series: number) => string },
): void {
  const gap = look.size * 1.35;
  const ends = namedEnds(chart, state).flatMap((i) => {
    const last = lastKnown(chart.series[i]?.values ?? [], 0, state.seen.to);
    if (!last || (state.log && last.value <= 0)) return [];
    const pixel = engine.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [chart.xs[last.at] ?? 0, last.value]);
    return [{ i, x: Number(pixel[0]), y: Number(pixel[1]) - gap / 2 }];
  });
  const tops = spread(ends.map((end) => end.y), gap, layer.clientHeight);
  const right = Math.max(0, ...ends.map((end) => end.x));
  layer.replaceChildren(
    ...ends.map((end, n) => {
      const name = make("span", { class: "chart-end" }, chart.series[end.i]?.name ?? "");
      name.style.borderColor = look.colour(end.i);
      name.style.transform = `translate(${Math.round(right + 6)}px, ${Math.round(tops[n] ?? 0)}px)`;
      return name;
    }),
  );
}
