// Mentions once that a model could be taught by what was decided. It shows a command, and starts nothing.
import { get } from "./api.js";
import { byId, number, say } from "./words.js";

const box = byId("teach");
const KEY = `brief-nlp teach ${document.documentElement.dataset.store}`;
const TEACHING = new Set(["accept", "relabel", "edit"]);
let untaught = 0;

// What the server counts; true where the hint has come into view.
export function counted(totals) {
  untaught = totals.untaught;
  if (!box || untaught < Number(box.dataset.after) || localStorage.getItem(KEY) === String(totals.taught)) return false;
  localStorage.setItem(KEY, totals.taught); // not again before another model was taught
  byId("teach-told").textContent = say("teach", { count: number(untaught) });
  box.hidden = false;
  return true;
}

// A verdict of this page was stored; the server is asked only where it may be the one that makes enough.
export async function given({ action }) {
  if (!box || !box.hidden || !TEACHING.has(action) || ++untaught < Number(box.dataset.after)) return null;
  return get("/api/totals");
}

box?.querySelector("#teach-dismiss").addEventListener("click", () => {
  box.hidden = true;
  byId("list").focus();
});

box?.querySelector("#teach-copy").addEventListener("click", async () => {
  const command = byId("teach-command");
  getSelection().selectAllChildren(command);
  // the clipboard is not there on plain http of other hosts; there the older command copies what is selected
  const copied = navigator.clipboard ? await navigator.clipboard.writeText(command.textContent).then(() => true, () => false) : document.execCommand("copy");
  byId("teach-copied").textContent = say(copied ? "copied" : "not_copied");
});
