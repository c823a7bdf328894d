import { describe, expect, it } from "vitest";
import { classLabels, classOf, colourRamp, completeScale, niceBreaks, roundDown } from "../src/shared/scale";

/** Relative luminance of "#rrggbb". */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe("classes", () => {
  it("puts a value on a break into the upper class", () => {
    expect([0, 1, 9, 10, 5000].map((v) => classOf(v, [1, 10, 100]))).toEqual([0, 1, 1, 2, 3]);
    expect(classOf(null, [1])).toBe(-1);
    expect(classOf(Number.NaN, [1])).toBe(-1);
  });

  it("takes powers of ten for counts over many orders", () => {
    expect(niceBreaks([0, 3, 40, 900, 12_000, 68_000])).toEqual([1, 10, 100, 1000, 10_000]);
  });

  it("takes rounded quantiles, each once and rising, for counts of one order", () => {
    const breaks = niceBreaks([12, 14, 15, 22, 31, 44, 47, 52, 80, 95]);
    expect(breaks.length).toBeGreaterThan(1);
    expect([...new Set(breaks)].sort((a, b) => a - b)).toEqual(breaks);
  });

  it("has a class even where there is nothing", () => {
    expect(niceBreaks([])).toEqual([1]);
    expect(niceBreaks([0, 0])).toEqual([1]);
  });

  it("rounds down and never up", () => {
    for (const value of [0.0137, 1, 1.99, 7, 68_000, 999]) {
      expect(roundDown(value)).toBeLessThanOrEqual(value);
      expect(roundDown(value)).toBeGreaterThan(value / 2);
    }
  });

  it("says what each class holds without a gap or an overlap", () => {
    expect(classLabels([1, 10, 100], "en")).toEqual(["0", "1–9", "10–99", "100 or more"]);
    expect(classLabels([1, 2], "zh")).toEqual(["0", "1", "2 及以上"]);
    expect(classLabels([0.5, 1.5], "en")).toEqual(["under 0.5", "0.5–1.5", "1.5 or more"]);
  });
});

describe("colours", () => {
  it("grow darker on a light ground and lighter on a dark one, at every step", () => {
    for (const n of [2, 3, 4, 5, 6, 7]) {
      const light = colourRamp(n).map(luminance);
      const dark = colourRamp(n, true).map(luminance);
      expect(light).toEqual([...light].sort((a, b) => b - a));
      expect(dark).toEqual([...dark].sort((a, b) => a - b));
      expect(new Set(light).size).toBe(n);
    }
  });

  it("keeps what the page gave and replaces what does not fit", () => {
    const scale = completeScale({ breaks: [10, 1], colours: ["#000000"], unit: "例" }, [], { lang: "zh" });
    expect(scale.breaks).toEqual([1, 10]);
    expect(scale.colours).toHaveLength(3);
    expect(scale.unit).toBe("例");
  });
});
