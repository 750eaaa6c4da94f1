// The page: which claim is shown, what keys do, what others did meanwhile.
import { get, Lost, post, Refused } from "./api.js";
import { edit, editing, editKey, leave } from "./edit.js";
import * as list from "./list.js";
import { settles, showClaim, showHistory, verdictWords } from "./pane.js";
import { flush, onQueue, push } from "./queue.js";
import "./saved.js";
import { prefetch, showNote, showPages } from "./sheet.js";
import * as teach from "./teach.js";
import * as who from "./who.js";
import { byId, make, newKey, number, say } from "./words.js";

const AHEAD = 4; // claims fetched before they are asked for
const KEPT = 200; // claims in memory
const POLL = 2_000; // milliseconds between looks for news
const TOAST = 3_000; // milliseconds
const SINGLE = "brief-nlp single keys";

const details = new Map(); // id -> promise of a claim in full
let current = null, change = 0, notePlace = -1, totals = { claims: 0, reviewed: 0 };
const mine = []; // [claim, key, reviewer] of this page's verdicts, for undo

// --- which claims

function filter() {
  return Object.fromEntries([...new FormData(byId("filter"))].filter(([, value]) => value !== ""));
}

async function load(keep = null) {
  const found = await get("/api/list", filter());
  change = Math.max(change, found.change);
  list.setClaims(found.claims);
  details.clear();
  const count = say("count", { count: number(found.claims.length) });
  byId("count").textContent = found.claims.length ? count + (found.whole ? "" : ` (${say("not_whole", { count: number(found.claims.length) })})`) : say("none");
  const place = keep ? list.placeOf(keep) : 0;
  if (found.claims.length) await go(Math.max(0, place));
  else empty();
}

function empty() {
  current = null;
  for (const id of ["where", "facts", "paragraph", "reasons", "behind", "history", "pages", "page-told"]) byId(id).replaceChildren();
}

async function loadChoices() {
  const found = await get("/api/choices");
  count(found);
  const select = byId("filter").elements.document, chosen = select.value;
  select.replaceChildren(make("option", { value: "" }, say("any")), ...found.documents.map((one) => make("option", { value: one.value }, `${one.name} (${one.count})`)));
  select.value = chosen;
  for (const name of ["sources", "entities"]) byId(name).replaceChildren(...found[name].map((one) => make("option", { value: one.value })));
}

function count(found) {
  totals = { claims: found.claims, reviewed: found.reviewed };
  showProgress();
  if (teach.counted(found)) announce(byId("teach").innerText);
}

function showProgress() {
  const { claims, reviewed } = totals;
  byId("bar").value = claims ? reviewed / claims : 0;
  byId("progress").textContent = say("progress", { done: number(reviewed), all: number(claims), left: number(claims - reviewed) });
}

// --- the claim that is shown

function detail(id) {
  if (!details.has(id)) {
    const fetched = get(`/api/claims/${id}`);
    fetched.catch(() => details.delete(id));
    details.set(id, fetched);
    if (details.size > KEPT) details.delete(details.keys().next().value);
  }
  return details.get(id);
}

async function go(index) {
  const claims = list.all();
  if (index < 0 || index >= claims.length) return;
  leave();
  list.show(index);
  notePlace = -1;
  const { id } = claims[index];
  try {
    const claim = await detail(id);
    if (list.all()[list.place()]?.id !== id) return; // gone on meanwhile
    current = claim;
    showClaim(claim);
    byId("pane").dataset.claim = id;
    byId("pane").scrollTop = 0;
    showPages(claim);
  } catch (error) {
    if (list.all()[list.place()]?.id !== id) return;
    current = null;
    byId("paragraph").textContent = error instanceof Refused && error.status === 404 ? say("gone") : error.message;
  }
  for (const { id: later } of claims.slice(index + 1, index + 1 + AHEAD)) detail(later).then(prefetch, () => {});
}

const step = (by) => go(list.place() + by);

function nextUnsure() {
  const place = list.all().findIndex((claim, index) => index > list.place() && claim.unsure && !claim.state);
  if (place < 0) toast(say("no_unsure"));
  else go(place);
}

function toNote() {
  if (!current?.notes.length) return toast(say("no_note"));
  notePlace = (notePlace + 1) % current.notes.length;
  const { index } = current.notes[notePlace];
  byId(`note-${index}`).focus();
  showNote(index);
}

// --- verdicts

