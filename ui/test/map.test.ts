import { describe, expect, it } from "vitest";
import { radiusOf } from "../src/map/radius";
import { allValues, frameValues, isFrames, startIndex } from "../src/shared/frames";
import { anchorOf, boundsOf, drawable, mapPlaces, type MapData } from "../src/shared/mapdata";
import { byValue, valueText } from "../src/shared/placelist";
import { completeScale } from "../src/shared/scale";

const square = [[[0, 0], [4, 0], [4, 2], [0, 2], [0, 0]]];
const data: MapData = {
  type: "FeatureCollection",
  features: [
    { type: "Feature", geometry: { type: "Polygon", coordinates: square }, properties: { id: 1, name: "甲", value: 3 } },
    { type: "Feature", geometry: { type: "Point", coordinates: [120, 30] }, properties: { id: "b", name: "乙", value: 9 } },
    { type: "Feature", geometry: null, properties: { id: "c", name: "丙", value: null } },
    { type: "Feature", geometry: { type: "Polygon", coordinates: square }, properties: {} },
  ],
};

describe("places", () => {
  it("are all listed, placed or not; outlines without an id are only context", () => {
    const places = mapPlaces(data);
    expect(places.map((p) => [p.id, p.placed, p.point])).toEqual([["1", true, false], ["b", true, true], ["c", false, false]]);
    expect(drawable(data, "context").features).toHaveLength(1);
    expect(drawable(data, "area").features).toHaveLength(1);
  });

  it("are named in the middle of their widest part", () => {
    expect(anchorOf({ type: "Polygon", coordinates: square })).toEqual([2, 1]);
    const small = [[[9, 9], [9.1, 9], [9.1, 9.1], [9, 9]]];
    expect(anchorOf({ type: "MultiPolygon", coordinates: [small, square] })).toEqual([2, 1]);
  });

  it("are all inside the bounds", () => {
    expect(boundsOf(data)).toEqual([0, 0, 120, 30]);
    expect(boundsOf({ type: "FeatureCollection", features: [] })).toBeNull();
  });

  it("are listed from the greatest down, the unknown last", () => {
    expect(byValue(mapPlaces(data)).map((p) => p.name)).toEqual(["乙", "甲", "丙"]);
  });

  it("say what they hold in words", () => {
    const scale = completeScale({ unit: "例" }, [3, 9]);
    expect(mapPlaces(data).map((p) => valueText(p, scale))).toEqual(["3 例", "9 例", "无数据"]);
  });
});

describe("circles", () => {
  it("have areas that follow the value", () => {
    expect(radiusOf(100, 100) / radiusOf(25, 100)).toBeCloseTo(2, 1);
    expect(radiusOf(0, 100)).toBeLessThan(3);
    expect(radiusOf(null, 100)).toBeLessThan(3);
  });
});

describe("frames", () => {
  const frames = { dates: ["2020-01-01", "2020-01-02"], ids: ["a", "b"], values: [[1, null], [2, 3]] };

  it("are refused when a row or a cell is missing", () => {
    expect(isFrames(frames)).toBe(true);
    expect(isFrames({ ...frames, values: [[1, 2]] })).toBe(false);
    expect(isFrames({ ...frames, values: [[1], [2]] })).toBe(false);
    expect(isFrames({ dates: [] })).toBe(false);
  });

  it("give each place its value of the day", () => {
    expect(frameValues(frames, 0)).toEqual({ a: 1, b: null });
    expect(allValues(frames)).toEqual([1, 2, 3]);
    expect(startIndex(frames.dates, null)).toBe(1);
    expect(startIndex(frames.dates, "2020-01-01")).toBe(0);
  });
});
