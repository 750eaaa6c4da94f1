// Verdicts on their way to the server. Each lies in the browser's storage, in an entry of its own, until the server
// has it: a lost connection, a closed page or a second page loses none, and the server stores each key once.
import { Lost, post, Refused } from "./api.js";

const prefix = `brief-nlp ${document.documentElement.dataset.store} `;
const SOONEST = 500, LATEST = 10_000; // milliseconds between tries

const state = { lost: false, lockedOut: false, refused: [], wait: SOONEST, running: false, timer: null };
const listeners = new Set();
let made = 0;

export function onQueue(listener) {
  listeners.add(listener);
}

export function waiting() {
  return Object.keys(localStorage).filter((name) => name.startsWith(prefix)).sort();
}

export function status() {
  return { count: waiting().length, lost: state.lost, lockedOut: state.lockedOut, refused: state.refused };
}

export function push(verdict) {
  const place = String(Date.now()).padStart(15, "0") + String(made++).padStart(6, "0");
  localStorage.setItem(`${prefix}${place} ${verdict.key}`, JSON.stringify(verdict));
  tell();
  flush();
}

// Those that the server will never take are shown until the reviewer has read why.
export function discard() {
  for (const { name } of state.refused) localStorage.removeItem(name);
  state.refused = [];
  tell();
}

export async function flush() {
  if (state.running) return;
  state.running = true;
  clearTimeout(state.timer);
  try {
    for (let name = next(); name; name = next()) {
      const verdict = JSON.parse(localStorage.getItem(name));
      if (!verdict) continue; // another page of this browser sent it just now
      try {
        const taken = await post("/api/verdicts", verdict);
        localStorage.removeItem(name);
        state.lost = state.lockedOut = false;
        state.wait = SOONEST;
        tell({ verdict, taken });
      } catch (error) {
        if (error instanceof Refused && ![401, 403, 408, 421, 429].includes(error.status)) {
          state.refused.push({ name, verdict, why: error.message });
          tell({ verdict, refused: error.message });
          continue;
        }
        state.lost = error instanceof Lost;
        state.lockedOut = error instanceof Refused;
        if (!state.lost && !state.lockedOut) throw error;
        state.timer = setTimeout(flush, state.wait);
        state.wait = Math.min(LATEST, state.wait * 2);
        tell();
        return;
      }
    }
  } finally {
    state.running = false;
  }
}

function next() {
  const refused = new Set(state.refused.map(({ name }) => name));
  return waiting().find((name) => !refused.has(name));
}

function tell(event = null) {
  for (const listener of listeners) listener(event);
}

window.addEventListener("online", flush);
