// Choosing other words for a claim: a span of its paragraph, moved by keys or dragged over.
import { showParagraph } from "./pane.js";
import { byId } from "./words.js";

let claim = null, span = null, done = null;

export const editing = () => claim !== null;

export function edit(given, whenDone) {
  [claim, span, done] = [given, { ...given.claim }, whenDone];
  byId("editing").hidden = false;
  byId("paragraph").classList.add("edited");
  byId("pane").focus();
  showParagraph(claim, span);
}

export function leave() {
  if (!claim) return;
  const left = claim;
  claim = null;
  byId("editing").hidden = true;
  byId("paragraph").classList.remove("edited");
  showParagraph(left, left.claim);
}

// Whether the key was one of this mode.
export function editKey(event) {
  if (event.key === "Enter") {
    const words = Array.from(claim.paragraph).slice(span.start, span.end).join("").trim();
    const report = done;
    leave();
    report(words);
  } else if (event.key === "Escape") {
    leave();
  } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    const step = event.key === "ArrowRight" ? 1 : -1;
    if (event.shiftKey) span.start = moved(span.start, step, event.altKey, 0, span.end - 1);
    else span.end = moved(span.end, step, event.altKey, span.start + 1, Array.from(claim.paragraph).length);
    showParagraph(claim, span);
  } else {
    return false;
  }
  return true;
}

// The next place in a direction where a word begins or ends.
function moved(place, step, byLetter, least, most) {
  const chars = Array.from(claim.paragraph);
  let next = place + step;
  const edge = (at) => /\s/.test(chars[at - 1] ?? " ") !== /\s/.test(chars[at] ?? " ");
  while (!byLetter && next > least && next < most && !edge(next)) next += step;
  return Math.min(most, Math.max(least, next));
}

// A drag over the paragraph; offsets are those of its pieces, markers do not count.
byId("paragraph").addEventListener("pointerup", () => {
  if (!claim) return;
  const selection = getSelection();
  if (selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const [start, end] = [offset(range.startContainer, range.startOffset), offset(range.endContainer, range.endOffset)];
  if (start === null || end === null || start >= end) return;
  span = { start, end };
  selection.removeAllRanges();
  showParagraph(claim, span);
});

function offset(node, inside) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const piece = element.closest("[data-start]");
  if (!piece || !byId("paragraph").contains(piece)) return null;
  return Number(piece.dataset.start) + Array.from(node.textContent.slice(0, node.nodeType === Node.TEXT_NODE ? inside : 0)).length;
}
