// The line that says whether all verdicts are with the server.
import { discard, onQueue, status } from "./queue.js";
import { byId, lang, make, say } from "./words.js";

const line = byId("saved");

export function showSaved() {
  const { count, lost, lockedOut, refused } = status();
  line.className = lost || lockedOut ? "lost" : refused.length ? "refused" : "";
  if (refused.length) {
    const button = make("button", { type: "button" }, say("discard"));
    button.addEventListener("click", discard);
    line.replaceChildren(`${say("refused", { count: refused.length, why: refused.at(-1).why })} `, button);
  } else if (lockedOut && "byPassword" in document.documentElement.dataset) {
    line.replaceChildren(`${say("signed_out", { count })} `, make("a", { href: `/enter?lang=${lang}` }, say("enter_title")));
  } else if (lockedOut) line.textContent = say("locked_out", { count });
  else if (lost) line.textContent = say("offline", { count });
  else line.textContent = count ? say("saving", { count }) : say("saved");
}

onQueue(showSaved);
showSaved();
