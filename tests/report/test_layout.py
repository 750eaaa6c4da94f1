"""Pictures of the layout: one a page, colours where the blocks stand, mistakes told in one line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from brief_nlp.errors import BriefError, Category, Rejected
from brief_nlp.evaluation.scores import shared_folder
from brief_nlp.report.layout import COLOURS, DPI, EDGE, GREY, LINK, RED, write_layout
from brief_nlp.schema import BlockKind, Brief, Marker, Region
from brief_nlp.settings import Settings
from tests.conftest import SAMPLES, analyzed

SCALE = DPI / 72
Colours = set[tuple[int, int, int]]


def pictures(brief: Brief, name: str, folder: Path) -> list[Image.Image]:
    data = (SAMPLES / f"{name}.pdf").read_bytes()
    return [opened(path) for path in write_layout(brief, data, folder, Settings(), stem=name)]


def opened(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        return picture.convert("RGB")


def colours_at(picture: Image.Image, region: Region, grown: int) -> Colours:
    """The colours at the upper left corner of a box drawn around a region."""
    x, y = round(region.x0 * SCALE) - grown, round(region.top * SCALE) - grown
    return {picture.getpixel((x + dx, y + dy)) for dx in (0, 1) for dy in (0, 1)}


@pytest.mark.parametrize("name", ["grain_policy", "local_hospital"])
def test_one_picture_a_page_with_the_colour_of_each_block_at_its_corner(tmp_path: Path, name: str):
    brief = analyzed(name)
    shown = pictures(brief, name, tmp_path)
    assert len(shown) == len(list(tmp_path.iterdir())) == brief.page_count
    for block in brief.blocks:
        first = block.regions[0]
        if len({region.x0 for region in block.regions}) == 1:  # else the box starts further left
            assert COLOURS[block.kind] in colours_at(shown[first.page - 1], first, EDGE), block
    for item in brief.furniture:
        assert GREY in colours_at(shown[item.region.page - 1], item.region, EDGE)


def test_markers_are_boxed_and_tied_to_their_notes(tmp_path: Path):
    brief = analyzed("grain_policy")
    shown = pictures(brief, "grain_policy", tmp_path)
    for note in brief.footnotes:
        (region,) = note.markers[0].regions
        assert LINK in colours_at(shown[region.page - 1], region, 1)
        start = brief.blocks[note.block].regions[0]
        end = (round(start.x0 * SCALE) - EDGE, (round(start.top * SCALE) + round(start.bottom * SCALE)) // 2)
        assert shown[start.page - 1].getpixel(end) == LINK


def test_what_does_not_match_is_red(tmp_path: Path):
    brief = analyzed("grain_policy")
    lost = Region(page=1, x0=300, top=300, x1=304, bottom=306)
    marker = Marker(label="77", offset=0, block=0, regions=(lost,))
    notes = (brief.footnotes[0].model_copy(update={"markers": ()}), *brief.footnotes[1:])
    changed = brief.model_copy(update={"markers_without_note": (marker,), "footnotes": notes})
    before, after = (pictures(b, "grain_policy", tmp_path)[0] for b in (brief, changed))
    around = tuple(round(edge) for edge in (295 * SCALE, 290 * SCALE, 310 * SCALE, 316 * SCALE))
    seen = [{colour for _, colour in picture.crop(around).getcolors(10_000)} for picture in (before, after)]
    assert [RED in colours for colours in seen] == [False, True]
    block = brief.blocks[brief.footnotes[0].block]
    assert RED in colours_at(after, block.regions[0], EDGE)


def test_every_kind_has_a_colour_of_its_own():
    assert set(COLOURS) == set(BlockKind)
    assert len({*COLOURS.values(), GREY, RED, LINK}) == len(COLOURS) + 3


def test_a_damaged_file_is_rejected(tmp_path: Path):
    with pytest.raises(Rejected) as caught:
        write_layout(analyzed("grain_policy"), b"%PDF-1.7\nnothing", tmp_path, Settings(), stem="x")
    assert caught.value.category is Category.DAMAGED
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BriefError, match="Choose another folder with --out"):
        write_layout(analyzed("grain_policy"), b"", tmp_path / "file" / "deeper", Settings(), stem="x")


def show(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from brief_nlp.cli import main; main()", "show", *args]
    environment = {**os.environ, "COLUMNS": "160", "NO_COLOR": "1"}
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=environment, check=False)


def test_the_command_prints_the_paths_it_wrote(tmp_path: Path):
    done = show(str(SAMPLES / "grain_policy.pdf"), "--layout", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["grain_policy-layout/grain_policy-01.png", "grain_policy-layout/grain_policy-02.png"]
    assert all((tmp_path / path).is_file() for path in done.stdout.split())


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["broken.pdf", "--layout"], "broken.pdf: the PDF is damaged"),
        (["missing.pdf", "--layout"], "there is no such file"),
        ([str(SAMPLES / "grain_policy.pdf"), "--layout", "--out", "broken.pdf"], "broken.pdf: cannot be written"),
        ([str(SAMPLES / "grain_policy.pdf"), "--out", "pictures"], "Give --layout as well"),
    ],
)
def test_mistakes_end_in_one_clear_line(tmp_path: Path, args: list[str], said: str):
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\n" + b"\x00" * 500)
    done = show(*args, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["broken.pdf"]


def test_encrypted_files_want_their_password(tmp_path: Path):
    shared = shared_folder()
    if shared is None:
        pytest.skip("the encrypted file lies beside the checkout only")
    encrypted = str(shared / "pdfs" / "typeset" / "enc_user.pdf")
    refused = show(encrypted, "--layout", cwd=tmp_path)
    assert refused.returncode == 2
    assert "the PDF needs a password" in refused.stderr
    done = show(encrypted, "--layout", "--out", "there", "--password", "pw", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "there").glob("*.png"))) == 2
