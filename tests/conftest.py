"""Options of the test run."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="write what the goldens expect from what they get; read the diff afterwards")


@pytest.fixture
def bless(request: pytest.FixtureRequest) -> bool:
    """Whether goldens are written rather than compared."""
    return request.config.getoption("--bless")
