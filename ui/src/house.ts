/** The entry on every page: small, and the rest comes only where a page needs it. */

import "./style/house.css";
import { listenForCopies } from "./behaviour/copy";
import { startExchange } from "./behaviour/exchange";
import { listenForListKeys, startLists } from "./behaviour/list";
import { startPreferences } from "./behaviour/preferences";
import { listenForToasts } from "./behaviour/toast";
import { ChartElement } from "./islands/chart";
import { MapElement } from "./islands/map";
import { ProgressElement } from "./islands/progress";
import { RangeElement } from "./islands/range";
import { Spark } from "./islands/spark";

document.documentElement.classList.add("js");
startExchange();
listenForToasts();
listenForCopies();
listenForListKeys();
startPreferences();
startLists();
document.addEventListener("htmx:afterSettle", (event) => {
  const changed = event.target as Element;
  startLists(changed.closest("[data-list]")?.parentElement ?? changed);
});

customElements.define("rc-spark", Spark);
customElements.define("rc-progress", ProgressElement);
customElements.define("rc-map", MapElement);
customElements.define("rc-range", RangeElement);
customElements.define("rc-chart", ChartElement);
