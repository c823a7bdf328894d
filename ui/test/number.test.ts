import { describe, expect, it } from "vitest";
import { day, dayNumber, figure, interval, shortFigure, withUnit } from "../src/shared/number";

describe("figures", () => {
  it("keeps whole numbers whole and groups thousands in both languages", () => {
    expect(figure(12331, "zh")).toBe("12,331");
    expect(figure(12331, "en")).toBe("12,331");
    expect(figure(5, "en")).toBe("5");
  });

  it("shows as many digits as a reader can use", () => {
    expect(figure(1.2439, "en")).toBe("1.24");
    expect(figure(0.01234, "en")).toBe("0.012");
    expect(figure(2107.44, "en")).toBe("2,107");
    expect(figure(948.24, "en")).toBe("948.2");
  });

  it("writes a dash for what is not known, never zero", () => {
    expect(figure(null, "zh")).toBe("—");
    expect(figure(undefined, "zh")).toBe("—");
    expect(figure(Number.NaN, "zh")).toBe("—");
    expect(figure(0, "zh")).toBe("0");
  });

  it("shortens axes the way each language counts", () => {
    expect(shortFigure(12_000, "zh")).toBe("1.2万");
    expect(shortFigure(12_000, "en")).toBe("12K".toLowerCase());
    expect(shortFigure(500, "en")).toBe("500");
  });

  it("joins a unit with a space, and a percent sign without", () => {
    expect(withUnit("37", "例")).toBe("37 例");
    expect(withUnit("82", "%")).toBe("82%");
    expect(withUnit("—", "例")).toBe("—");
  });

  it("writes an interval only when both ends are known", () => {
    expect(interval(31, 44, "en")).toBe("31–44");
    expect(interval(31, null, "en")).toBe("");
  });
});

describe("days", () => {
  it("reads an ISO day at midnight UTC wherever the reader is", () => {
    expect(dayNumber("2020-02-13")).toBe(Date.UTC(2020, 1, 13));
    expect(day("2020-02-13", "zh")).toBe("2020年2月13日");
    expect(day("2020-02-13", "en")).toBe("13 Feb 2020");
  });

  it("refuses days that no calendar has", () => {
    expect(dayNumber("2020-02-30")).toBeNull();
    expect(day("week 7", "en")).toBe("week 7");
  });
});
