"""Reading speed beside its peers, in one run: medians over repetitions, ratios, pages a second.

    python benchmarks/reading.py [REPETITIONS]

Peers: PDFium loading each page and its text and reading nothing (the floor), pdfplumber's characters.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2

from brief_nlp.pdf.pages import Pages
from brief_nlp.pdf.pdfium import metadata, open_pdf, read_pages
from brief_nlp.structure.document import read_structure

SAMPLES = Path(__file__).resolve().parents[1] / "corpus" / "samples"
FILES = [path.read_bytes() for path in sorted(SAMPLES.glob("*.pdf"))]


def floor() -> int:
    """Load every page and its text page."""
    pages = 0
    for data in FILES:
        document = pypdfium2.PdfDocument(data)
        for page in document:
            text = page.get_textpage()
            text.count_chars()
            text.close()
            page.close()
            pages += 1
        document.close()
    return pages


def plumber() -> int:
    """Every character by pdfplumber."""
    pages = 0
    for data in FILES:
        with pdfplumber.open(io.BytesIO(data)) as document:
            for page in document.pages:
                pages += 1
                len(page.chars)
                page.close()
    return pages


def ours(structure: bool) -> int:
    """Runs of every page, and the structure made of them."""
    pages = 0
    for data in FILES:
        document = open_pdf(data, None)
        read = Pages(list(read_pages(document)), metadata(document), "pdfium")
        pages += len(read.pages)
        if structure:
            read_structure(read)
        document.close()
    return pages


def measure(work: Callable[[], int], repetitions: int) -> float:
    """Median milliseconds a page."""
    times = []
    for _ in range(repetitions):
        start = time.perf_counter()
        pages = work()
        times.append(1000 * (time.perf_counter() - start) / pages)
    return statistics.median(times)


def main() -> None:
    """Print the table."""
    repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    ours(structure=True)  # loads what is loaded once
    times = {
        "PDFium, page and text loaded, nothing read": measure(floor, repetitions),
        "brief-nlp, runs": measure(lambda: ours(structure=False), repetitions),
        "brief-nlp, runs and structure": measure(lambda: ours(structure=True), repetitions),
        "pdfplumber, characters": measure(plumber, max(1, repetitions // 3)),
    }
    floor_time, slowest = next(iter(times.values())), times["pdfplumber, characters"]
    print(
        f"| reader ({len(FILES)} sample briefs) | ms a page | × the floor | × pdfplumber's speed |\n|---|---|---|---|"
    )
    for name, value in times.items():
        print(f"| {name} | {value:.2f} | {value / floor_time:.1f} | {slowest / value:.1f} |")


if __name__ == "__main__":
    main()
