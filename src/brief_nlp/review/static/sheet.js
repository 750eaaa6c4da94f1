// The pages that a claim stands on, with frames around the claim, its markers and the notes behind it.
import { asked } from "./api.js";
import { byId, make, say } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const KEPT = 40; // pictures
const pictures = new Map(); // "document page" -> promise of {url, scale, width, height}
const pages = byId("pages"), told = byId("page-told");
let turn = 0;

export async function showPages(claim) {
  const mine = ++turn;
  const numbers = pagesOf(claim);
  told.textContent = numbers.length ? numbers.map((page) => say("page_of", { page, pages: claim.document.pages })).join(" · ") : say("no_place");
  const made = [];
  for (const page of numbers) {
    try {
      made.push(framed(await picture(claim.document.id, page), claim, page));
    } catch (error) {
      made.push(make("p", { class: "told" }, say("no_picture", { why: error.message })));
    }
    if (mine !== turn) return;
  }
  pages.replaceChildren(...made);
  pages.querySelector(".of-claim")?.scrollIntoView({ block: "center" });
  byId("sheet").dataset.claim = claim.id;
}

export function prefetch(claim) {
  for (const page of pagesOf(claim)) picture(claim.document.id, page).catch(() => {});
}

export function showNote(index) {
  for (const box of pages.querySelectorAll(".of-note")) box.classList.toggle("chosen", box.dataset.note === String(index));
  pages.querySelector(".of-note.chosen")?.scrollIntoView({ block: "center" });
}

function pagesOf(claim) {
  const regions = [...claim.regions, ...claim.notes.flatMap((note) => note.regions)];
  return [...new Set(regions.map((region) => region.page))].sort((one, other) => one - other);
}

function picture(id, page) {
  const key = `${id} ${page}`;
  if (!pictures.has(key)) {
    const fetched = load(id, page);
    fetched.catch(() => pictures.delete(key));
    pictures.set(key, fetched);
    if (pictures.size > KEPT) {
      const [oldest, old] = pictures.entries().next().value;
      pictures.delete(oldest);
      old.then(({ url }) => URL.revokeObjectURL(url), () => {});
    }
  }
  return pictures.get(key);
}

async function load(id, page) {
  const answer = await asked(`/api/documents/${id}/pages/${page}.png`);
  const scale = Number(answer.headers.get("X-Scale"));
  const blob = await answer.blob();
  const { width, height } = await createImageBitmap(blob);
  return { url: URL.createObjectURL(blob), width: width / scale, height: height / scale };
}

function framed({ url, width, height }, claim, page) {
  const image = make("img", { src: url, alt: say("picture_of", { page }), width: Math.round(width), height: Math.round(height) });
  const over = document.createElementNS(SVG, "svg");
  over.setAttribute("viewBox", `0 0 ${width} ${height}`);
  over.setAttribute("aria-hidden", "true");
  const draw = (regions, kind, note = null) => {
    for (const region of regions.filter((one) => one.page === page)) {
      const box = document.createElementNS(SVG, "rect");
      const set = { x: region.x0 - 1, y: region.top - 1, width: region.x1 - region.x0 + 2, height: region.bottom - region.top + 2, class: kind, rx: 1.5 };
      for (const [name, value] of Object.entries(set)) box.setAttribute(name, value);
      if (note !== null) box.dataset.note = note;
      over.append(box);
    }
  };
  for (const note of claim.notes) draw(note.regions, "of-note", note.index);
  const behind = new Set(claim.notes.map((note) => note.index));
  for (const marker of claim.markers) if (behind.has(marker.note)) draw(marker.regions, "of-marker");
  draw(claim.regions, `of-claim ${claim.label}`);
  return make("figure", {}, image, over);
}

