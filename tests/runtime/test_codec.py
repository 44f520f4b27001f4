from __future__ import annotations

import enum
import pickle

import pytest

import quality
from quality import model
from quality.runtime._codec import decode, encode

KINDS = [kind for kind in vars(model).values() if isinstance(kind, type) and issubclass(kind, enum.Enum)]


def test_a_score_is_the_same_behind_its_bytes():
    score = quality.score("def f(x, y=[]):\n    y.append(x)\n    return y\n")
    assert score.findings
    assert decode(encode(score)) == score


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_members_are_written_as_values_in_every_python(kind, monkeypatch):
    # So did 3.11.0 to 3.11.3, which Debian 12 has.
    monkeypatch.setattr(enum.Enum, "__reduce_ex__", lambda self, _: (getattr, (type(self), self.name)))
    for member in kind:
        assert decode(encode(member)) is member


def test_other_names_are_refused():
    with pytest.raises(pickle.UnpicklingError, match="getattr is no part of a result"):
        decode(pickle.dumps(getattr))
