/**
 * Names of the greatest places, as HTML over the map.
 *
 * HTML because it needs no glyph server for Latin letters, is crisp at large
 * text, and has a real halo. Names that would touch another are left out.
 */

import type { Map as MapLibre } from "maplibre-gl";
import { make } from "../shared/dom";
import type { MapPlace } from "../shared/mapdata";
import { byValue } from "../shared/placelist";
import { LARGEST_PX } from "./radius";

interface Label {
  element: HTMLElement;
  at: [number, number];
  width: number;
  height: number;
  lift: number;
}

export class Labels {
  private layer = make("div", { class: "map-labels", "aria-hidden": "true" });
  private made = new Map<string, HTMLElement>();
  private shown: Label[] = [];
  private later = 0;

  constructor(
    frame: HTMLElement,
    private map: MapLibre,
    private most: number,
  ) {
    frame.append(this.layer);
    map.on("move", () => this.place());
    map.on("resize", () => this.place());
  }

  /** Chooses which names to write; waits a moment, for a film changes them often. */
  show(places: readonly MapPlace[]): void {
    window.clearTimeout(this.later);
    this.later = window.setTimeout(() => this.choose(places), this.shown.length === 0 ? 0 : 80);
  }

  private choose(places: readonly MapPlace[]): void {
    // A few more than asked for: some will not find room.
    const chosen = byValue(places.filter((p) => p.anchor && (p.value ?? 0) > 0)).slice(0, this.most * 3);
    this.shown = chosen.map((place) => {
      let element = this.made.get(place.id);
      if (!element) {
        element = make("span", { class: place.point ? "map-label" : "map-label map-label-area" }, place.name);
        this.made.set(place.id, element);
        this.layer.append(element);
      }
      // A hidden element has no size to measure.
      element.hidden = false;
      return {
        element,
        at: place.anchor as [number, number],
        width: element.offsetWidth,
        height: element.offsetHeight,
        lift: place.point ? Math.min(LARGEST_PX, 10) : 0,
      };
    });
    const wanted = new Set(this.shown.map((label) => label.element));
    for (const element of this.made.values()) if (!wanted.has(element)) element.hidden = true;
    this.place();
  }

  private place(): void {
    const taken: [number, number, number, number][] = [];
    const { clientWidth, clientHeight } = this.layer;
    for (const label of this.shown) {
      const { x, y } = this.map.project(label.at);
      const { width } = label;
      const box: [number, number, number, number] = [
        x - width / 2 - 2,
        y - label.height / 2 - label.lift,
        x + width / 2 + 2,
        y + label.height / 2 - label.lift,
      ];
      const inside = box[0] > 0 && box[1] > 0 && box[2] < clientWidth && box[3] < clientHeight;
      const free = !taken.some((t) => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1]);
      const fits = inside && free && taken.length < this.most;
      label.element.hidden = !fits;
      if (!fits) continue;
      taken.push(box);
      label.element.style.transform = `translate(${Math.round(box[0] + 2)}px, ${Math.round(box[1])}px)`;
    }
  }
}
