"""Full-text search over claims, the same in both databases.

What is indexed is made here, so that both find the same: Latin words by their stems (Porter 2), Hangul by pairs of
neighbouring syllables, which finds a word inside a longer one: 핵무 and 무기 are in 핵무기를, and 핵무기 asks for both
in a row.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import Connection, bindparam, select, text

from brief_nlp.errors import BriefError
from brief_nlp.store.tables import claims

_TOKEN = re.compile(r"[가-힣]+|[^\W_가-힣]+")
_ASKED = re.compile(r'"([^"]*)"|(\S+)')
_HANGUL = re.compile(r"[가-힣]")


def remember(connection: Connection, texts: Sequence[tuple[int, str]]) -> None:
    """Index claims: (search id, text) each."""
    if connection.dialect.name == "sqlite":
        rows = [(number, " ".join(tokens(one))) for number, one in texts]
        connection.exec_driver_sql("INSERT INTO claim_words (rowid, words) VALUES (?, ?)", rows)
        return
    cursor = connection.connection.cursor()
    with cursor.copy("COPY claim_words (search_id, words) FROM STDIN") as copy:
        for number, one in texts:
            copy.write_row([number, " ".join(f"'{word}':{place}" for place, word in enumerate(tokens(one), 1))])
    cursor.close()


def forget(connection: Connection, claim_ids: Sequence[str]) -> None:
    """Take claims that are still stored out of the index."""
    key = "rowid" if connection.dialect.name == "sqlite" else "search_id"
    numbers = select(claims.c.search_id).where(claims.c.claim_id.in_(bindparam("ids", expanding=True)))
    found = connection.execute(numbers, {"ids": list(claim_ids)}).scalars().all()
    if found:
        connection.execute(
            text(f"DELETE FROM claim_words WHERE {key} = :number"),  # noqa: S608 - one of two names
            [{"number": number} for number in found],
        )


def tokens(words: str) -> list[str]:
    """What a text is found by, in its order: stems, and pairs of syllables."""
    plain = words if words.isascii() else unicodedata.normalize("NFKC", words)
    return [one for token in _TOKEN.findall(plain) for one in _indexed(token)]


def matching(dialect: str) -> str:
    """The condition, in SQL, under which a claim `c` holds what is asked in `:words`, as `condition` writes it."""
    if dialect == "sqlite":
        return "c.search_id IN (SELECT rowid FROM claim_words WHERE claim_words MATCH :words)"
    return "c.search_id IN (SELECT search_id FROM claim_words WHERE words @@ CAST(:words AS tsquery))"


def condition(asked: str, dialect: str) -> str:
    """What is asked, in the words of a database: words (all must occur) and "phrases in quotation marks".

    Raises `BriefError` where nothing that could be searched for is asked.
    """
    phrases = [tokens(quoted or plain) for quoted, plain in _ASKED.findall(asked)]
    phrases = [phrase for phrase in phrases if phrase]
    if not phrases:
        raise BriefError(f"{asked!r}: there is no word in this.", "Give words, or a phrase in quotation marks.")
    if dialect == "sqlite":
        return " AND ".join(
            f'"{phrase[0]}" *' if _is_syllable(phrase) else '"' + " ".join(phrase) + '"' for phrase in phrases
        )
    return " & ".join(
        f"'{phrase[0]}':*" if _is_syllable(phrase) else "(" + " <-> ".join(f"'{word}'" for word in phrase) + ")"
        for phrase in phrases
    )


def _is_syllable(phrase: Sequence[str]) -> bool:
    """Whether one syllable is asked for, which finds the pairs that begin with it."""
    return len(phrase) == 1 and len(phrase[0]) == 1 and _HANGUL.match(phrase[0]) is not None


@lru_cache(maxsize=200_000)
def _indexed(token: str) -> tuple[str, ...]:
    if _HANGUL.match(token):
        return tuple(token[place : place + 2] for place in range(len(token) - 1)) or (token,)
    word = token.casefold()
    return (str(_stemmer().stemWord(word)) if word.isascii() else word,)


@lru_cache(maxsize=1)
def _stemmer():  # type: ignore[no-untyped-def]
    import snowballstemmer

    return snowballstemmer.stemmer("english")
