/** Values of many places on many days, one row per day. */

export interface Frames {
  dates: string[];
  ids?: string[];
  /** values[d][p]: day d, place p; null where nothing is known. */
  values?: (number | null)[][];
}

export type ValueById = Record<string, number | null>;

/** True for what has days, and as many rows and cells as days and ids say. */
export function isFrames(given: Frames | null): given is Frames {
  if (!given || !Array.isArray(given.dates) || given.dates.length === 0) return false;
  if (!given.ids) return true;
  return (
    given.values?.length === given.dates.length &&
    given.values.every((row) => row.length === given.ids?.length)
  );
}

/** The values of day `index` by place. */
export function frameValues(frames: Frames, index: number): ValueById {
  const row = frames.values?.[index] ?? [];
  return Object.fromEntries((frames.ids ?? []).map((id, i) => [id, row[i] ?? null]));
}

/** Every known value of every day: what a scale must span so that colours hold still. */
export function allValues(frames: Frames): number[] {
  return (frames.values ?? []).flat().filter((v): v is number => v !== null);
}

/** Where to start: the asked day, else the last. */
export function startIndex(dates: readonly string[], asked: string | null): number {
  const at = asked ? dates.indexOf(asked) : -1;
  return at >= 0 ? at : dates.length - 1;
}