async function settle(action, more = {}) {
  const claim = current, reviewer = claim && (await who.known());
  if (!reviewer) return;
  const verdict = {
    key: newKey(), claim_id: claim.id, document_id: claim.document.id, action, reviewer,
    given_at: new Date().toISOString(), quote: claim.quote, prefix: claim.prefix, suffix: claim.suffix,
    label_seen: claim.label, probability_seen: claim.probability, ...more,
  };
  push(verdict);
  mine.push([claim, verdict.key, reviewer]);
  claim.verdicts.push({ ...verdict, undone: false, label: verdict.label ?? null, edited: verdict.edited ?? null, note: verdict.note ?? null });
  const known = list.all()[list.placeOf(claim.id)];
  if (action !== "note" && known) {
    if (!known.state) totals.reviewed++;
    known.local = true;
    list.update(claim.id, { label: verdict.label ?? known.label, state: action, reviewer: verdict.reviewer });
    showProgress();
  }
  announce(verdictWords({ ...verdict, label: verdict.label ?? claim.label }));
  if (action === "note") showHistory(claim);
  else if (list.place() + 1 < list.all().length) await step(1);
  else showHistory(claim);
}

const labelNow = () => list.all()[list.placeOf(current.id)]?.label ?? current.label;
const accept = () => current && settle("accept", { label: labelNow() });
const other = () => current && settle("relabel", { label: labelNow() === "fact" ? "assessment" : "fact" });
const reject = () => settle("reject");

async function editWords() {
  if (!current || !(await who.known())) return;
  const claim = current;
  edit(claim, (words) => {
    if (words && words !== claim.quote) settle("edit", { edited: words, label: labelNow() });
  });
}

async function writeNote() {
  if (!current || !(await who.known())) return;
  const text = byId("note-text");
  text.value = "";
  if ((await opened("note")) === "save" && text.value.trim()) settle("note", { note: text.value.trim() });
}

// Takes back the newest verdict of this page, else the reviewer's newest on this claim.
async function undo() {
  const reviewer = await who.known();
  if (!reviewer) return;
  const standing = current?.verdicts.findLast((given) => given.reviewer === reviewer && !given.undone);
  const place = mine.findLastIndex(([, , giver]) => giver === reviewer); // nobody takes back another's
  const [claim, key] = place >= 0 ? mine.splice(place, 1)[0] : standing ? [current, standing.key] : [null, null];
  if (!claim) return toast(say("nothing_to_undo"));
  push({ key: newKey(), claim_id: claim.id, document_id: claim.document.id, action: "undo", undoes: key, reviewer, given_at: new Date().toISOString(), quote: claim.quote, prefix: claim.prefix, suffix: claim.suffix });
  const given = claim.verdicts.find((one) => one.key === key);
  if (given) given.undone = true;
  const left = claim.verdicts.findLast(settles);
  const known = list.all()[list.placeOf(claim.id)];
  if (known) {
    if (known.state && !left) totals.reviewed--;
    list.update(claim.id, { label: left?.label ?? claim.label, state: left?.action ?? null, reviewer: left?.reviewer ?? null });
    showProgress();
    await go(list.placeOf(claim.id));
  }
  announce(say("taken_back"));
}

onQueue((event) => {
  if (!event?.taken?.row) return;
  const { row } = event.taken;
  const known = list.all()[list.placeOf(row.id)];
  if (known) known.local = false;
  teach.given(event.verdict).then((found) => found && count(found), () => {});
});

// --- many at once

async function bulk() {
  if (!(await who.known())) return;
  byId("bulk-told").textContent = "";
  byId("bulk-sample").replaceChildren();
  byId("bulk-accept").hidden = true;
  await opened("bulk");
}

async function lookBulk() {
  const above = byId("bulk-above");
  if (!above.reportValidity()) return;
  const found = await get("/api/bulk", { ...filter(), above: above.value });
  byId("bulk-told").textContent = say("bulk_found", { count: number(found.count) });
  byId("bulk-sample").replaceChildren(...found.sample.map((row) => make("li", {}, make("span", { class: `label ${row.label}` }, say(row.label)), ` ${row.text}`)));
  const button = byId("bulk-accept");
  button.textContent = say("bulk_accept", { count: number(found.count) });
  button.hidden = found.count === 0;
}

async function acceptBulk() {
  const button = byId("bulk-accept");
  button.disabled = true;
  // the name is fixed here: the dialog can be closed, and the name changed, while many are still being accepted
  const key = newKey(), asked = filter(), above = Number(byId("bulk-above").value), reviewer = who.reviewer();
  let done = 0, left = 1;
  try {
    while (left > 0) {
      const made = await post("/api/bulk", { key, asked, above, reviewer });
      [done, left] = [done + made.done, made.done ? made.left : 0];
      byId("bulk-told").textContent = say("bulk_done", { count: number(done), left: number(left) });
    }
  } catch (error) {
    byId("bulk-told").textContent = error.message;
  }
  button.disabled = false;
  button.hidden = true;
  await Promise.all([load(current?.id), loadChoices()]);
}

