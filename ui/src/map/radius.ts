/** Graduated circles: the area, not the width, follows the value. */

export const LARGEST_PX = 30;
const SMALLEST_PX = 2.5;

/** Radius in pixels; what has no value, or zero, gets a small dot. */
export function radiusOf(value: number | null, largest: number): number {
  if (value === null || value <= 0 || largest <= 0) return SMALLEST_PX;
  const radius = LARGEST_PX * Math.sqrt(Math.min(1, value / largest));
  return Math.round(Math.max(SMALLEST_PX, radius) * 10) / 10;
}
