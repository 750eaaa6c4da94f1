"""One HTML file that needs nothing else: no network, no script, all of its style inside and allowed by its hash."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import partial
from importlib.resources import files
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import brief_nlp
from brief_nlp.errors import BriefError
from brief_nlp.report import charts
from brief_nlp.report.counting import Counts, count
from brief_nlp.report.figures import figures_of, title_of
from brief_nlp.report.reading import blocks_of, cutter_of, runs_of, sources_of
from brief_nlp.report.sources import display
from brief_nlp.report.wording import shown, wording
from brief_nlp.schema import AUTHOR, Brief, Claim, Label, Speaker

if TYPE_CHECKING:
    from jinja2 import Environment

POLICY = "default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'"


class Page(NamedTuple):
    """A page, and of how many briefs it tells."""

    html: str
    briefs: int


def write_report(briefs: Iterable[Brief], path: Path, language: str = "en") -> int:
    """Write the page of one brief or of a collection, and say of how many it is. Raises `BriefError`.

    What was in the file before is replaced, and only when the page is whole.
    """
    page = page_of(briefs, language)
    beside = path.with_name(f".{path.name}.part")
    try:
        if path.exists() and not path.is_file():  # a device, such as /dev/stdout; a folder complains
            path.write_text(page.html, "utf-8")
        else:
            beside.write_text(page.html, "utf-8")
            beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise BriefError(f"{path}: cannot be written ({error.strerror}).", "Give another file with --out.") from None
    return page.briefs


def page_of(briefs: Iterable[Brief], language: str = "en") -> Page:
    """The page of one brief, or of a collection where there are more. They are taken one by one, and none is kept.

    Raises `BriefError` where there is none, or where a package is missing.
    """
    wording(language)
    made = _environment(language)
    coming = iter(briefs)
    first = list(islice(coming, 2))
    if not first:
        raise BriefError("There is no brief to report on.", "Name a PDF, or a database with --from.")
    if len(first) == 1:
        return Page(_brief(made, first[0], language), 1)
    charts.check_installed()
    counts = count(chain(first, coming))
    return Page(_collection(made, counts, language), counts.totals["briefs"])


def _brief(made: Environment, brief: Brief, language: str) -> str:
    cutter = cutter_of(brief)
    notes = [(note, list(runs_of(brief, cutter, note.start, note.end, note.block))) for note in brief.footnotes]
    return _rendered(
        made,
        "brief.html",
        brief=brief,
        title=title_of(brief.masthead.title, brief.document_id, wording(language)),
        blocks=list(blocks_of(brief)),
        notes=notes,
        sources=sources_of(brief),
        facts=sum(claim.label is Label.FACT for claim in brief.claims),
        unsure=sum(claim.needs_review for claim in brief.claims),
        uncalled=sum(not note.markers for note in brief.footnotes),
    )


def _collection(made: Environment, counts: Counts, language: str) -> str:
    say = wording(language)
    years = [year for year in counts.years if year is not None]
    return _rendered(
        made,
        "collection.html",
        counts=counts,
        title=say["collection"].format(count=counts.totals["briefs"]),
        first=min(years, default=None),
        last=max(years, default=None),
        undated=counts.years[None],
        figures=figures_of(counts, say, language),
    )


def _rendered(made: Environment, name: str, **values: Any) -> str:
    style = files("brief_nlp.report").joinpath("static", "report.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return made.get_template(name).render(style=style, policy=POLICY.format(style=digest), **values)


def _environment(language: str) -> Environment:
    """Templates that escape all text, and that show what is hidden in it. Raises `BriefError`."""
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ModuleNotFoundError:
        raise BriefError("Reports need Jinja.", "Run `pip install 'brief-nlp[report]'`.") from None
    say = wording(language)
    made = Environment(
        loader=PackageLoader("brief_nlp.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    made.globals.update(
        language=language,
        say=say,
        version=brief_nlp.__version__,
        display=partial(display, language=language),
        says=partial(_says, say=say),
        number=_number,
        pages_of=_pages,
    )
    return made


def _harmless(value: object) -> object:
    """Text as it may stand in a page; what templates themselves made is left as it is."""
    return shown(value) if type(value) is str else value


def _says(source: tuple[Speaker, ...], say: Mapping[str, str]) -> str:
    """Who says so, outermost first."""
    return " › ".join(say["author"] if speaker == AUTHOR else speaker.name for speaker in source)


def _number(value: float) -> str:
    return f"{value:.2f}"


def _pages(claim: Claim) -> str:
    """The pages that a claim stands on."""
    return ", ".join(str(page) for page in dict.fromkeys(region.page for region in claim.regions))
