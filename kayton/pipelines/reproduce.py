"""Reproducers: files that make a pass's bug happen again, with the tree it happened on, the sources and the options."""

from __future__ import annotations

import json
import os
import re
import tempfile
from hashlib import sha256
from pathlib import Path

import attrs

import kayton
from kayton.diagnostics.usage import UserError
from kayton.ir.json_form import JsonError, from_data, to_data
from kayton.ir.node import Node, fields_of, walk
from kayton.passes.framework import Cx
from kayton.pipelines import loading, manager, registry, sources
from kayton.pipelines.loading import Pipeline, Step
from kayton.pipelines.manager import Result, Settings

FORMAT = "kayton-reproducer"
_FRESH = re.compile(r"%(.+)\.(\d+)\Z")


def save(result: Result, pipeline: Pipeline) -> Path:
    """Writes the file for a run that failed, beside the user's work or, where that is not allowed, in a temporary folder."""
    failure = result.failure
    step = failure.step
    data = {
        "format": FORMAT, "version": 1, "kayton": kayton.__version__, "pipeline": pipeline.name,
        "pass": step.reference, "options": attrs.asdict(step.use), "message": failure.message,
        "node": failure.node and failure.node.id,
        "sources": [[s.path, s.text] for s in result.cx.sources.sources],
        "tree": to_data(failure.before),
    }
    text = json.dumps(data, indent=None, ensure_ascii=True)
    name = f"kayton-bug-{step.name}-{sha256(text.encode()).hexdigest()[:8]}.json"
    return write_beside(name, text)


def write_beside(name: str, text: str) -> Path:
    """Writes a report into the working directory, else into the temporary folder."""
    folder = Path.cwd() if os.access(Path.cwd(), os.W_OK) else Path(tempfile.gettempdir())
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def run(path: str) -> tuple[Pipeline, Result]:
    """Runs the pass that failed on the tree it failed on, verified. Raises UserError for a file that is no reproducer."""
    try:
        data = json.loads(sources.read_bytes(path))
        if data["format"] != FORMAT:
            raise UserError(f"{path} is not a reproducer")
        cls = registry.pass_class(data["pass"])
        step = Step(cls(**loading.typed_options(cls, data["options"])), "", "", path, data["pass"])
        tree = from_data(data["tree"])
    except (KeyError, TypeError, ValueError, JsonError) as error:
        raise UserError(f"{path} is not a reproducer: {error}") from None
    cx = Cx()
    cx.loader = sources.Loader(cx)
    for name, text in data["sources"]:
        cx.sources.add(name, text)
    use_up_names(tree, cx)
    pipeline = Pipeline(data["pipeline"], "", Path(path), (step,))
    return pipeline, manager.run(pipeline, tree, cx, Settings(verify="each"))


def use_up_names(tree: Node, cx: Cx) -> None:
    """Makes `cx.fresh` go on after the names that the tree already has."""
    highest: dict[str, int] = {}
    for n in walk(tree):
        for spec in fields_of(n.__class__):
            value = getattr(n, spec.name) if spec.shape == "leaf" else None
            if isinstance(value, str) and (found := _FRESH.match(value)):
                highest[found[1]] = max(highest.get(found[1], 0), int(found[2]))
    for base, count in highest.items():
        for _ in range(count):
            cx.fresh(base)
