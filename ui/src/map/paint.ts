/** The MapLibre style: layers and what colours them. */

import type { ExpressionSpecification, StyleSpecification } from "maplibre-gl";
import { drawable, type MapData } from "../shared/mapdata";
import type { Scale } from "../shared/scale";

export interface Colours {
  ground: string;
  land: string;
  edge: string;
  gap: string;
  ink: string;
  halo: string;
}

/** Reads the map's colours from custom properties. */
export function paintOf(read: (name: string) => string): Colours {
  return {
    ground: read("--map-ground") || "#eef2f7",
    land: read("--map-land") || "#ffffff",
    edge: read("--map-edge") || "#c3cedc",
    gap: read("--map-gap") || "#d5dbe4",
    ink: read("--map-ink") || "#16202e",
    halo: read("--map-halo") || "#ffffff",
  };
}

const hovered: ExpressionSpecification = ["boolean", ["feature-state", "hover"], false];
const chosen: ExpressionSpecification = ["boolean", ["feature-state", "chosen"], false];
const radius: ExpressionSpecification = ["coalesce", ["feature-state", "r"], 0];

function classColour(scale: Scale, gap: string): ExpressionSpecification {
  const stops = scale.colours.flatMap((colour, i) => [i, colour]);
  const state: ExpressionSpecification = ["coalesce", ["feature-state", "c"], -1];
  return ["step", state, gap, ...stops] as unknown as ExpressionSpecification;
}

/** Paint properties that follow the scale: layer, property, value. */
export function hits(
  scale: Scale,
  read: (name: string) => string,
): [layer: string, property: "fill-color" | "circle-color", value: ExpressionSpecification][] {
  const { gap } = paintOf(read);
  return [
    ["area-fill", "fill-color", classColour(scale, gap)],
    ["point-circle", "circle-color", classColour(scale, gap)],
  ];
}

/** A whole style for the data: context below, areas, then circles. */
export function styleOf(data: MapData, colours: Colours, scale: Scale): StyleSpecification {
  const emphasis: ExpressionSpecification = ["any", hovered, chosen];
  const areas = drawable(data, "area");
  return {
    version: 8,
    sources: {
      context: { type: "geojson", data: drawable(data, "context") },
      area: { type: "geojson", data: areas, promoteId: "id" },
      point: { type: "geojson", data: bySize(data), promoteId: "id" },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": colours.ground } },
      { id: "context-fill", type: "fill", source: "context", paint: { "fill-color": colours.land } },
      {
        id: "context-line",
        type: "line",
        source: "context",
        paint: { "line-color": colours.edge, "line-width": 1 },
      },
      {
        id: "area-fill",
        type: "fill",
        source: "area",
        paint: { "fill-color": classColour(scale, colours.gap), "fill-antialias": false },
      },
      {
        id: "area-line",
        type: "line",
        source: "area",
        layout: { "line-join": "round" },
        paint: { "line-color": colours.halo, "line-width": 0.8 },
      },
      {
        id: "area-emphasis",
        type: "line",
        source: "area",
        layout: { "line-join": "round" },
        paint: {
          "line-color": colours.ink,
          "line-width": ["case", hovered, 2.5, chosen, 2, 0],
          "line-opacity": ["case", emphasis, 1, 0],
        },
      },
      {
        id: "point-circle",
        type: "circle",
        source: "point",
        paint: {
          "circle-color": classColour(scale, colours.gap),
          "circle-radius": radius,
          "circle-opacity": 0.88,
          "circle-stroke-color": ["case", emphasis, colours.ink, colours.halo],
          "circle-stroke-width": ["case", emphasis, 2, 1],
        },
      },
    ],
  };
}

/** Points with the largest first, so that small circles lie on top and can be touched. */
function bySize(data: MapData): ReturnType<typeof drawable> {
  const value = new Map(data.features.map((f) => [String(f.properties?.id), f.properties?.value ?? 0]));
  const points = drawable(data, "point");
  const size = (id: unknown): number => value.get(String(id)) ?? 0;
  points.features.sort((a, b) => size(b.properties?.["id"]) - size(a.properties?.["id"]));
  return points;
}
