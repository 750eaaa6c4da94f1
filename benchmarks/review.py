"""How the review page feels with many claims, measured in Chromium: first paint, list, key to next claim.

    PYTHONPATH=. python benchmarks/review.py [--claims 20000]

The bars: first paint within a second, a key leads to the next claim within 100 ms.
"""

from __future__ import annotations

import argparse
import tempfile
from itertools import islice
from pathlib import Path
from statistics import median, quantiles

from benchmarks.store import CLAIMS, generated
from tests.review.serving import chromium, opened, served

from brief_nlp.store import documents
from brief_nlp.store.database import open_store

KEYS = 100
STEP = """key => new Promise(done => {
  const pane = document.getElementById('pane'), begun = performance.now();
  new MutationObserver((_, watch) => { watch.disconnect(); requestAnimationFrame(() => done(performance.now() - begun)); })
    .observe(pane, {attributes: true, attributeFilter: ['data-claim']});
  document.getElementById('list').dispatchEvent(new KeyboardEvent('keydown', {code: key, bubbles: true}));
})"""
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
LISTED = "performance.getEntriesByType('resource').filter(one => one.name.includes('/api/list'))[0].responseEnd"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=20_000)
    wanted = parser.parse_args().claims
    with tempfile.TemporaryDirectory() as scratch:
        store = open_store(f"sqlite:///{scratch}/a.db")
        for brief in islice(generated(seed=3), wanted // CLAIMS):
            documents.write(store, brief)
        with served(str(store.url), Path(scratch, "state")) as running, chromium() as browser:
            page = opened(browser, running.link, "bench")
            paints, lists = [page.evaluate(PAINT)], [page.evaluate(LISTED)]
            for _ in range(4):
                page.reload()
                page.wait_for_selector("#pane[data-claim]")
                paints.append(page.evaluate(PAINT))
                lists.append(page.evaluate(LISTED))
            print(f"{page.inner_text('#count')}, median of five loads and of {KEYS} keys, milliseconds")
            print(f"first paint                {median(paints):6.0f}  (bar 1000)")
            print(f"the list is there          {median(lists):6.0f}")
            for name, key in (("next", "KeyJ"), ("accept, which goes on", "KeyA")):
                page.wait_for_timeout(1000)
                taken = []
                for _ in range(KEYS):
                    taken.append(page.evaluate(STEP, key))
                    page.wait_for_timeout(60)
                told = f"{median(taken):6.0f}  95 %: {quantiles(taken, n=20)[-1]:.0f}  most: {max(taken):.0f}"
                print(f"{name:26} {told}  (bar 100)")


if __name__ == "__main__":
    main()
