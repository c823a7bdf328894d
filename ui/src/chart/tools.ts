/** The row of buttons over a chart. */

import { make } from "../shared/dom";
import { say } from "../shared/words";

export interface ToolActions {
  /** Whether the log axis is on; null where it makes no sense. */
  log: boolean | null;
  setLog: (on: boolean) => void;
  setTable: (shown: boolean) => void;
  savePng: () => void;
  saveCsv: () => void;
}

export function toolsOf(actions: ToolActions): HTMLElement {
  const bar = make("div", { class: "chart-tools" });
  if (actions.log !== null) {
    let on = actions.log;
    const log = make("button", { type: "button", class: "tool", "aria-pressed": String(on), title: say("logHint") }, say("log"));
    log.onclick = () => {
      on = !on;
      log.setAttribute("aria-pressed", String(on));
      actions.setLog(on);
    };
    bar.append(log);
  }
  let shown = false;
  const table = make("button", { type: "button", class: "tool" }, say("table"));
  table.onclick = () => {
    shown = !shown;
    table.textContent = say(shown ? "picture" : "table");
    actions.setTable(shown);
  };
  const png = make("button", { type: "button", class: "tool" }, say("png"));
  png.onclick = actions.savePng;
  const csv = make("button", { type: "button", class: "tool" }, say("csv"));
  csv.onclick = actions.saveCsv;
  bar.append(table, png, csv);
  return bar;
}
