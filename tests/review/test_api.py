"""The API over both databases."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, event, text

from brief_nlp.review.access import Access
from brief_nlp.review.app import create_app
from brief_nlp.store import documents
from tests.conftest import analyzed
from tests.review.conftest import HOST, TOKEN, fill


def sent(claim: dict[str, Any], action: str, reviewer: str = "han", **more: Any) -> dict[str, Any]:
    seen = {"label_seen": claim["label"], "probability_seen": claim["probability"]}
    quoted = {name: claim[name] for name in ("quote", "prefix", "suffix")}
    base = {"key": uuid4().hex, "claim_id": claim["id"], "document_id": claim["document"]["id"], "action": action}
    return {**base, "reviewer": reviewer, "given_at": datetime.now(UTC).isoformat(), **seen, **quoted, **more}


def listed(client: TestClient, **asked: str) -> list[dict[str, Any]]:
    answer = client.get("/api/list", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()["claims"]


def claim(client: TestClient, place: int = 0, **asked: str) -> dict[str, Any]:
    return client.get(f"/api/claims/{listed(client, **asked)[place]['id']}").json()


def rows_of(client: TestClient, claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ids = [one["id"] for one in claims]
    parts = [ids[place : place + 100] for place in range(0, len(ids), 100)]
    return [row for part in parts for row in client.get("/api/rows", params={"ids": part}).json()]


def give(client: TestClient, verdict: dict[str, Any], status: int = 200) -> dict[str, Any]:
    answer = client.post("/api/verdicts", json=verdict)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_lists_are_narrowed(client: TestClient):
    everything = listed(client)
    assert len(everything) == len(analyzed("grain_policy").claims) + len(analyzed("local_hospital").claims)
    document = analyzed("local_hospital").document_id
    assert len(listed(client, document=document)) == len(analyzed("local_hospital").claims)
    assert {one["label"] for one in listed(client, label="fact")} == {"fact"}
    assert len(listed(client, label="fact")) + len(listed(client, label="assessment")) == len(everything)
    assert len(listed(client, notes="with")) + len(listed(client, notes="without")) == len(everything)
    for asked in ({"source": "조선중앙통신"}, {"entity": "North Korea"}, {"section": "policy"}, {"words": "grain"}):
        found = listed(client, **asked)
        assert len(found) < len(everything), asked
    assert len(listed(client, words="grain")) > 0
    assert len(listed(client, source="author")) > 0
    assert listed(client, since="2999") == []
    assert len(listed(client, since="1999", until="2026")) == len(everything)
    assert listed(client, section="100%_!") == []
    day = analyzed("local_hospital").masthead.published.value
    for until in (day, day[:7], day[:4]):
        assert document in {row["document"] for row in rows_of(client, listed(client, until=until))}
    earlier = str(int(day[:4]) - 1)
    assert document not in {row["document"] for row in rows_of(client, listed(client, until=earlier))}


def test_the_unsure_come_first(client: TestClient):
    ids = [one["id"] for one in listed(client, order="unsure")][:20]
    rows = {row["id"]: row for row in client.get("/api/rows", params={"ids": ids}).json()}
    distances = [abs(rows[one]["probability"] - 0.5) for one in ids]
    assert distances == sorted(distances)


def test_a_claim_in_full(client: TestClient):
    brief = analyzed("grain_policy")
    for known in brief.claims:
        shown = client.get(f"/api/claims/{known.id}").json()
        inside = shown["paragraph"][shown["claim"]["start"] : shown["claim"]["end"]]
        assert inside == known.text == shown["quote"]
        for cue, mark in zip(known.cues, shown["cues"], strict=True):
            assert shown["paragraph"][mark["start"] : mark["end"]] == cue.text
        assert [note["index"] for note in shown["notes"]] == [item.footnote for item in known.evidence]
    assert client.get(f"/api/claims/{'0' * 32}").status_code == 404


def test_verdicts_are_stored_once(client: TestClient, store: Engine):
    one = claim(client)
    verdict = sent(one, "relabel", label="assessment" if one["label"] == "fact" else "fact")
    first, second = give(client, verdict), give(client, verdict)
    assert first == second
    assert first["row"]["state"] == "relabel"
    assert first["row"]["label"] == verdict["label"]
    with store.connect() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM verdicts")).scalar() == 1


@pytest.mark.parametrize(
    ("action", "more"),
    [("accept", {}), ("reject", {}), ("edit", {"edited": "Other words."}), ("note", {"note": "검토 요망"})],
)
def test_each_action_and_its_undo(client: TestClient, action: str, more: dict[str, str]):
    one = claim(client)
    verdict = sent(one, action, **more)
    state = give(client, verdict)["row"]["state"]
    assert state == (None if action == "note" else action)
    given = client.get(f"/api/claims/{one['id']}").json()["verdicts"][0]
    assert (given["action"], given["reviewer"], given["undone"]) == (action, "han", False)
    give(client, sent(one, "undo", reviewer="lee", undoes=verdict["key"]), 409)
    assert give(client, sent(one, "undo", undoes=verdict["key"]))["row"]["state"] is None
    assert client.get(f"/api/claims/{one['id']}").json()["verdicts"][0]["undone"]


def test_wrong_verdicts_are_refused(client: TestClient):
    one = claim(client)
    give(client, sent(one, "undo", undoes="0" * 32), 409)
    give(client, sent(one, "accept", claim_id="f" * 32, quote=""), 409)
    for wrong in ({"reviewer": "  "}, {"reviewer": "a\nb"}, {"key": "x"}, {"given_at": "2024-01-01"}, {"more": 1}):
        give(client, {**sent(one, "accept"), **wrong}, 422)
    for action in ("edit", "note", "relabel"):
        give(client, sent(one, action), 409)


def test_a_verdict_on_a_claim_that_went_is_kept(client: TestClient, store: Engine):
    one = claim(client, document=analyzed("grain_policy").document_id)
    documents.remove(store, one["document"]["id"])
    assert give(client, sent(one, "accept"))["row"] is None
    assert [orphan["quote"] for orphan in client.get("/api/orphans").json()] == [one["quote"]]
    documents.write(store, analyzed("grain_policy"))
    assert client.get("/api/orphans").json() == []
    assert client.get(f"/api/claims/{one['id']}").json()["verdicts"][0]["action"] == "accept"


def test_news_of_verdicts_and_runs(client: TestClient, store: Engine):
    one = claim(client)
    before = client.get("/api/list").json()["change"]
    assert client.get("/api/news", params={"since": before}).json()["claims"] == []
    verdict = sent(one, "accept")
    give(client, verdict)
    told = client.get("/api/news", params={"since": before}).json()
    assert (told["claims"], told["documents"]) == ([one["id"]], [])
    give(client, sent(one, "undo", undoes=verdict["key"]))
    assert client.get("/api/news", params={"since": told["change"]}).json()["claims"] == [one["id"]]
    documents.remove(store, one["document"]["id"])
    assert client.get("/api/news", params={"since": before}).json()["documents"] == [one["document"]["id"]]
    assert client.get("/api/news", params={"since": 10**6}).json()["documents"] == ["*"]


def test_choices_are_counted_anew_only_where_claims_changed(client: TestClient, store: Engine):
    asked: list[str] = []
    event.listen(store, "before_cursor_execute", lambda _c, _cursor, statement, *_: asked.append(statement))

    def counted() -> dict[str, Any]:
        """The choices, which `asked` shows the price of, and which a fresh server says too."""
        fresh = TestClient(
            create_app(store, Access(TOKEN, frozenset({HOST}))), base_url=f"http://{HOST}", headers=client.headers
        )
        expected = fresh.get("/api/choices").json()
        asked.clear()
        found = client.get("/api/choices").json()
        assert found == expected
        assert client.get("/api/totals").json() == {
            name: found[name] for name in ("claims", "reviewed", "taught", "untaught")
        }
        with store.connect() as connection:
            rows = connection.execute(text("SELECT COUNT(*), COALESCE(SUM(reviewed), 0) FROM claims_current")).one()
        assert tuple(rows) == (found["claims"], found["reviewed"])
        return found

    lists = ("FROM claim_sources", "FROM entities", "LEFT JOIN claims")
    one = claim(client)
    before = counted()
    verdict = sent(one, "accept")
    give(client, verdict)
    assert counted()["reviewed"] == 1
    assert not [statement for statement in asked if any(name in statement for name in lists)]
    give(client, sent(one, "note", note="?"))
    give(client, sent(one, "reject", reviewer="lee"))
    give(client, sent(one, "undo", undoes=verdict["key"]))
    assert counted() == {**before, "reviewed": 1}
    asked.clear()
    for _ in range(3):
        client.get("/api/totals")
    assert not [statement for statement in asked if "verdicts" in statement]  # nothing changed, nothing is counted
    documents.remove(store, one["document"]["id"])
    after = counted()
    assert (len(after["documents"]), after["reviewed"]) == (1, 0)
    assert after["claims"] < before["claims"]


def test_many_are_accepted_by_probability_alone(client: TestClient):
    asked = {"label": "fact"}
    offer = client.get("/api/bulk", params={**asked, "above": 0.9}).json()
    assert 0 < len(offer["sample"]) <= offer["count"]
    assert all(1 - row["probability"] >= 0.9 and not row["unsure"] for row in offer["sample"])
    settled = give(client, sent(claim(client, label="assessment"), "accept"))["row"]
    body = {"key": uuid4().hex, "asked": asked, "above": 0.9, "reviewer": "han"}
    assert client.post("/api/bulk", json=body).json() == {"done": offer["count"], "left": 0}
    assert client.post("/api/bulk", json=body).json() == {"done": 0, "left": 0}
    accepted = listed(client, state="reviewed")
    assert len(accepted) == offer["count"] + 1
    assert {one["label"] for one in accepted if one["id"] != settled["id"]} == {"fact"}


def test_agreement_of_two(client: TestClient):
    one, other = claim(client, 0), claim(client, 1)
    for reviewer, actions in {"han": ("accept", "accept"), "lee": ("accept", "reject")}.items():
        for shown, action in zip((one, other), actions, strict=True):
            give(client, sent(shown, action, reviewer))
    found = client.get("/api/agreement").json()
    assert [(pair["one"], pair["other"], pair["claims"], pair["same"]) for pair in found["pairs"]] == [
        ("han", "lee", 2, 1)
    ]
    assert [difference["claim_id"] for difference in found["differences"]] == [other["id"]]
    assert found["differences"][0]["answers"] == {"han": other["label"], "lee": "none"}


def test_pictures_of_pages(client: TestClient):
    one = claim(client, document=analyzed("grain_policy").document_id)
    answer = client.get(f"/api/documents/{one['document']['id']}/pages/1.png")
    assert answer.content.startswith(b"\x89PNG")
    assert 1 < float(answer.headers["x-scale"]) < 2
    assert client.get(f"/api/documents/{one['document']['id']}/pages/99.png").status_code == 409
    assert client.get(f"/api/documents/{'0' * 64}/pages/1.png").status_code == 409


def test_a_file_that_is_not_the_document_is_not_opened(client: TestClient, store: Engine):
    document = analyzed("grain_policy").document_id
    with store.begin() as connection:
        connection.execute(text("UPDATE paths SET path = '/etc/passwd' WHERE document_id = :one"), {"one": document})
    answer = client.get(f"/api/documents/{document}/pages/1.png")
    assert (answer.status_code, answer.json()["detail"][:38]) == (409, "The PDF is not where it was read. Put ")


def test_the_api_does_what_its_description_says(tmp_path: Path):
    """Every request that the description allows gets an answer that it allows, and none an error of the server."""
    import schemathesis
    from hypothesis import HealthCheck, given, settings

    engine = fill(f"sqlite:///{tmp_path / 'a.db'}", ["grain_policy"])
    app = create_app(engine, Access(TOKEN, frozenset({HOST})))
    headers = {"Authorization": f"Bearer {TOKEN}", "Host": HOST}
    described = schemathesis.openapi.from_asgi("/api/openapi.json", app, headers=headers)
    asked = 0
    for operation in described.get_all_operations():
        strategy = operation.ok().as_strategy()

        @given(case=strategy)
        @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        def ask(case: schemathesis.Case) -> None:
            nonlocal asked
            asked += 1
            case.call_and_validate(headers=headers)

        ask()
    assert asked > 50
