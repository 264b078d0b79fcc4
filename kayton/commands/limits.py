"""The limits that the command line sets."""

from __future__ import annotations

import argparse

from kayton.runtime.limits import Limits


def limits_of(args: argparse.Namespace) -> Limits | None:
    """The limits of the options that were given; None when none was."""
    given = {name: getattr(args, name) for name in Limits._fields if getattr(args, name) is not None}
    return Limits(**given) if given else None
