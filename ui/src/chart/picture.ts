/** The chart as a PNG with its title, its key and its source. */

import type { EChartsCoreOption } from "echarts/core";
import { echarts } from "./echarts";
import type { Look } from "./look";

const SCALE = 2;
const PAD = 20;

export interface Caption {
  title: string;
  source: string;
  key: { name: string; colour: string }[];
}

/** Draws `option` again on a canvas of `width` x `height` and adds the captions. */
export async function pictureOf(
  option: EChartsCoreOption,
  width: number,
  height: number,
  caption: Caption,
  look: Look,
): Promise<Blob> {
  const holder = document.createElement("div");
  const engine = echarts.init(holder, null, { renderer: "canvas", width, height, devicePixelRatio: SCALE });
  try {
    engine.setOption(option);
    const plot = engine.renderToCanvas({ pixelRatio: SCALE, backgroundColor: look.card });
    return await compose(plot, width, height, caption, look);
  } finally {
    engine.dispose();
  }
}

function compose(plot: HTMLCanvasElement, width: number, height: number, caption: Caption, look: Look): Promise<Blob> {
  const head = (caption.title ? 30 : 0) + (caption.key.length > 1 ? 26 : 0);
  const foot = caption.source ? 26 : 0;
  const sheet = document.createElement("canvas");
  sheet.width = (width + 2 * PAD) * SCALE;
  sheet.height = (height + head + foot + 2 * PAD) * SCALE;
  const pen = sheet.getContext("2d");
  if (!pen) return Promise.reject(new Error("no canvas"));
  pen.scale(SCALE, SCALE);
  pen.fillStyle = look.card;
  pen.fillRect(0, 0, sheet.width, sheet.height);
  pen.fillStyle = look.ink;
  pen.textBaseline = "middle";
  pen.font = `600 18px ${look.font}`;
  if (caption.title) pen.fillText(caption.title, PAD, PAD + 12, width);
  if (caption.key.length > 1) writeKey(pen, caption.key, PAD + head - 13, width, look);
  pen.drawImage(plot, PAD, PAD + head, width, height);
  pen.font = `13px ${look.font}`;
  pen.fillStyle = look.muted;
  if (caption.source) pen.fillText(caption.source, PAD, PAD + head + height + 14, width);
  return new Promise((resolve, reject) => {
    sheet.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png");
  });
}

function writeKey(pen: CanvasRenderingContext2D, key: Caption["key"], y: number, width: number, look: Look): void {
  let x = PAD;
  pen.font = `13px ${look.font}`;
  for (const { name, colour } of key) {
    const size = pen.measureText(name).width + 40;
    if (x + size > PAD + width) return;
    pen.fillStyle = colour;
    pen.fillRect(x, y - 1.5, 18, 3);
    pen.fillStyle = look.ink;
    pen.fillText(name, x + 24, y);
    x += size;
  }
}
