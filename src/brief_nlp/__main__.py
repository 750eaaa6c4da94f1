"""`python -m brief_nlp` is the command `brief-nlp`."""

from brief_nlp.cli import main

if __name__ == "__main__":
    main()
