/** The small card beside the pointer. */

import { make } from "../shared/dom";
import type { MapPlace } from "../shared/mapdata";
import { valueText } from "../shared/placelist";
import type { Scale } from "../shared/scale";

export class Tip {
  private card = make("div", { class: "map-tip", role: "status", hidden: true });

  constructor(private frame: HTMLElement) {
    frame.append(this.card);
  }

  show(place: MapPlace, scale: Scale, x: number, y: number): void {
    this.refresh(place, scale);
    this.card.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = this.card;
    const right = x + 16 + width < this.frame.clientWidth;
    const left = right ? x + 16 : Math.max(8, x - 16 - width);
    const top = Math.max(8, Math.min(y - height / 2, this.frame.clientHeight - height - 8));
    this.card.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  refresh(place: MapPlace | null, scale: Scale): void {
    if (!place) return this.hide();
    this.card.replaceChildren(
      make("strong", {}, place.name),
      make("span", {}, valueText(place, scale)),
    );
  }

  hide(): void {
    this.card.hidden = true;
  }
}
