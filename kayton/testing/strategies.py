"""Random programs for hypothesis, which shrinks them."""

from __future__ import annotations

from hypothesis import strategies as st

from kayton.testing.choices import Choices
from kayton.testing.generate import write


@st.composite
def programs(draw: st.DrawFn, size: int = 5, risk: int = 2) -> str:
    """The source text of a program of about `size` statements a function."""
    return write(Choices(lambda n: draw(st.integers(0, n - 1)) if n > 1 else 0), size, risk)
