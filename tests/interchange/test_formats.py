"""Every format: what goes out comes back, in the tools' own terms, and wrong files are told."""

from __future__ import annotations

import csv
import io
import json
import re
import tracemalloc
from pathlib import Path
from xml.etree import ElementTree as Xml

import pandas as pd
import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine, text

from brief_nlp.errors import BriefError
from brief_nlp.interchange import label_studio, tables, verdict_lines
from brief_nlp.interchange.formats import FORMATS, export, import_verdicts
from brief_nlp.interchange.items import items
from brief_nlp.interchange.verdict_lines import verdict_schema
from brief_nlp.schema import Brief, Label
from brief_nlp.store import tabular
from tests.conftest import ROOT

BACK = sorted(name for name, one in FORMATS.items() if one.read)
LEAST = {"choice", "reviewer", "given_at", "note", "edited"}


def answers(engine: Engine) -> dict[tuple[str, str], tuple]:
    return {
        (item.claim.id, one.reviewer): tuple(getattr(one, name) for name in sorted(LEAST))
        for item in items(engine)
        for one in item.answers
    }


@pytest.mark.parametrize("name", BACK)
def test_what_goes_out_comes_back(reviewed: Engine, make, tmp_path: Path, name: str):
    path = tmp_path / f"out.{FORMATS[name].suffix}" if FORMATS[name].suffix else tmp_path / "out"
    export(reviewed, name, path)
    fresh = make()
    taken = import_verdicts(fresh, name, path, "nobody")
    assert (taken.known, taken.unknown) == (0, ())
    assert taken.added == (9 if name == "verdicts" else 6)
    assert answers(fresh) == answers(reviewed)
    again = import_verdicts(fresh, name, path, "nobody")
    assert again.added == 0
    assert import_verdicts(reviewed, name, path, "nobody").added == 0, "what a store gave out is nothing new to it"


def test_verdict_lines_lose_nothing(reviewed: Engine, make, tmp_path: Path):
    export(reviewed, "verdicts", tmp_path / "v.jsonl")
    fresh = make()
    import_verdicts(fresh, "verdicts", tmp_path / "v.jsonl", "nobody")
    export(fresh, "verdicts", tmp_path / "w.jsonl")
    assert (tmp_path / "v.jsonl").read_text() == (tmp_path / "w.jsonl").read_text()


def test_committed_schema_of_verdicts_is_current():
    assert (ROOT / "src" / "brief_nlp" / "verdict.schema.json").read_text("utf-8") == verdict_schema()


def test_lines_fit_their_schema(reviewed: Engine, tmp_path: Path):
    jsonschema = pytest.importorskip("jsonschema")
    export(reviewed, "verdicts", tmp_path / "v.jsonl")
    for line in (tmp_path / "v.jsonl").read_text("utf-8").splitlines():
        jsonschema.validate(json.loads(line), json.loads(verdict_schema()))


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_claims_of_all_briefs_go_out(reviewed: Engine, tmp_path: Path, name: str):
    path = tmp_path / (f"out.{FORMATS[name].suffix}" if FORMATS[name].suffix else "out")
    assert re.match(r"[1-9]\d* \w+", export(reviewed, name, path))
    assert path.exists()


def test_no_cell_becomes_a_formula(reviewed: Engine, tmp_path: Path):
    export(reviewed, "excel", tmp_path / "x.xlsx")
    sheet = load_workbook(tmp_path / "x.xlsx")["claims"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "b", "inlineStr"}
    assert "=Other words, 다른 말" in {cell.value for row in sheet.iter_rows() for cell in row}
    export(reviewed, "csv", tmp_path / "x.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "x.csv").read_text("utf-8-sig"))))
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@")]


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"docbin"}))  # one message, which spaCy holds whole
def test_many_briefs_take_the_memory_of_few(
    tmp_path: Path, brief: Brief, store_of, name: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tabular, "BATCH_ROWS", 50)
    monkeypatch.setattr(tabular, "GROUP_ROWS", 100)
    monkeypatch.setattr(verdict_lines, "PORTION", 5)
    export(store_of(1), name, tmp_path / "all-is-imported")
    peaks = {}
    for count in (4, 24):
        engine = store_of(count)
        tracemalloc.start()
        export(engine, name, tmp_path / str(count))
        peaks[count] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peaks[24] < 1.3 * peaks[4] + 100_000, peaks


def test_a_workbook_goes_on_where_a_sheet_is_full(reviewed: Engine, tmp_path: Path):
    with (tmp_path / "x.xlsx").open("wb") as stream:
        count = tables.write_excel(items(reviewed), stream, most=11)
    book = load_workbook(tmp_path / "x.xlsx")
    assert [sheet.title for sheet in book][:2] == ["claims", "claims 2"]
    assert [sheet.max_row for sheet in book][:-1] == [11] * (len(book.worksheets) - 1)
    found = tables.read_table(tmp_path / "x.xlsx")
    assert len(found) == count
    assert list(found["claim_id"]) == [item.claim.id for item in items(reviewed) for _ in item.answers or (None,)]


def test_a_table_that_people_filled_in(make, tmp_path: Path, brief: Brief):
    engine = make()
    export(engine, "csv", tmp_path / "t.csv")
    found = pd.read_csv(tmp_path / "t.csv", dtype=str, keep_default_na=False)
    found.loc[0, "choice"] = " Assessment "
    found.loc[1, "choice"] = "no claim"
    found.to_csv(tmp_path / "t.csv", index=False)
    taken = import_verdicts(engine, "csv", tmp_path / "t.csv", "han")
    assert taken.added == 2
    given = answers(engine)
    assert {key[1] for key in given} == {"han"}


