// The list of claims: only what is in view is drawn, and its rows are asked for as they come into view.
import { get } from "./api.js";
import { byId, make, say } from "./words.js";

const HEIGHT = 66; // pixels of a row, as in page.css
const SPARE = 8; // rows drawn beyond the view
const AT_ONCE = 60; // rows asked for at once

const box = byId("list"), space = byId("space");
const rows = new Map(); // id -> row as the server has it
const asked = new Set();
let claims = [], places = new Map(), chosen = -1, drawn = new Map(), choose = () => {};

export function onChoice(listener) {
  choose = listener;
}

export function setClaims(found) {
  claims = found;
  places = new Map(claims.map((claim, index) => [claim.id, index]));
  chosen = -1;
  rows.clear();
  asked.clear();
  for (const element of drawn.values()) element.remove();
  drawn = new Map();
  space.style.height = `${claims.length * HEIGHT}px`;
  box.scrollTop = 0;
  draw();
}

export const all = () => claims;
export const place = () => chosen;
export const placeOf = (id) => places.get(id) ?? -1;

// What is known of a claim, as its row or as the list has it.
export function update(id, known) {
  const found = placeOf(id);
  if (found < 0) return;
  Object.assign(claims[found], { label: known.label, state: known.state, unsure: known.unsure ?? claims[found].unsure });
  if (rows.has(id)) rows.set(id, { ...rows.get(id), ...known });
  drawn.get(found)?.remove();
  drawn.delete(found);
  draw();
}

export function show(index) {
  chosen = index;
  const top = index * HEIGHT;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + HEIGHT > box.scrollTop + box.clientHeight) box.scrollTop = top + HEIGHT - box.clientHeight;
  draw();
}

export async function refresh(ids) {
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    for (const row of await get("/api/rows", { ids: ids.slice(from, from + AT_ONCE) })) update(row.id, row);
  }
}

function draw() {
  const first = Math.max(0, Math.floor(box.scrollTop / HEIGHT) - SPARE);
  const last = Math.min(claims.length, Math.ceil((box.scrollTop + box.clientHeight) / HEIGHT) + SPARE);
  for (const [index, element] of drawn) {
    if (index < first || index >= last) {
      element.remove();
      drawn.delete(index);
    }
  }
  const missing = [];
  for (let index = first; index < last; index++) {
    const id = claims[index].id;
    if (!rows.has(id) && !asked.has(id)) missing.push(id);
    if (!drawn.has(index)) {
      const element = line(index);
      drawn.set(index, element);
      space.append(element);
    }
    drawn.get(index).setAttribute("aria-selected", index === chosen);
  }
  if (chosen >= 0 && drawn.has(chosen)) box.setAttribute("aria-activedescendant", `row-${chosen}`);
  else box.removeAttribute("aria-activedescendant");
  if (missing.length) fetchRows(missing);
}

async function fetchRows(ids) {
  for (const id of ids) asked.add(id);
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const wanted = ids.slice(from, from + AT_ONCE);
    try {
      for (const row of await get("/api/rows", { ids: wanted })) {
        const known = claims[placeOf(row.id)];
        // what was settled here a moment ago and is still on its way counts more than what the server has
        rows.set(row.id, known?.local ? { ...row, label: known.label, state: known.state } : row);
      }
    } catch {
      for (const id of wanted) asked.delete(id); // the next look asks again
      return;
    }
    for (const [index, element] of drawn) {
      if (wanted.includes(claims[index]?.id)) {
        element.remove();
        drawn.delete(index);
      }
    }
    draw();
  }
}

function line(index) {
  const claim = claims[index], row = rows.get(claim.id);
  const element = make(
    "div",
    { role: "option", id: `row-${index}`, class: `row ${claim.state ? "settled" : ""}`, "aria-selected": index === chosen, "aria-posinset": index + 1, "aria-setsize": claims.length },
    make("span", { class: `label ${claim.label}` }, say(claim.label)),
    make("span", { class: "text" }, row ? row.text : "…"),
    make("span", { class: "about" }, about(claim, row)),
  );
  element.style.transform = `translateY(${index * HEIGHT}px)`;
  element.addEventListener("click", () => choose(index));
  return element;
}

function about(claim, row) {
  const parts = [];
  if (claim.state) parts.push(`✓ ${say(`verdict_${claim.state}`)}${row?.reviewer ? ` (${row.reviewer})` : ""}`);
  else if (claim.unsure) parts.push(`? ${say("unsure")}`);
  if (row) parts.push([row.title, row.published, row.page && `${say("page")} ${row.page}`].filter(Boolean).join(", "));
  return parts.join(" · ");
}

box.addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
new ResizeObserver(draw).observe(box);
