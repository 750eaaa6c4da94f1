"""Verdicts find their claims again, and never a wrong one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, text

from brief_nlp.claims.find import claim_id, normalised
from brief_nlp.schema import Brief, Label
from brief_nlp.store import decisions, documents
from brief_nlp.store.attaching import Finder, How, quoted
from brief_nlp.store.decisions import Action, give
from brief_nlp.store.tables import attachments
from tests.conftest import analyzed
from tests.store.rows import reissued, write


def how(engine: Engine) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    with engine.connect() as connection:
        for row in connection.execute(select(attachments).order_by(attachments.c.verdict_id)):
            found.setdefault(row.verdict_id, []).append(row.how)
    return found


def orphans(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(text("SELECT quote FROM verdicts_orphaned")).scalars())


def test_typesetting_does_not_part_a_verdict_from_its_claim(brief: Brief):
    claim = brief.claims[0]
    reset = claim.text.replace("“", '"').replace("’", "'").replace(" ", "  ").replace("procurement", "pro-curement")
    moved = claim.model_copy(update={"id": "0" * 32, "label": Label.ASSESSMENT, "text": reset})
    found = Finder(brief.model_copy(update={"claims": (moved, *brief.claims[1:])})).find(quoted(brief, claim))
    assert found == (moved, How.QUOTE)


def test_other_words_are_another_claim(brief: Brief):
    claim = next(claim for claim in brief.claims if any(char.isdigit() for char in claim.text))
    for old, new in ((claim.text[:3], "Not " + claim.text[:3]), ("1", "2"), ("2", "1."), ("0", "")):
        words = claim.text.replace(old, new, 1)
        if words == claim.text:
            continue
        moved = claim.model_copy(update={"id": "0" * 32, "text": words})
        rest = [one for one in brief.claims if one is not claim]
        assert Finder(brief.model_copy(update={"claims": (moved, *rest)})).find(quoted(brief, claim)) is None, words


def test_an_ambiguous_quote_is_an_orphan_not_a_guess(brief: Brief):
    claim = brief.claims[0]
    twins = tuple(claim.model_copy(update={"id": letter * 32}) for letter in "ab")
    assert Finder(brief.model_copy(update={"claims": twins})).find(quoted(brief, claim)) is None


def test_of_two_like_sentences_the_context_tells_which(brief: Brief):
    words = "The plan failed."
    body = f"In spring it rained. {words} In autumn it froze. {words} Nobody was surprised."
    places = [body.index(words), body.rindex(words)]
    base = brief.claims[0]
    pair = tuple(
        base.model_copy(update={"id": letter * 32, "start": at, "end": at + len(words), "text": words})
        for letter, at in zip("ab", places, strict=True)
    )
    two = brief.model_copy(update={"text": body, "claims": pair})
    asked = quoted(two, pair[1])
    assert asked.occurrences == 2
    renamed = two.model_copy(
        update={"claims": tuple(one.model_copy(update={"id": one.id[::-1] + "0"}) for one in pair)}
    )
    found = Finder(renamed).find(asked._replace(claim_id="f" * 32))
    assert found is not None
    assert found[0].start == places[1]
    only_first = two.model_copy(update={"claims": pair[:1]})
    assert Finder(only_first).find(asked._replace(claim_id="f" * 32)) is None, "the other of the two has gone"


def test_a_reissued_pdf_keeps_what_was_said_of_it(engine: Engine, brief: Brief):
    """All but the sentence that was corrected, also where the old edition leaves the store."""
    write(engine, brief)
    corrected = brief.claims[5]
    for claim in brief.claims:
        decisions.append(engine, give(brief, claim, Action.ACCEPT, "han"))
    second = reissued(brief, "b" * 64, corrected.text, corrected.text.replace("the", "that", 1) + " Indeed so.")
    write(engine, second)
    assert sum("edition" in found for found in how(engine).values()) == len(brief.claims) - 1
    assert orphans(engine) == []
    documents.remove(engine, brief.document_id)
    assert orphans(engine) == [corrected.text]
    by_id = {claim.id: claim for claim in second.claims}
    with engine.connect() as connection:
        for row in connection.execute(
            text("SELECT a.claim_id, v.quote FROM attachments a JOIN verdicts v ON v.verdict_id = a.verdict_id")
        ):
            assert by_id[row.claim_id].text == row.quote


def test_a_verdict_on_one_edition_holds_for_the_other(engine: Engine, brief: Brief):
    write(engine, brief)
    write(engine, reissued(brief, "b" * 64))
    number = decisions.append(engine, give(brief, brief.claims[1], Action.ACCEPT, "han"))
    assert sorted(how(engine)[number]) == ["claim", "edition"]


def cut_anew(brief: Brief, spans: list[tuple[int, int]]) -> Brief:
    """The same document by another splitter: its claims are these spans, with ids of their own."""
    made, seen = [], dict[str, int]()
    for start, end in spans:
        quote = normalised(brief.text[start:end])
        seen[quote] = seen.get(quote, 0) + 1
        moved = {"id": claim_id(brief.document_id, quote, seen[quote]), "start": start, "end": end}
        made.append(brief.claims[0].model_copy(update={**moved, "text": brief.text[start:end], "clauses": ()}))
    return brief.model_copy(update={"claims": tuple(made), "fingerprint": "e" * 32})


@pytest.mark.parametrize("sample", ["brief", "korean"])
@pytest.mark.parametrize("change", ["split", "joined"])
def test_a_changed_splitter_orphans_what_it_changed_and_nothing_else(request, sample: str, change: str, engine: Engine):
    one: Brief = request.getfixturevalue(sample)
    write(engine, one)
    given = {decisions.append(engine, give(one, claim, Action.ACCEPT, "han")): claim for claim in one.claims}
    kept: list[tuple[int, int]] = []
    for place, claim in enumerate(one.claims):
        middle = one.text.find(" ", (claim.start + claim.end) // 2, claim.end)
        if change == "split" and place % 2 and middle > 0:
            kept += [(claim.start, middle), (middle + 1, claim.end)]
        elif change == "joined" and place % 2 and one.claims[place - 1].block == claim.block:
            kept[-1] = (kept[-1][0], claim.end)
        else:
            kept.append((claim.start, claim.end))
    again = cut_anew(one, kept)
    write(engine, again)
    by_id = {claim.id: claim for claim in again.claims}
    with engine.connect() as connection:
        found = {row.verdict_id: by_id[row.claim_id] for row in connection.execute(select(attachments))}
    assert {number: (claim.start, claim.end) for number, claim in found.items()} == {
        number: (claim.start, claim.end) for number, claim in given.items() if (claim.start, claim.end) in kept
    }
    assert 0 < len(found) < len(given)
    assert sorted(orphans(engine)) == sorted(given[number].text for number in given.keys() - found.keys())
    write(engine, one)
    assert orphans(engine) == [], "the old splitter brings them back"


def test_a_piece_of_another_sentence_does_not_take_the_verdict_of_a_joined_one(engine: Engine, brief: Brief):
    """The words that were judged are joined to their neighbour; the same words, in what another says, are cut off."""
    said = ["It rained for long.", "The plan failed.", "State media saw it thus:", "The plan failed.", "So it ended."]
    words = " ".join(said)
    text_ = brief.model_copy(update={"text": words, "footnotes": (), "entities": (), "dates": (), "quantities": ()})
    plain = {"evidence": (), "entities": (), "dates": (), "quantities": (), "block": 0, "section": None, "cues": ()}
    text_ = text_.model_copy(update={"claims": (brief.claims[0].model_copy(update=plain),), "blocks": ()})
    starts = [words.index(said[0]), words.index(said[1]), words.index(said[2]), words.rindex(said[3])]
    ends = [start + len(part) for start, part in zip(starts, said[:4], strict=True)]
    before = cut_anew(text_, [(starts[0], ends[0]), (starts[1], ends[1]), (starts[2], ends[3])])
    after = cut_anew(text_, [(starts[0], ends[1]), (starts[2], ends[2]), (starts[3], ends[3])])
    judged = quoted(before, before.claims[1])
    assert judged.occurrences == 2
    assert judged.claim_id == after.claims[2].id, "an id tells words and their turn, not their place"
    for asked in (judged, judged._replace(claim_id="f" * 32), judged._replace(claim_id="f" * 32, occurrences=1)):
        assert Finder(after).find(asked) is None
    only = cut_anew(text_, [(starts[1], ends[1])])
    found = Finder(only).find(judged._replace(claim_id="f" * 32))
    assert found is not None, "where it stands, with its neighbours as they were, it is found"


@pytest.mark.parametrize("sample", ["brief", "korean"])
def test_every_verdict_survives_a_new_model_and_a_new_layout(request, sample: str, store):
    one: Brief = request.getfixturevalue(sample)
    engine = store("sqlite")
    write(engine, one)
    for claim in one.claims:
        decisions.append(engine, give(one, claim, Action.ACCEPT, "han"))
    turned = tuple(
        claim.model_copy(update={"label": Label.FACT, "probability": 0.1, "kind": None}) for claim in one.claims
    )
    write(engine, one.model_copy(update={"claims": turned, "fingerprint": "e" * 32}))
    assert set(map(tuple, how(engine).values())) == {("claim",)}
    again = reissued(one, "c" * 64)
    write(engine, again.model_copy(update={"text": again.text}))
    assert set(map(tuple, map(sorted, how(engine).values()))) == {("claim", "edition")}


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_change_of_a_text_attaches_a_verdict_to_other_words(data):
    brief = analyzed("grain_policy")
    place = data.draw(st.integers(0, len(brief.claims) - 1))
    claim = brief.claims[place]
    words = claim.text.split(" ")
    cut = data.draw(st.integers(0, len(words) - 1))
    changed = " ".join(
        [*words[:cut], data.draw(st.sampled_from(["not", "never", "3.5", "2024", "KCNA"])), *words[cut:]]
    )
    moved = claim.model_copy(update={"id": "0" * 32, "text": changed})
    claims = (*brief.claims[:place], moved, *brief.claims[place + 1 :])
    assert Finder(brief.model_copy(update={"claims": claims})).find(quoted(brief, claim)) is None
