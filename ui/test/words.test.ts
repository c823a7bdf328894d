import { expect, it } from "vitest";
import { sparkPath, sparkValues } from "../src/shared/sparkline";
import { allWords, say } from "../src/shared/words";

it("says everything in both languages, with the same blanks to fill", () => {
  const blanks = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const [key, [zh, en]] of Object.entries(allWords)) {
    expect(zh, key).not.toBe("");
    expect(en, key).not.toBe("");
    expect(blanks(zh), key).toEqual(blanks(en));
  }
});

it("fills blanks and leaves unknown ones alone", () => {
  expect(say("ofTotal", { done: 3, total: 9 }, "en")).toBe("3 of 9");
  expect(say("ofTotal", { done: 3 }, "zh")).toBe("3 / {total}");
});

it("draws a sparkline with a gap where a day is missing", () => {
  expect(sparkValues("1, 2,,x,4")).toEqual([1, 2, null, null, 4]);
  expect(sparkValues("")).toEqual([]);
  const path = sparkPath([0, 10, null, 10], 100, 20, 0);
  expect(path.line).toBe("M0 20L33.33 0M100 0");
  expect(path.end).toEqual([100, 0]);
});
