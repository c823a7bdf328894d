/** The geometry of a sparkline. */

/** Numbers from "1, 2, , 4"; an empty or unreadable place is a gap (null). */
export function sparkValues(text: string): (number | null)[] {
  if (text.trim() === "") return [];
  return text.split(",").map((part) => {
    const value = part.trim() === "" ? Number.NaN : Number(part);
    return Number.isFinite(value) ? value : null;
  });
}

export interface SparkPath {
  line: string;
  area: string;
  end: [x: number, y: number];
}

/** Paths of the line and the area under it inside `width` x `height` less `pad`. */
export function sparkPath(
  values: readonly (number | null)[],
  width: number,
  height: number,
  pad: number,
): SparkPath {
  const known = values.filter((v): v is number => v !== null);
  const low = Math.min(0, ...known);
  const span = Math.max(...known) - low || 1;
  const step = (width - 2 * pad) / Math.max(1, values.length - 1);
  const base = round(height - pad);
  let line = "";
  let area = "";
  let run: string[] = [];
  let startX = 0;
  let end: [number, number] = [pad, base];
  const close = (): void => {
    if (run.length > 0) area += `M${startX} ${base}L${run.join("L")}L${end[0]} ${base}Z`;
    run = [];
  };
  values.forEach((value, i) => {
    if (value === null) return close();
    const x = round(pad + i * step);
    const y = round(height - pad - ((value - low) / span) * (height - 2 * pad));
    if (run.length === 0) startX = x;
    line += `${run.length === 0 ? "M" : "L"}${x} ${y}`;
    run.push(`${x} ${y}`);
    end = [x, y];
  });
  close();
  return { line, area, end };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
