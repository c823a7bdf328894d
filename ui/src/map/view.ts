/** The drawing half of `<rc-map>`: MapLibre without tiles, only ground and our places. */

import * as maplibre from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
// MapLibre 6 looks for its worker beside itself, where a bundler does not put
// it; the map then stays blank. So the bundler is told, and MapLibre after it.
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";

import { make, motionIsOff, token } from "../shared/dom";
import { boundsOf, type MapData, type MapPlace } from "../shared/mapdata";
import { classOf, type Scale } from "../shared/scale";
import { say } from "../shared/words";
import { Labels } from "./labels";
import { legend } from "./legend";
import { hits, paintOf, styleOf } from "./paint";
import { radiusOf } from "./radius";
import { Tip } from "./tip";

maplibre.setWorkerUrl(workerUrl);

export interface ViewOptions {
  data: MapData;
  places: MapPlace[];
  scale: Scale;
  name: string;
  selected: string | null;
  /** How many names to write at most. */
  labels: number;
  pick: (place: MapPlace) => void;
  ready: () => void;
}

export class MapView {
  private map: maplibre.Map;
  private byId: Map<string, MapPlace>;
  private scale: Scale;
  private largest: number;
  private hovered: string | null = null;
  private drawn = new Map<string, string>();
  private tip: Tip;
  private labels: Labels;
  private legendPlace = make("div", { class: "map-legend" });
  private watcher: ResizeObserver;

