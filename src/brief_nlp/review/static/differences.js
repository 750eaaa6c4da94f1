// Where reviewers differ: how far they agree, and a button to settle each difference.
import { get } from "./api.js";
import { push } from "./queue.js";
import "./saved.js";
import * as who from "./who.js";
import { byId, make, newKey, say } from "./words.js";

const shown = (label) => (label === "none" ? say("no_claim") : say(label));

async function load() {
  const found = await get("/api/agreement");
  const cells = (tag, values) => make("tr", {}, ...values.map((value) => make(tag, {}, value)));
  const figure = (value) => (value === null ? "–" : value.toFixed(3));
  const table = make(
    "table",
    {},
    make("thead", {}, cells("th", [say("reviewers"), say("both"), say("same"), "κ"])),
    make("tbody", {}, ...found.pairs.map((pair) => cells("td", [`${pair.one}, ${pair.other}`, pair.claims, pair.same, figure(pair.kappa)]))),
  );
  byId("agreement").replaceChildren(
    ...(found.pairs.length ? [table, make("p", {}, say("alpha", { claims: found.claims, value: figure(found.alpha) }))] : [say("no_agreement")]),
  );
  const cards = await Promise.all(found.differences.map(card));
  byId("differences").replaceChildren(...(cards.length ? cards : [make("li", {}, say("no_differences"))]));
  const orphans = (await get("/api/orphans")).map((one) => make("li", {}, make("q", {}, one.quote), ` ${one.title ?? ""} · ${one.reviewer}: ${say(`verdict_${one.action}`)} ${one.label ? say(one.label) : ""}`));
  byId("orphans").replaceChildren(...(orphans.length ? orphans : [make("li", {}, say("no_orphans"))]));
}

async function card(difference) {
  const claim = await get(`/api/claims/${difference.claim_id}`);
  const given = Object.entries(difference.answers).map(([reviewer, label]) => make("li", {}, `${reviewer}: ${shown(label)}`));
  const buttons = ["fact", "assessment", "none"].map((label) => {
    const button = make("button", { type: "button", "data-settle": label }, say("settle_as", { label: shown(label) }));
    button.addEventListener("click", () => settle(claim, label, button.closest("li")));
    return button;
  });
  return make("li", { "data-claim": claim.id }, make("p", { lang: claim.document.language }, claim.quote), make("p", { class: "told" }, claim.document.title ?? ""), make("ul", {}, ...given), make("p", { class: "actions" }, ...buttons));
}

async function settle(claim, label, item) {
  const reviewer = await who.known();
  if (!reviewer) return;
  const action = label === "none" ? "reject" : label === claim.label ? "accept" : "relabel";
  push({
    key: newKey(), claim_id: claim.id, document_id: claim.document.id, action, label: label === "none" ? null : label, reviewer,
    given_at: new Date().toISOString(), quote: claim.quote, prefix: claim.prefix, suffix: claim.suffix, label_seen: claim.label, probability_seen: claim.probability,
  });
  item.replaceChildren(make("p", { role: "status" }, say("settled", { label: shown(label), reviewer })));
}

load().catch((error) => (byId("agreement").textContent = error.message));
