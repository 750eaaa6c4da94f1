"""What a user would write today, for comparison: pdfplumber's text, en_core_web_sm's sentences and names, and a
MiniLM classifier by a torch pipeline of transformers, one document after the other.

    .venv-make/bin/python benchmarks/peer.py FOLDER

The classifier's head is not trained, which does not change its speed. Prints seconds a document, models loaded.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pdfplumber
import spacy
from transformers import AutoModelForSequenceClassification, AutoTokenizer, pipeline

from brief_nlp.tagging.pipeline import model_name
from brief_nlp.training.bases import minilm


def main() -> None:
    files = sorted(Path(sys.argv[1]).glob("*.pdf"))
    nlp = spacy.load(model_name())
    base = minilm()
    classify = pipeline(
        "text-classification",
        model=AutoModelForSequenceClassification.from_pretrained(base, local_files_only=True),
        tokenizer=AutoTokenizer.from_pretrained(base, local_files_only=True),
        truncation=True,
        max_length=160,
    )
    _one(files[0], nlp, classify)
    began, sentences = time.perf_counter(), 0
    for path in files:
        sentences += _one(path, nlp, classify)
    seconds = time.perf_counter() - began
    print(json.dumps({"documents": len(files), "sentences": sentences, "seconds": seconds}))


def _one(path: Path, nlp, classify) -> int:
    with pdfplumber.open(path) as pdf:
        text = "\n".join(page.extract_text() for page in pdf.pages)
    doc = nlp(text)
    sentences = [span.text for span in doc.sents]
    list(classify(sentences))
    return len(sentences)


if __name__ == "__main__":
    main()
