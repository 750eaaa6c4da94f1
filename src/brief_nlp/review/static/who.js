// Who reviews: asked once, kept in the browser. Each tab keeps its own name, also when it is loaded again: what another
// tab chose is only offered to one that has none.
import { byId } from "./words.js";

const KEY = "brief-nlp reviewer";
const dialog = byId("who"), field = byId("who-name");
const listeners = new Set();
let name = "", asking = null, proposed = "";

keep(sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY) ?? "");

export const reviewer = () => name;

export function onName(listener) {
  listeners.add(listener);
}

export function ask() {
  asking ??= asked().finally(() => (asking = null));
  return asking;
}

// The name, asked for where there is none. A dialog is waited for to its end: it closes a moment before its name counts.
// One that was left without a name is asked again: the key that wants it was pressed after it.
export const known = async () => (await asking) || name || ask();

function asked() {
  propose(name || localStorage.getItem(KEY) || document.documentElement.dataset.reviewer);
  dialog.returnValue = ""; // Escape would leave that of the last time
  dialog.showModal();
  field.select();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      const chosen = field.value.normalize("NFC").replace(/[\s\x00-\x1f\x7f]+/g, " ").trim();
      if (dialog.returnValue === "save" && chosen) {
        localStorage.setItem(KEY, chosen);
        keep(chosen);
      }
      resolve(name);
    }, { once: true });
  });
}

function keep(chosen) {
  name = chosen;
  if (name) sessionStorage.setItem(KEY, name);
  for (const listener of listeners) listener(name);
}

function propose(words) {
  field.value = proposed = words;
}

window.addEventListener("storage", (event) => {
  if (event.key !== KEY || name || !event.newValue || field.value !== proposed) return;
  propose(event.newValue);
  field.select();
});
