// One claim in words: its paragraph with cues and markers, why it has its label, the notes behind it, what was said.
import { byId, lang, make, say } from "./words.js";

const settling = new Set(["accept", "relabel", "edit", "reject"]);

export function showClaim(claim, span = claim.claim) {
  byId("where").textContent = [claim.document.title, claim.document.number, claim.document.published, claim.section].filter(Boolean).join(" · ");
  byId("facts").replaceChildren(...facts(claim));
  showParagraph(claim, span);
  byId("reasons").replaceChildren(...reasons(claim));
  byId("behind").replaceChildren(make("h2", {}, say("notes_behind")), ...notes(claim));
  showHistory(claim);
}

export function showHistory(claim) {
  const lines = claim.verdicts.map((given) =>
    make(
      "li",
      { class: given.undone ? "undone" : "" },
      `${given.reviewer}, ${new Date(given.given_at).toLocaleString(lang)}: ${verdictWords(given)}${given.undone ? ` (${say("taken_back")})` : ""}`,
    ),
  );
  byId("history").replaceChildren(...(lines.length ? [make("h2", {}, say("history")), make("ul", {}, ...lines)] : []));
}

export function verdictWords(given) {
  const more = given.action === "accept" || given.action === "relabel" ? say(given.label) : given.edited ?? given.note;
  return say(`verdict_${given.action}`) + (more ? `: ${more}` : "");
}

export function settles(given) {
  return settling.has(given.action) && !given.undone;
}

function facts(claim) {
  const parts = [
    make("span", { class: `label ${claim.label}` }, say(claim.label)),
    make("span", {}, say("probability", { value: claim.probability.toFixed(2) })),
  ];
  if (claim.unsure) parts.push(make("span", { class: "flag" }, `? ${say("unsure")}`));
  if (claim.mixed) parts.push(make("span", { class: "flag" }, say("mixed")));
  for (const word of [claim.kind, claim.likelihood]) if (word) parts.push(make("span", {}, word));
  const source = claim.source.map((name) => (name === "author" ? say("author") : name)).join(" > ");
  parts.push(make("span", {}, `${say("says")}: ${source}`));
  return parts;
}

// Cuts the paragraph at every edge of a mark, so that marks may overlap.
export function showParagraph(claim, span) {
  const paragraph = byId("paragraph");
  paragraph.lang = claim.document.language;
  const chars = Array.from(claim.paragraph); // offsets count code points, strings count code units
  const edges = new Set([0, chars.length, span.start, span.end]);
  for (const cue of claim.cues) edges.add(cue.start).add(cue.end);
  for (const marker of claim.markers) edges.add(marker.offset);
  const at = [...edges].filter((edge) => edge >= 0 && edge <= chars.length).sort((one, other) => one - other);
  const out = [];
  for (let place = 0; place < at.length; place++) {
    for (const marker of claim.markers) if (marker.offset === at[place]) out.push(call(marker));
    const [start, end] = [at[place], at[place + 1]];
    if (end === undefined) continue;
    const words = chars.slice(start, end).join("");
    const cue = claim.cues.find((one) => one.start <= start && end <= one.end);
    const inside = span.start <= start && end <= span.end;
    out.push(piece(words, inside, cue, start));
  }
  paragraph.replaceChildren(...out);
}

function piece(words, inside, cue, start) {
  let made = make("span", { "data-start": start }, words);
  if (cue) made = make("span", { class: `cue ${cue.weight > 0 ? "assessment" : "fact"}`, title: cueWords(cue) }, made);
  return inside ? make("mark", {}, made) : made;
}

function call(marker) {
  const shown = marker.note === null ? marker.label : make("a", { href: `#note-${marker.note}` }, marker.label);
  return make("sup", { "data-marker": true }, shown);
}

function cueWords(cue) {
  return `${cue.category}: ${say(cue.weight > 0 ? "towards_assessment" : "towards_fact")} (${cue.weight > 0 ? "+" : ""}${cue.weight.toFixed(1)}, ${cue.rule})`;
}

function reasons(claim) {
  const chars = Array.from(claim.paragraph);
  const items = claim.cues.map((cue) => make("li", {}, make("q", {}, chars.slice(cue.start, cue.end).join("")), ` ${cueWords(cue)}`));
  if (!items.length) items.push(make("li", {}, say("no_cue")));
  items.push(make("li", {}, say("encoder_says", { value: claim.encoder.toFixed(2) })));
  const out = [make("h2", {}, say("why")), make("ul", {}, ...items)];
  if (claim.clauses.length) {
    const clauses = claim.clauses.map((clause) =>
      make("li", {}, make("span", { class: `label ${clause.label}` }, say(clause.label)), ` ${chars.slice(clause.start, clause.end).join("")}`),
    );
    out.push(make("h2", {}, say("clauses")), make("ul", {}, ...clauses));
  }
  for (const [name, values] of [["named", claim.entities], ["dates", claim.dates]]) {
    if (values.length) out.push(make("p", { class: "told" }, `${say(name)}: ${values.join(", ")}`));
  }
  return out;
}

function notes(claim) {
  if (!claim.notes.length) return [make("p", { class: "told" }, say("no_notes"))];
  return claim.notes.map((note) =>
    make(
      "p",
      { id: `note-${note.index}`, class: "note", tabindex: "-1", lang: claim.document.language },
      make("b", {}, note.label),
      ` ${note.text} `,
      make("span", { class: "told", lang }, `(${say(`scope_${note.scope}`)})`),
    ),
  );
}
