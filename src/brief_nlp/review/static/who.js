// Who reviews: asked once, kept in the browser.
import { byId } from "./words.js";

const KEY = "brief-nlp reviewer";
const dialog = byId("who"), field = byId("who-name");
let name = localStorage.getItem(KEY) ?? "";

export const reviewer = () => name;

let asking = null;

export function ask() {
  asking ??= asked().finally(() => (asking = null));
  return asking;
}

function asked() {
  field.value = name || document.documentElement.dataset.reviewer;
  dialog.showModal();
  field.select();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      if (dialog.returnValue === "save" && field.value.trim()) {
        name = field.value.trim();
        localStorage.setItem(KEY, name);
      }
      resolve(name);
    }, { once: true });
  });
}

export const known = async () => name || ask();
