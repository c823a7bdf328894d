/** `<rc-range>`: a slider over days, with play, that may drive an `<rc-map>`. */

import { make, motionIsOff } from "../shared/dom";
import { frameValues, isFrames, startIndex, type Frames } from "../shared/frames";
import { day } from "../shared/number";
import { elementJson, failurePanel, loadingPanel } from "../shared/source";
import { say } from "../shared/words";
import type { MapElement } from "./map";

export interface RangeChange {
  date: string;
  index: number;
}

export class RangeElement extends HTMLElement {
  private frames: Frames = { dates: [] };
  private index = 0;
  private timer = 0;
  private waiting: AbortController | null = null;
  private slider = make("input", { type: "range", min: 0, step: 1, class: "range-slider" });
  private shown = make("output", { class: "range-day" });
  private playButton = make("button", { type: "button", class: "range-play" });

  connectedCallback(): void {
    void this.load();
  }

  disconnectedCallback(): void {
    this.pause();
    this.waiting?.abort();
  }

  /** The day now shown, as an ISO day. */
  get value(): string {
    return this.frames.dates[this.index] ?? "";
  }

  set value(date: string) {
    const at = this.frames.dates.indexOf(date);
    if (at >= 0) this.show(at);
  }

  private async load(): Promise<void> {
    this.waiting?.abort();
    this.waiting = new AbortController();
    const keep = [...this.querySelectorAll(":scope > script")];
    try {
      // The request starts first, so that the nested script is still there to read.
      const reading = elementJson<Frames>(this, this.waiting.signal);
      this.replaceChildren(...keep, loadingPanel());
      const frames = await reading;
      if (!this.isConnected || !isFrames(frames)) return;
      this.frames = frames;
      this.build(keep);
    } catch (error) {
      if (this.waiting.signal.aborted) return;
      this.replaceChildren(...keep, failurePanel(error, () => void this.load()));
    }
  }

  private build(keep: Element[]): void {
    const { dates } = this.frames;
    const last = dates.length - 1;
    this.slider.max = String(last);
    this.slider.setAttribute("aria-label", this.getAttribute("label") ?? say("day"));
    this.slider.oninput = () => {
      this.pause();
      this.show(Number(this.slider.value));
    };
    this.playButton.onclick = () => (this.timer ? this.pause() : this.play());
    const back = this.stepButton("previous", -1);
    const forth = this.stepButton("next", 1);
    this.replaceChildren(
      ...keep,
      make(
        "div",
        { class: "range", role: "group", "aria-label": this.getAttribute("label") ?? say("day") },
        make("div", { class: "range-buttons" }, back, this.playButton, forth),
        this.shown,
        make(
          "div",
          { class: "range-track" },
          this.slider,
          make(
            "div",
            { class: "range-ends", "aria-hidden": "true" },
            make("span", {}, day(dates[0] ?? "")),
            make("span", {}, day(dates[last] ?? "")),
          ),
        ),
      ),
    );
    this.markPlaying(false);
    this.target()?.prepareFrames(this.frames);
    this.show(startIndex(dates, this.getAttribute("value")));
    this.dataset["ready"] = "true";
  }

  private stepButton(key: "previous" | "next", by: number): HTMLButtonElement {
    const button = make("button", {
      type: "button",
      class: `range-step range-${key}`,
      "aria-label": say(key),
    });
    button.onclick = () => {
      this.pause();
      this.show(this.index + by);
    };
    return button;
  }

  private show(index: number): void {
    const last = this.frames.dates.length - 1;
    this.index = Math.max(0, Math.min(last, index));
    const date = this.value;
    const words = day(date);
    this.slider.value = String(this.index);
    this.slider.style.setProperty("--done", `${(100 * this.index) / Math.max(1, last)}%`);
    this.slider.setAttribute("aria-valuetext", words);
    this.shown.textContent = words;
    const map = this.target();
    if (map && this.frames.ids) map.values = frameValues(this.frames, this.index);
    const field = document.getElementById(this.getAttribute("field") ?? "");
    if (field instanceof HTMLInputElement) field.value = date;
    const detail: RangeChange = { date, index: this.index };
    this.dispatchEvent(new CustomEvent("rc-range:change", { bubbles: true, detail }));
  }

  private target(): MapElement | null {
    const id = this.getAttribute("for");
    const found = id ? document.getElementById(id) : null;
    return found && "prepareFrames" in found ? (found as MapElement) : null;
  }

  play(): void {
    const last = this.frames.dates.length - 1;
    if (last < 1) return;
    if (this.index >= last) this.show(0);
    const whole = Number(this.getAttribute("seconds") ?? 20) * 1000;
    const least = motionIsOff() ? 600 : 60;
    this.timer = window.setInterval(
      () => {
        if (this.index >= last) return this.pause();
        this.show(this.index + 1);
      },
      Math.max(least, whole / (last + 1)),
    );
    this.markPlaying(true);
  }

  pause(): void {
    if (!this.timer) return;
    window.clearInterval(this.timer);
    this.timer = 0;
    this.markPlaying(false);
  }

  private markPlaying(playing: boolean): void {
    this.playButton.setAttribute("aria-label", say(playing ? "pause" : "play"));
    this.playButton.classList.toggle("is-playing", playing);
  }
}
