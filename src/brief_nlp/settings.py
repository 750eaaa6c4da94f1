"""Every setting, in one place, with its unit.

Precedence: command line, then environment (`BRIEF_NLP_…`), then the file `brief-nlp.toml`
in the working directory, then the defaults below.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource


class Settings(BaseSettings):
    """All that a user may change. Immutable; it takes part in the fingerprint of a run."""

    model_config = SettingsConfigDict(env_prefix="BRIEF_NLP_", toml_file="brief-nlp.toml", frozen=True, extra="forbid")

    reader: Literal["pdfium", "pdfplumber"] = Field("pdfium", description="which reader takes the PDF apart")
    ocr: bool = Field(True, description="read pages without a text layer with Tesseract, where it is installed")
    language: Literal["auto", "en", "ko"] = Field("auto", description="language of the document; auto judges by script")

    gazetteer: Path | None = Field(None, description="file of further names, JSON Lines (docs/gazetteer.md)")

    max_file_mb: int = Field(200, gt=0, description="largest PDF accepted, in MiB")
    max_pages: int = Field(2000, gt=0, description="most pages accepted")
    max_characters: int = Field(10_000_000, gt=0, description="most characters accepted from one PDF")
    max_runs: int = Field(
        100_000, gt=0, description="most pieces of text (runs of one font and place) accepted on one page"
    )
    read_seconds: float = Field(120.0, gt=0, description="wall-clock limit for reading one PDF, in seconds")
    read_cpu_seconds: int = Field(120, gt=0, description="CPU limit for reading one PDF, in seconds")
    read_memory_mb: int = Field(1024, gt=0, description="address space the reading process may use, in MiB")
    max_answer_mb: int = Field(256, gt=0, description="largest answer accepted from the reading process, in MiB")
    attempts: int = Field(2, gt=0, description="tries before a document is quarantined")

    workers: int = Field(0, ge=0, description="documents in work at once; 0: one a core")
    threads: int = Field(0, ge=0, description="threads of the classifier; 0: one a core, in `run` one a worker")
    document_seconds: float = Field(
        900.0, gt=0, description="wall-clock limit for one document from its bytes to its rows, in seconds"
    )
    worker_memory_mb: int = Field(6144, gt=0, description="address space a worker may use, in MiB (Linux)")
    worker_documents: int = Field(2000, gt=0, description="documents after which a worker is replaced by a fresh one")

    classifier: Path | None = Field(
        None, description="folder of another classifier of claims, as transformers saves one (docs/classifier.md)"
    )
    review_low: float | None = Field(
        None,
        ge=0,
        le=1,
        description="probability of assessment from which a claim needs review; by default the model's",
    )
    review_high: float | None = Field(
        None,
        ge=0,
        le=1,
        description="probability of assessment up to which a claim needs review; by default the model's",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Command line, environment, file: in this order."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)