def test_spacy_sees_the_spans(reviewed: Engine, tmp_path: Path, brief: Brief):
    import spacy
    from spacy.tokens import DocBin

    export(reviewed, "docbin", tmp_path / "d.spacy")
    docs = list(DocBin().from_disk(tmp_path / "d.spacy").get_docs(spacy.blank("xx").vocab))
    doc = next(doc for doc in docs if doc.text == brief.text)
    assert [(span.id_, span.label_) for span in doc.spans["claims"]] == [(c.id, c.label) for c in brief.claims]
    assert all(claim.text in span.text for span, claim in zip(doc.spans["claims"], brief.claims, strict=True))


def test_tei_holds_the_text_and_its_notes(reviewed: Engine, tmp_path: Path, brief: Brief):
    export(reviewed, "tei", tmp_path / "c.xml")
    root = Xml.parse(tmp_path / "c.xml").getroot()
    space = {"t": "http://www.tei-c.org/ns/1.0"}
    segments = {seg.get("{http://www.w3.org/XML/1998/namespace}id") for seg in root.iterfind(".//t:seg", space)}
    assert {f"claim-{claim.id}" for claim in brief.claims} <= segments
    called = {ref.get("target") for ref in root.iterfind(".//t:ref", space)}
    notes = {f"#{n.get('{http://www.w3.org/XML/1998/namespace}id')}" for n in root.iterfind(".//t:note[@place]", space)}
    assert called <= notes
    assert called
    ids = [one.get("{http://www.w3.org/XML/1998/namespace}id") for one in root.iter()]
    assert len(list(filter(None, ids))) == len(set(filter(None, ids))), "notes of two briefs have ids of their own"


def test_web_annotations_say_the_place_three_times(reviewed: Engine, tmp_path: Path, brief: Brief):
    export(reviewed, "web-annotation", tmp_path / "a.jsonld")
    found = json.loads((tmp_path / "a.jsonld").read_text("utf-8"))
    assert found["total"] == len(found["first"]["items"])
    one = next(a for a in found["first"]["items"] if a["target"]["source"].endswith(brief.document_id))
    quote, position, fragment = one["target"]["selector"][:3]
    assert brief.text[position["start"] : position["end"]] == quote["exact"]
    assert re.fullmatch(r"page=\d+&viewrect=[\d.]+,[\d.]+,[\d.]+,[\d.]+", fragment["value"])


def test_brat_offsets_point_at_the_words_and_a_changed_type_is_an_answer(make, tmp_path: Path, brief: Brief):
    engine = make()
    export(engine, "brat", tmp_path / "brat")
    ann = tmp_path / "brat" / f"{brief.document_id}.ann"
    words = (tmp_path / "brat" / f"{brief.document_id}.txt").read_text("utf-8")
    for line in ann.read_text("utf-8").splitlines():
        if line.startswith("T"):
            _, head, told = line.split("\t")
            start, end = map(int, head.split(" ")[1:])
            assert words[start:end] == told
    first = brief.claims[0]
    old, new = ("Fact", "Assessment") if first.label is Label.FACT else ("Assessment", "Fact")
    ann.write_text(ann.read_text("utf-8").replace(f"T1\t{old} ", f"T1\t{new} ", 1), "utf-8")
    assert import_verdicts(engine, "brat", tmp_path / "brat", "seo").added == 1
    with engine.connect() as connection:
        row = connection.execute(text("SELECT reviewer, action, label FROM verdicts")).one()
    assert tuple(row) == ("seo", "relabel", new.lower())


@pytest.mark.parametrize("name", BACK)
@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[1, 2]", b"\xff\xfe\x00garbage", b"<a", b'{"a": 1}\n', b'[{"data": 3}]']
)
def test_wrong_files_are_told_in_a_line(make, tmp_path: Path, name: str, content: bytes):
    engine = make()
    path = tmp_path / f"wrong.{FORMATS[name].suffix or 'd'}"
    if name == "brat":
        path.mkdir()
        (path / "a.ann").write_bytes(content)
    else:
        path.write_bytes(content)
    try:
        taken = import_verdicts(engine, name, path, "x")
    except BriefError as error:
        assert "\n" not in str(error)
        assert error.advice
    else:
        assert taken.added == 0
    with engine.connect() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM verdicts")).scalar() == 0


def test_an_import_is_whole_or_not_at_all(reviewed: Engine, make, tmp_path: Path):
    export(reviewed, "prodigy", tmp_path / "p.jsonl")
    lines = (tmp_path / "p.jsonl").read_text("utf-8").splitlines()
    answered = [line for line in lines if '"accept": ["' in line]
    broken = answered[-1].replace('"accept": ["', '"accept": ["maybe ')
    (tmp_path / "p.jsonl").write_text("\n".join([*answered[:-1], broken]), "utf-8")
    fresh = make()
    with pytest.raises(BriefError, match="is no label"):
        import_verdicts(fresh, "prodigy", tmp_path / "p.jsonl", "x")
    with fresh.connect() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM verdicts")).scalar() == 0


def test_entities_of_xml_are_not_read(make, tmp_path: Path):
    (tmp_path / "bomb.xml").write_text('<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>')
    with pytest.raises(BriefError, match="document type"):
        import_verdicts(make(), "tei", tmp_path / "bomb.xml", "x")


def test_the_labelling_page_offers_what_answers_may_say():
    root = Xml.fromstring(label_studio.CONFIG)
    assert [choice.get("value") for choice in root.iter("Choice")] == ["fact", "assessment", "no claim"]
