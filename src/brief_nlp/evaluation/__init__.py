"""Figures against bars. `brief-nlp evaluate PART` prints them and fails while one is missed."""
