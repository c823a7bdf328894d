/** What the reader of a chart has chosen to see. */

import type { Seen } from "./table";

export interface State {
  log: boolean;
  seen: Seen;
  /** Series in colour, in the order they were chosen; the place gives the colour. */
  bright: number[];
  width: number;
  /** False for a saved picture, which nobody can zoom. */
  zoom: boolean;
}
