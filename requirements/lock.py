"""Locks the versions of the files beside it with hashes; no index address is written."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
TARGETS = {
    "run.txt": ["pyproject.toml"],
    "dev.txt": [
        "pyproject.toml",
        "--group",
        "dev",
        "--extra",
        "ocr",
        "--extra",
        "postgres",
        "--extra",
        "review",
    ],
    # what a container of workers holds (Dockerfile)
    "worker.txt": [
        "pyproject.toml",
        *(word for name in ("ocr", "postgres", "ray", "remote", "metrics") for word in ("--extra", name)),
    ],
    "make.txt": ["pyproject.toml", "--group", "make"],
    "interchange.txt": ["--group", "interchange"],  # without the project itself
}


def main() -> None:
    for name, extras in TARGETS.items():
        command = [sys.executable, "-m", "uv", "pip", "compile", *extras]
        command += [
            "--universal",
            "--python-version",
            "3.11",
            "--generate-hashes",
            "--no-emit-index-url",
            "--no-annotate",
        ]
        command += ["--no-header", "--quiet", "--output-file", str(HERE / name)]
        subprocess.run(command, check=True, cwd=HERE.parent)


if __name__ == "__main__":
    main()
