"""Reading speed and memory beside peers, in one run: medians over repetitions, ratios, pages a second.

    python benchmarks/reading.py [REPETITIONS [PAGES]]

Peers: PDFium loading each page and its text and reading nothing (the floor), pdfplumber's characters.
The document is made for measuring (`benchmarks/long.py`); memory is the peak of a process of its own.
"""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

import pdfplumber
import pypdfium2

from brief_nlp.pdf.pages import Pages
from brief_nlp.pdf.pdfium import metadata, open_pdf, read_pages
from brief_nlp.structure.document import read_structure
from long import long_pdf

FILES: list[bytes] = []


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


WEIGHED = """
import resource, sys
from pathlib import Path
from brief_nlp.pdf.pages import Pages
from brief_nlp.pdf.pdfium import open_pdf, read_pages
from brief_nlp.structure.document import read_structure
document = open_pdf(Path(sys.argv[1]).read_bytes(), None)
read = Pages(list(read_pages(document)), {}, "pdfium")
document.close()
read_structure(read)
status = Path("/proc/self/status")  # on Linux, ru_maxrss carries over from the parent, VmHWM does not
peak = [int(line.split()[1]) // 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM")] \\
    if status.exists() else [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 2**20]
print(len(read.pages), peak[0])
"""


def peak_memory(data: bytes) -> tuple[int, int]:
    """(pages, MiB at the peak) of reading and structure in a fresh process."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        said = subprocess.run([sys.executable, "-c", WEIGHED, file.name], capture_output=True, check=True)
    pages, peak = map(int, said.stdout.split())
    return pages, peak


def main() -> None:
    """Print the table."""
    repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    FILES.append(long_pdf(int(sys.argv[2]) if len(sys.argv) > 2 else 100))
    ours(structure=True)  # loads what is loaded once
    times = {
        "PDFium, page and text loaded, nothing read": measure(floor, repetitions),
        "brief-nlp, runs": measure(lambda: ours(structure=False), repetitions),
        "brief-nlp, runs and structure": measure(lambda: ours(structure=True), repetitions),
        "pdfplumber, characters": measure(plumber, max(1, repetitions // 3)),
    }
    floor_time, slowest = next(iter(times.values())), times["pdfplumber, characters"]
    print("| reader | ms a page | × the floor | × pdfplumber's speed |\n|---|---|---|---|")
    for name, value in times.items():
        print(f"| {name} | {value:.2f} | {value / floor_time:.1f} | {slowest / value:.1f} |")
    pages, peak = peak_memory(long_pdf(1000))
    print(f"\nPeak memory of runs and structure: {peak} MiB on {pages} pages.")


if __name__ == "__main__":
    main()
