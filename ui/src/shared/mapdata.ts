/** The GeoJSON a page gives a map, narrowed to what we draw. */

import type { Feature, FeatureCollection, Geometry, Position } from "geojson";
import type { ScaleInput } from "./scale";

export interface PlaceProperties {
  /** Absent on outlines that are only context. */
  id?: string | number;
  name?: string;
  value?: number | null;
  /** The value in words, shown instead of the bare figure. */
  label?: string;
  url?: string;
}

export type MapData = FeatureCollection<Geometry | null, PlaceProperties> & { scale?: ScaleInput };

export interface MapPlace {
  id: string;
  name: string;
  value: number | null;
  label: string;
  url: string;
  /** True when it has a geometry. */
  placed: boolean;
  point: boolean;
  /** Where its name goes: lon, lat. */
  anchor: [lon: number, lat: number] | null;
}

/** The places of a collection in their order; outlines without an id are left out. */
export function mapPlaces(data: MapData | null): MapPlace[] {
  return (data?.features ?? [])
    .filter((feature) => feature.properties?.id != null)
    .map((feature) => {
      const { id, name, value, label, url } = feature.properties;
      return {
        id: String(id),
        name: name ?? String(id),
        value: typeof value === "number" && Number.isFinite(value) ? value : null,
        label: label ?? "",
        url: url ?? "",
        placed: feature.geometry !== null,
        point: feature.geometry?.type === "Point" || feature.geometry?.type === "MultiPoint",
        anchor: anchorOf(feature.geometry),
      };
    });
}

/** Features of one kind, ids as strings, so that colours can be set by id. */
export function drawable(data: MapData, kind: "area" | "point" | "context"): FeatureCollection {
  const features: Feature[] = [];
  for (const feature of data.features) {
    const { geometry, properties } = feature;
    if (!geometry) continue;
    const known = properties?.id != null;
    const point = geometry.type === "Point" || geometry.type === "MultiPoint";
    const is = !known ? "context" : point ? "point" : "area";
    if (is === kind) {
      features.push({ type: "Feature", geometry, properties: { id: String(properties?.id ?? "") } });
    }
  }
  return { type: "FeatureCollection", features };
}

/** West, south, east, north of everything drawn; null when nothing is. */
export function boundsOf(data: MapData): [number, number, number, number] | null {
  let west = Infinity;
  let south = Infinity;
  let east = -Infinity;
  let north = -Infinity;
  for (const { geometry } of data.features) {
    eachPosition(geometry, ([lon = NaN, lat = NaN]) => {
      west = Math.min(west, lon);
      east = Math.max(east, lon);
      south = Math.min(south, lat);
      north = Math.max(north, lat);
    });
  }
  return west <= east && south <= north ? [west, south, east, north] : null;
}

function eachPosition(geometry: Geometry | null, visit: (at: Position) => void): void {
  if (!geometry) return;
  if (geometry.type === "GeometryCollection") {
    for (const part of geometry.geometries) eachPosition(part, visit);
    return;
  }
  const walk = (nested: unknown): void => {
    const list = nested as unknown[];
    if (typeof list[0] === "number") visit(list as Position);
    else for (const part of list) walk(part);
  };
  walk(geometry.coordinates);
}

/** The point, or the centroid of the widest ring. */
export function anchorOf(geometry: Geometry | null): [number, number] | null {
  if (!geometry) return null;
  if (geometry.type === "Point") return pair(geometry.coordinates);
  if (geometry.type === "MultiPoint") return pair(geometry.coordinates[0]);
  const rings =
    geometry.type === "Polygon"
      ? [geometry.coordinates[0]]
      : geometry.type === "MultiPolygon"
        ? geometry.coordinates.map((polygon) => polygon[0])
        : [];
  let best: [number, number] | null = null;
  let widest = 0;
  for (const ring of rings) {
    const found = ring ? centroid(ring) : null;
    if (found && found.area > widest) {
      widest = found.area;
      best = found.at;
    }
  }
  return best;
}

function pair(at: Position | undefined): [number, number] | null {
  return at && at.length >= 2 ? [at[0] as number, at[1] as number] : null;
}

function centroid(ring: Position[]): { at: [number, number]; area: number } | null {
  let twice = 0;
  let x = 0;
  let y = 0;
  // Measured from the first corner: far from the origin the products lose digits.
  const [ox = 0, oy = 0] = ring[0] ?? [];
  for (let i = 0; i + 1 < ring.length; i += 1) {
    const [ax = 0, ay = 0] = ring[i] as Position;
    const [bx = 0, by = 0] = ring[i + 1] as Position;
    const cross = (ax - ox) * (by - oy) - (bx - ox) * (ay - oy);
    twice += cross;
    x += (ax + bx - 2 * ox) * cross;
    y += (ay + by - 2 * oy) * cross;
  }
  if (twice === 0) return null;
  return { at: [ox + x / (3 * twice), oy + y / (3 * twice)], area: Math.abs(twice) / 2 };
}