  constructor(
    private frame: HTMLElement,
    private options: ViewOptions,
  ) {
    const { data, places, scale } = options;
    this.byId = new Map(places.map((place) => [place.id, place]));
    this.scale = scale;
    this.largest = greatest(places, scale);
    const canvas = make("div", { class: "map-canvas" });
    frame.append(canvas, this.legendPlace);
    this.writeLegend();
    const bounds = boundsOf(data) as [number, number, number, number];
    const colours = paintOf((name) => token(frame, name));
    this.map = new maplibre.Map({
      container: canvas,
      style: styleOf(data, colours, scale),
      bounds,
      fitBoundsOptions: { padding: this.padding(), maxZoom: 11 },
      attributionControl: false,
      // The page scrolls as pages do; two fingers or Ctrl move the map.
      cooperativeGestures: true,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      renderWorldCopies: false,
      fadeDuration: 0,
      locale: {
        "Map.Title": options.name,
        "CooperativeGesturesHandler.WindowsHelpText": say("gestureWheel"),
        "CooperativeGesturesHandler.MacHelpText": say("gestureMac"),
        "CooperativeGesturesHandler.MobileHelpText": say("gestureTouch"),
      },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.getCanvas().setAttribute("aria-label", options.name);
    frame.append(this.buttons(bounds));
    this.tip = new Tip(frame);
    this.labels = new Labels(frame, this.map, options.labels);
    this.map.once("load", () => this.start());
    this.watcher = new ResizeObserver(() => this.map.resize());
    this.watcher.observe(frame);
  }

  recolour(places: readonly MapPlace[]): void {
    if (!this.map.getSource("area")) return;
    for (const place of places) this.drawPlace(place);
    this.labels.show(places);
    if (this.hovered) this.tip.refresh(this.byId.get(this.hovered) ?? null, this.scale);
  }

  rescale(scale: Scale, places: readonly MapPlace[]): void {
    this.scale = scale;
    this.largest = greatest(places, scale);
    this.drawn.clear();
    for (const [layer, property, value] of hits(scale, (name) => token(this.frame, name))) {
      if (this.map.getLayer(layer)) this.map.setPaintProperty(layer, property, value);
    }
    this.writeLegend();
    this.recolour(places);
  }

  highlight(id: string | null): void {
    this.hover(id);
    const place = id ? this.byId.get(id) : undefined;
    if (!place?.anchor) return this.tip.hide();
    const at = this.map.project(place.anchor);
    this.tip.show(place, this.scale, at.x, at.y);
  }

  remove(): void {
    this.watcher.disconnect();
    this.map.remove();
  }

  private start(): void {
    this.recolour(this.options.places);
    const chosen = this.options.selected;
    if (chosen && this.byId.has(chosen)) this.setState(chosen, { chosen: true });
    for (const layer of ["area-fill", "point-circle"]) this.listen(layer);
    this.map.once("idle", this.options.ready);
    this.map.triggerRepaint();
  }

  private listen(layer: string): void {
    this.map.on("mousemove", layer, (event) => {
      const place = this.placeAt(event);
      if (!place) return;
      this.hover(place.id);
      this.map.getCanvas().style.cursor = place.url ? "pointer" : "default";
      this.tip.show(place, this.scale, event.point.x, event.point.y);
    });
    this.map.on("mouseleave", layer, () => {
      this.hover(null);
      this.map.getCanvas().style.cursor = "";
      this.tip.hide();
    });
    this.map.on("click", layer, (event) => {
      const place = this.placeAt(event);
      // A circle lies on its area: only the upper one is meant.
      if (!place || event.originalEvent.defaultPrevented) return;
      event.originalEvent.preventDefault();
      this.options.pick(place);
    });
  }

  private placeAt(event: maplibre.MapMouseEvent): MapPlace | undefined {
    const top = this.map.queryRenderedFeatures(event.point, { layers: ["point-circle", "area-fill"] })[0];
    return this.byId.get(String(top?.properties["id"] ?? ""));
  }

  private hover(id: string | null): void {
    if (this.hovered === id) return;
    if (this.hovered) this.setState(this.hovered, { hover: false });
    this.hovered = id;
    if (id) this.setState(id, { hover: true });
  }

  private setState(id: string, state: Record<string, unknown>): void {
    const source = this.byId.get(id)?.point ? "point" : "area";
    if (this.map.getSource(source)) this.map.setFeatureState({ source, id }, state);
  }

  private drawPlace(place: MapPlace): void {
    if (!place.placed) return;
    const c = classOf(place.value, this.scale.breaks);
    const r = place.point ? radiusOf(place.value, this.largest) : 0;
    const now = `${c}/${r}`;
    if (this.drawn.get(place.id) === now) return;
    this.drawn.set(place.id, now);
    this.setState(place.id, { c, r });
  }

  private writeLegend(): void {
    const anyPoint = this.options.places.some((place) => place.point && place.placed);
    const anyGap = this.options.places.some((place) => place.value === null && place.placed);
    this.legendPlace.replaceChildren(
      ...legend(this.scale, { gaps: anyGap, largest: anyPoint ? this.largest : null }),
    );
  }

  /** Room at the edges, so that the legend hides no place. */
  private padding(): maplibre.PaddingOptions {
    const { offsetWidth, offsetHeight, offsetLeft } = this.legendPlace;
    const beside = offsetLeft > 0 && this.frame.clientWidth > 2.2 * offsetWidth;
    const below = offsetLeft === 0;
    return { top: 24, right: 24, bottom: below ? offsetHeight + 20 : 24, left: beside ? offsetWidth + 24 : 24 };
  }

  private buttons(bounds: [number, number, number, number]): HTMLElement {
    const animate = (): { animate: boolean } => ({ animate: !motionIsOff() });
    const button = (key: "zoomIn" | "zoomOut" | "zoomFit", act: () => void): HTMLElement => {
      const made = make("button", { type: "button", class: `map-button map-${key}`, "aria-label": say(key), title: say(key) });
      made.onclick = act;
      return made;
    };
    return make(
      "div",
      { class: "map-buttons" },
      button("zoomIn", () => this.map.zoomIn(animate())),
      button("zoomOut", () => this.map.zoomOut(animate())),
      button("zoomFit", () => this.map.fitBounds(bounds, { padding: this.padding(), ...animate() })),
    );
  }
}

function greatest(places: readonly MapPlace[], scale: Scale): number {
  const top = scale.breaks[scale.breaks.length - 1] ?? 1;
  return Math.max(top, ...places.map((place) => place.value ?? 0));
}
