/** `<rc-map>`: the light half. The drawing half is fetched when the map nears the screen. */

import { allValues, type Frames, type ValueById } from "../shared/frames";
import { mapPlaces, type MapData, type MapPlace } from "../shared/mapdata";
import { make } from "../shared/dom";
import { placeList, type PlaceList } from "../shared/placelist";
import { completeScale, type Scale, type ScaleInput } from "../shared/scale";
import { elementJson, failurePanel, loadingPanel, partJson } from "../shared/source";
import { say } from "../shared/words";
import type { MapView } from "../map/view";

export class MapElement extends HTMLElement {
  private data: MapData | null = null;
  private places: MapPlace[] = [];
  private domain: number[] | null = null;
  private view: MapView | null = null;
  private list: PlaceList | null = null;
  private pending: ValueById | null = null;
  private waiting = new AbortController();

  connectedCallback(): void {
    this.waiting = new AbortController();
    const height = this.getAttribute("height");
    if (height) this.style.setProperty("--height", /^\d+$/.test(height) ? `${Number(height) / 16}rem` : height);
    void this.load();
  }

  disconnectedCallback(): void {
    this.waiting.abort();
    this.view?.remove();
    this.view = null;
    delete this.dataset["ready"];
  }

  /** Values by place id; setting them recolours the map and the list at once. */
  get values(): ValueById {
    return Object.fromEntries(this.places.map((place) => [place.id, place.value]));
  }

  set values(values: ValueById) {
    this.pending = values;
    for (const place of this.places) {
      if (!(place.id in values)) continue;
      place.value = values[place.id] ?? null;
      // The given label belonged to the old value.
      place.label = "";
    }
    this.view?.recolour(this.places);
    this.list?.update(this.places);
  }

  /** Lets a slider say which values will come, so that classes hold for all days. */
  prepareFrames(frames: Frames): void {
    this.domain = allValues(frames);
    if (this.view) {
      const scale = this.scale();
      this.view.rescale(scale, this.places);
      this.list?.rescale(scale);
    }
  }

  /** Draws attention to one place, as if the pointer were on it; null lets go. */
  highlight(id: string | null): void {
    this.view?.highlight(id);
  }

  private scale(): Scale {
    const given = partJson<ScaleInput>(this, "scale") ?? this.data?.scale ?? null;
    const values = this.places.map((p) => p.value).filter((v): v is number => v !== null);
    const dark = this.closest('[data-theme="screen"]') !== null;
    return completeScale(given, this.domain ?? values, { dark });
  }

  private async load(): Promise<void> {
    const keep = [...this.querySelectorAll(":scope > script")];
    const signal = this.waiting.signal;
    delete this.dataset["ready"];
    try {
      const reading = elementJson<MapData>(this, signal);
      this.replaceChildren(...keep, loadingPanel());
      this.data = await reading;
      if (signal.aborted) return;
      this.places = mapPlaces(this.data);
      if (this.pending) this.values = this.pending;
      await this.build(keep, signal);
    } catch (error) {
      if (signal.aborted) return;
      this.replaceChildren(...keep, failurePanel(error, () => void this.load()));
      this.dataset["ready"] = "failed";
    }
  }

  private async build(keep: Element[], signal: AbortSignal): Promise<void> {
    const scale = this.scale();
    const placed = this.places.filter((place) => place.placed).length;
    this.list = placeList(this.places, scale, (id) => this.view?.highlight(id));
    if (placed === 0) {
      this.replaceChildren(...keep, this.emptyPanel(), this.places.length > 0 ? this.list.element : "");
      this.dataset["ready"] = "true";
      return;
    }
    if (!webglWorks()) return this.fallBack(keep);
    const { MapView } = await import("../map/view");
    if (signal.aborted) return;
    const frame = make("div", { class: "map-frame" });
    this.replaceChildren(...keep, frame, this.list.element);
    const name = this.getAttribute("label") ?? scale.title ?? say("mapName");
    try {
      this.view = new MapView(frame, {
        data: this.data as MapData,
        places: this.places,
        scale,
        name: say("mapHelp", { name, n: placed }),
        selected: this.getAttribute("selected"),
        labels: Number(this.getAttribute("labels") ?? 12),
        pick: (place) => this.pick(place),
        ready: () => (this.dataset["ready"] = "true"),
      });
    } catch {
      // The browser promised WebGL and did not keep it (a blocked GPU does so).
      this.fallBack(keep);
    }
  }

  private fallBack(keep: Element[]): void {
    const note = make(
      "div",
      { class: "state state-offline", role: "status" },
      make("p", {}, say("noWebgl")),
    );
    const list = this.list as PlaceList;
    list.open();
    this.replaceChildren(...keep, note, list.element);
    this.dataset["ready"] = "list";
  }

  private emptyPanel(): HTMLElement {
    const text = this.getAttribute("empty-text") ?? say("noPlace");
    return make("div", { class: "state state-empty" }, make("p", {}, text));
  }

  private pick(place: MapPlace): void {
    const event = new CustomEvent("rc-map:pick", {
      bubbles: true,
      cancelable: true,
      detail: place.id,
    });
    if (this.dispatchEvent(event) && place.url) window.location.assign(place.url);
  }
}

function webglWorks(): boolean {
  try {
    return document.createElement("canvas").getContext("webgl2") !== null;
  } catch {
    return false;
  }
}
