/** Which of many lines the pointer means. */

import type { Chart } from "./model";

export interface Near {
  series: number;
  at: number;
  distance: number;
}

/** The position in `xs` (ascending) closest to `x`. */
export function closest(xs: readonly number[], x: number): number {
  let low = 0;
  let high = xs.length - 1;
  while (low < high) {
    const mid = (low + high) >> 1;
    if ((xs[mid] as number) < x) low = mid + 1;
    else high = mid;
  }
  const before = xs[low - 1];
  return before !== undefined && x - before < (xs[low] as number) - x ? low - 1 : low;
}

/** The series whose value at position `at` is closest to pixel `y`; null beyond `reach` pixels. */
export function nearest(
  chart: Chart,
  indexes: readonly number[],
  at: number,
  y: number,
  toPixel: (value: number) => number,
  reach = 24,
): Near | null {
  let best: Near | null = null;
  for (const series of indexes) {
    const value = chart.series[series]?.values[at];
    if (value == null) continue;
    const distance = Math.abs(toPixel(value) - y);
    if (distance <= reach && (best === null || distance < best.distance)) best = { series, at, distance };
  }
  return best;
}