// --- what others do

async function look() {
  try {
    let found;
    do {
      found = await get("/api/news", { since: change });
      change = found.change;
      if (found.documents.length) {
        await Promise.all([load(current?.id), loadChoices()]);
        toast(say("changed"));
      } else if (found.claims.length) {
        await touched(found.claims);
      }
    } while (found.more);
    flush();
  } catch (error) {
    if (!(error instanceof Lost || error instanceof Refused)) throw error;
  }
  setTimeout(look, POLL);
}

async function touched(ids) {
  for (const id of ids) if (id !== current?.id) details.delete(id);
  await list.refresh(ids.filter((id) => list.placeOf(id) >= 0));
  if (current && ids.includes(current.id)) {
    const anew = await get(`/api/claims/${current.id}`);
    if (anew.id !== current.id) return;
    const before = new Set(current.verdicts.map((given) => given.key));
    current.verdicts = anew.verdicts;
    showHistory(current);
    const others = anew.verdicts.find((given) => !before.has(given.key) && given.reviewer !== who.reviewer());
    if (others) toast(say("other_verdict", { reviewer: others.reviewer, verdict: verdictWords(others) }));
  }
  const own = new Set(mine.map(([claim]) => claim.id));
  if (ids.every((id) => own.has(id))) return; // counted already
  count(await get("/api/totals"));
}

// --- keys and buttons

const actions = {
  accept, other, reject, edit: editWords, write_note: writeNote, undo, previous: () => step(-1), next: () => step(1),
  next_unsure: nextUnsure, to_note: toNote, bulk, help: () => opened("help"), who: who.ask,
};
// by the place of the key, so that they work while a Korean keyboard writes Hangul
const keys = {
  KeyA: "accept", Enter: "accept", KeyO: "other", KeyX: "reject", KeyE: "edit", KeyN: "write_note", KeyU: "undo",
  KeyK: "previous", ArrowUp: "previous", KeyJ: "next", ArrowDown: "next", KeyS: "next_unsure", KeyG: "to_note", KeyB: "bulk",
};
const moves = new Set(["ArrowUp", "ArrowDown"]), repeated = new Set(["previous", "next"]);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
  if (editing()) {
    if (editKey(event)) event.preventDefault();
    return;
  }
  const typing = event.target.closest("input, textarea, select, summary");
  if (typing) {
    if (event.key === "Escape") byId("list").focus();
    return;
  }
  if (event.altKey) return;
  const single = localStorage.getItem(SINGLE) !== "no";
  if (event.key === "Enter" && event.target.closest("a, button")) return;
  if (single && event.key === "/") return act(event, () => byId("filter").elements.words.focus());
  if (single && event.key === "?") return act(event, actions.help);
  const name = event.shiftKey ? null : keys[event.code];
  if (!name || (!single && !moves.has(event.code) && event.code !== "Enter")) return;
  if (moves.has(event.code) && event.target.closest("#sheet, #pane")) return; // arrows scroll there
  if (event.repeat && !repeated.has(name)) return event.preventDefault(); // a key held down, maybe since a dialog, gives no verdicts
  act(event, actions[name]);
});

function act(event, action) {
  event.preventDefault();
  action();
}

for (const [name, action] of Object.entries(actions)) byId(`do-${name}`).addEventListener("click", action);
byId("bulk-look").addEventListener("click", lookBulk);
byId("bulk-accept").addEventListener("click", acceptBulk);
byId("single").checked = localStorage.getItem(SINGLE) !== "no";
byId("single").addEventListener("change", (event) => localStorage.setItem(SINGLE, event.target.checked ? "yes" : "no"));
list.onChoice(go);

let waiting;
byId("filter").addEventListener("submit", (event) => event.preventDefault());
byId("filter").addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(reload, 250);
});
byId("filter").addEventListener("reset", () => setTimeout(reload));

function reload() {
  if (byId("filter").checkValidity()) load().catch((error) => (byId("count").textContent = error.message));
}

function opened(id) {
  const dialog = byId(id);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true }));
}

function showWho() {
  byId("do-who").textContent = who.reviewer() || say("who");
}

let toasted;
function toast(words) {
  const box = byId("toast");
  box.textContent = words;
  box.hidden = false;
  announce(words);
  clearTimeout(toasted);
  toasted = setTimeout(() => (box.hidden = true), TOAST);
}

function announce(words) {
  byId("said").textContent = words;
}

async function start() {
  try {
    await load();
    loadChoices();
  } catch (error) {
    byId("count").textContent = error.message;
    if (error instanceof Lost) return setTimeout(start, POLL);
    return;
  }
  byId("list").focus();
  flush();
  setTimeout(look, POLL);
  await who.known();
}

who.onName(showWho);
showWho();
start();
