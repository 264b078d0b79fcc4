"""Options of the test run; properties are tried on the same examples every time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

if (worker := os.environ.get("PYTEST_XDIST_WORKER", "gw0")) != "gw0":
    # Native builds with one cache wait for each other.
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    os.environ["XDG_CACHE_HOME"] = str(caches / "kayton" / f"tests-{worker}")

settings.register_profile("same-every-time", derandomize=True)
settings.load_profile("same-every-time")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="write what the goldens expect from what they get; read the diff afterwards")


@pytest.fixture
def bless(request: pytest.FixtureRequest) -> bool:
    """Whether goldens are written rather than compared."""
    return request.config.getoption("--bless")
