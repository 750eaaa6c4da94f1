// Chromium knows no footnotes: this fills pages and columns one by one, each with its notes at the foot.
const body = document.body, main = document.querySelector("main");
const columns = +body.dataset.columns, side = getComputedStyle(document.documentElement);
let pageNumber = 0, column = null, sheet = null, columnOfSheet = 0, notesOnPage = 0;

function element(name, className, parent) {
  const made = document.createElement(name);
  made.className = className;
  parent.append(made);
  return made;
}

function openSheet() {
  sheet = element("div", "sheet", holder);
  pageNumber += 1;
  columnOfSheet = 0;
  notesOnPage = 0;
  const even = pageNumber % 2 === 0;
  if (body.dataset.running !== "none" && (pageNumber > 1 || body.dataset.running === "same")) {
    const head = element("div", even || body.dataset.running === "same" ? "head" : "head right", sheet);
    head.textContent = body.dataset.running === "alternate" && !even ? body.dataset.head2 : body.dataset.head;
  }
  const foot = element("div", body.dataset.number === "corner" && !even ? "foot right" : "foot", sheet);
  foot.textContent = body.dataset.number === "dashes" ? `- ${pageNumber} -` : `${pageNumber}`;
}

function openColumn(top) {
  if (!sheet || columnOfSheet === columns) openSheet();
  column = element("div", "column", sheet);
  const margin = parseFloat(getComputedStyle(sheet.querySelector(".foot")).left);
  const gap = columns > 1 ? 30 : 0, room = sheet.clientWidth - 2 * margin;
  const width = (room - gap * (columns - 1)) / columns;
  column.style.left = `${margin + columnOfSheet * (width + gap)}px`;
  column.style.width = `${width}px`;
  if (top) column.style.top = top;
  else if (columnOfSheet && sheet.dataset.top) column.style.top = sheet.dataset.top;
  column.text = element("div", "text", column);
  column.notes = element("div", "notes", column);
  columnOfSheet += 1;
}

const fits = () => column.text.offsetHeight + column.notes.offsetHeight <= column.clientHeight - 2;

function addNotes(block) {
  const added = [];
  for (const call of block.querySelectorAll("[data-note]")) {
    const note = element("p", "", column.notes);
    element("span", "label", note).textContent = call.textContent;
    note.append(" " + call.dataset.note);
    added.push(note);
  }
  return added;
}

function place(block) {
  if (!column) openColumn();
  column.text.append(block);
  let notes = addNotes(block);
  if (fits()) return;
  notes.forEach((note) => note.remove());
  block.remove();
  if (block.tagName === "P" && !block.classList.contains("item")) {
    const [first, rest] = split(block);
    if (first) {
      column = null;
      return place(rest);
    }
  }
  if (!column.text.children.length) {  // taller than a column: it stays as it is
    column.text.append(block);
    addNotes(block);
    return;
  }
  const last = column.text.lastElementChild;
  const follows = last && last.tagName === "H2" && column.text.children.length > 1 ? last : null;
  if (follows) {
    follows.querySelectorAll("[data-note]").forEach(() => column.notes.lastElementChild.remove());
    follows.remove();
  }
  column = null;
  if (follows) place(follows);
  place(block);
}

// [the part that fits, the rest]; nothing where fewer than two lines would fit
function split(block) {
  const tokens = [...block.childNodes].flatMap((node) =>
    node.nodeType === 3 ? node.textContent.split(/(?<= )/).map((word) => document.createTextNode(word)) : [node]);
  const first = block.cloneNode(false), rest = block.cloneNode(false);
  let low = 0, high = tokens.length;
  const attempt = (count) => {
    first.replaceChildren(...tokens.slice(0, count).map((token) => token.cloneNode(true)));
    column.text.append(first);
    const notes = addNotes(first), good = fits();
    notes.forEach((note) => note.remove());
    first.remove();
    return good;
  };
  first.classList.add("cut");
  rest.classList.add("rest");
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (attempt(middle)) low = middle; else high = middle;
  }
  while (low > 0 && tokens[low] && tokens[low].nodeType === 1) low -= 1;  // a call stays with its word
  if (low < 12 || tokens.length - low < 8 || !attempt(low)) return [null, block];
  column.text.append(first);
  addNotes(first);
  rest.append(...tokens.slice(low));
  return [first, rest];
}

const holder = document.createElement("div");
for (const name of [".cover", ".toc"]) document.querySelector(name)?.classList.add("sheet");
body.insertBefore(holder, main);
const blocks = [...main.children].flatMap((child) => child.className === "flow" ? [...child.children] : [child]);
const heads = blocks.filter((block) => block.matches(".kicker, h1, .byline"));
openSheet();
const wide = element("div", "wide", sheet);
wide.append(...heads);
sheet.dataset.top = `${wide.offsetTop + wide.offsetHeight + 10}px`;
openColumn(sheet.dataset.top);
blocks.filter((block) => !heads.includes(block)).forEach(place);
main.remove();
