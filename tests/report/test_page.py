"""The page as a file: sealed, sound, the same each time, and deaf to what a PDF would have it do."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import brief_nlp.report
from brief_nlp.errors import BriefError
from brief_nlp.report.page import page_of, write_report
from brief_nlp.report.wording import LANGUAGES, shown, wording
from brief_nlp.schema import AssessmentKind, Brief, CitationKind, EntityType, FieldName, Language, Speaker
from tests.conftest import NAMES, ROOT, analyzed
from tests.report.briefs import ASSESSMENT, HOSTILE, Read, Said, made

HERE = Path(brief_nlp.report.__file__).parent
MADE = ("scope_", "published_", "language_", "k_", "l_", "t_", "c_")  # keys that are put together


def hostile(number: int = 1) -> Brief:
    """A brief all of whose words attack."""
    speaker = Speaker(name=HOSTILE, start=0, end=1)
    names = [(HOSTILE, EntityType.POLICY, "evil-1"), (HOSTILE + "2", EntityType.ORG, "evil-2")]
    return made(
        Said(
            HOSTILE, ASSESSMENT, names, [("2029-01-01", "2029-12-31")], [0], (speaker,), AssessmentKind.FORECAST,
            unsure=True, cue="<script>",
        ),
        title=HOSTILE,
        number=number,
        notes=[(CitationKind.NEWSPAPER, FieldName.CONTAINER, HOSTILE)],
        called=number != 2,
        loose=1,
        warnings=(HOSTILE,),
    )  # fmt: skip


def pages() -> dict[str, str]:
    samples = [analyzed(name) for name in NAMES]
    return {
        "brief": page_of([samples[1]], "en").html,
        "korean": page_of([analyzed("local_hospital")], "ko").html,
        "collection": page_of(samples, "en").html,
        "hostile": page_of([hostile()], "en").html,
        "hostile collection": page_of([hostile(1), hostile(2)], "ko").html,
    }


@pytest.fixture(scope="module")
def page_by_name() -> dict[str, str]:
    return pages()


@pytest.fixture(params=["brief", "korean", "collection", "hostile", "hostile collection"])
def page(page_by_name: dict[str, str], request: pytest.FixtureRequest) -> Read:
    read = Read(page_by_name[request.param])
    read.html = page_by_name[request.param]
    return read


def test_nothing_is_loaded_from_anywhere(page: Read):
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "img", "image", "iframe", "object", "embed", "base", "form", "use", "video"}
    assert page.values("src") == page.values("srcset") == page.values("style") == page.declared == []
    assert all(target.startswith("#") for target in page.values("href"))
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    style = "".join(words for tag, words in page.said if tag == "style")
    assert re.findall(r"url\(([^)]*)\)", style) == ["#hatched"]
    assert "@import" not in style


def test_the_policy_allows_this_style_and_nothing_else(page: Read):
    (policy,) = [a["content"] for tag, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"]
    style = page.html.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert page.html.index("Content-Security-Policy") < page.html.index("<style>")


def test_links_lead_somewhere_and_ids_are_single(page: Read):
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {target.removeprefix("#") for target in page.values("href")} <= set(ids)
    for name in ("aria-labelledby", "aria-describedby"):
        assert {one for value in page.values(name) for one in value.split()} <= set(ids)
    for tag, attributes in page.elements:
        if tag == "svg" and "aria-hidden" not in attributes:
            assert attributes["role"] == "img"
            assert attributes["aria-labelledby"]


def test_hostile_words_stay_words(page_by_name: dict[str, str]):
    for name in ("hostile", "hostile collection"):
        html = page_by_name[name]
        assert "<script" not in html
        assert "<img" not in html
        assert html.count("</style>") == 1
        assert "49" not in Read(html).text  # nothing of a PDF is a template
        assert not re.search("[\x00\x07\ud800\u202e\u200b]", html)
        html.encode("utf-8")
        assert shown(HOSTILE) in Read(html).text.replace("\n", " ") or name != "hostile"
    text = Read(page_by_name["hostile"]).text
    assert text.count("{{ 7 * 7 }}") >= 8  # title, author, claim, speaker, note, source, warning, cue


def test_notes_and_markers_lead_to_each_other(page_by_name: dict[str, str]):
    brief = analyzed(NAMES[1])
    read = Read(page_by_name["brief"])
    links = read.values("href")
    for note in brief.footnotes:
        assert f"#note-{note.index}" in links
        for place, _ in enumerate(note.markers):
            assert f"#marker-{note.index}-{place}" in links
    assert links.count("#why-0") == links.count("#claim-0") == 1


def test_the_figures_of_a_brief(page_by_name: dict[str, str]):
    text = " ".join(" ".join(words for _, words in Read(page_by_name["hostile"]).said).split())
    assert "Facts 0 Assessments 1 To review 1 Notes 1 Notes without marker 0 Markers without note 1 Warnings 1" in text
    uncalled = page_of([hostile(2)], "en").html
    assert "no marker calls this note" in uncalled
    assert "there is no note to this marker" in uncalled


def test_labels_are_told_by_more_than_colour(page_by_name: dict[str, str]):
    brief = analyzed(NAMES[1])
    read = Read(page_by_name["brief"])
    signs = [
        attributes for _, attributes in read.elements if attributes.get("class") == "sign" and "href" in attributes
    ]
    assert len(signs) == len(brief.claims)
    for place, (sign, claim) in enumerate(zip(signs, brief.claims, strict=True)):
        assert sign["aria-label"].startswith(f"{claim.label.value} {place + 1}")
        assert ("To review" in sign["aria-label"]) == claim.needs_review


def test_korean(page_by_name: dict[str, str]):
    read = Read(page_by_name["korean"])
    assert read.elements[0] == ("html", {"lang": "ko"})
    assert analyzed("local_hospital").masthead.title in read.text
    assert "평가일 확률" in read.text
    assert "로동신문" in read.text
    assert "북한" in page_of([analyzed(name) for name in NAMES], "ko").html  # a name of the gazetteer


def test_the_same_bytes_whatever_the_order_of_sets(tmp_path: Path):
    code = (
        "import sys, pathlib\n"
        "from brief_nlp.report.page import write_report\n"
        "from brief_nlp.schema import Brief\n"
        "briefs = [Brief.model_validate_json(path.read_text()) for path in sorted(pathlib.Path('.').glob('*.json'))]\n"
        "write_report(iter(briefs), pathlib.Path(sys.argv[1]))\n"
        "write_report(briefs[:1], pathlib.Path(sys.argv[1] + '1'), 'ko')\n"
    )
    for name in NAMES:
        (tmp_path / f"{name}.json").write_text(analyzed(name).model_dump_json())
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Seoul" if seed == "1" else "UTC"}
        command = [sys.executable, "-c", code, seed]
        subprocess.run(command, cwd=tmp_path, env=environment, check=True)
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()
    assert (tmp_path / "11").read_bytes() == (tmp_path / "21").read_bytes()


def test_a_file_is_replaced_when_the_page_is_whole(tmp_path: Path):
    path = tmp_path / "report.html"
    path.write_text("old")
    with pytest.raises(RuntimeError):
        write_report(broken(), path)
    assert path.read_text() == "old"
    assert write_report([made(Said("A."))], path) == 1
    assert path.read_text("utf-8").startswith("<!doctype html>")
    assert [one.name for one in tmp_path.iterdir()] == ["report.html"]


def broken():
    yield made(Said("A."))
    raise RuntimeError


def test_mistakes_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    brief = made(Said("A."))
    with pytest.raises(BriefError, match="Choose en or ko"):
        page_of([brief], "de")
    with pytest.raises(BriefError, match="There is no brief"):
        page_of([])
    with pytest.raises(BriefError, match=r"cannot be written \(Is a directory\)"):
        write_report([brief], tmp_path)
    monkeypatch.setitem(sys.modules, "altair", None)
    assert page_of([brief]).briefs == 1  # a brief needs no charts
    with pytest.raises(BriefError, match="Charts need"):
        page_of([brief, made(Said("B."), number=2)])
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(BriefError, match=r"pip install 'brief-nlp\[report\]'"):
        page_of([brief])


def test_a_brief_of_which_nothing_is_known():
    html = page_of([made(title=None, published=None, language=Language.KO)], "en").html
    assert "Untitled (000000000000)" in html
    assert "undated" in html


def test_the_languages_say_the_same():
    english = wording("en")
    for language in LANGUAGES:
        words = wording(language)
        assert words.keys() == english.keys()
        for key, said in words.items():
            assert set(re.findall(r"{(\w+)}", said)) == set(re.findall(r"{(\w+)}", english[key])), key


def test_every_word_is_used():
    files = [*HERE.glob("*.py"), *(HERE / "templates").glob("*.html")]
    used = set(re.findall(r"\w+", "\n".join(path.read_text("utf-8") for path in files)))
    names = {"by_brief", "by_topic", "relied", "speakers", "time"}
    made_of = {f"{name}_about" for name in names} | {"fact_sign", "assessment_sign"}
    assert [key for key in wording("en") if key not in used | made_of and not key.startswith(MADE)] == []


def test_nothing_of_the_project_needs_the_report(tmp_path: Path):
    code = (
        "import brief_nlp.cli, brief_nlp.report.page, sys; print([m for m in ('altair', 'jinja2') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
