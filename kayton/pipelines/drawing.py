"""A pipeline as a picture: passes as boxes, the languages between them on the arrows."""

from __future__ import annotations

import graphviz

from kayton.ir.graph_style import CODE, FONT, escape
from kayton.pipelines.loading import Pipeline, Step

_CHANGES, _KEEPS = ("#e3f2fd", "#1976d2"), ("#f5f5f5", "#9e9e9e")
_ROW = 6
"""Passes in a row of the picture; the rows are read like lines of text."""


def as_text(pipeline: Pipeline) -> str:
    """Passes and languages on a line each."""
    lines = [f"{pipeline.name}: {pipeline.about}", "", pipeline.source.name]
    for step in pipeline.steps:
        lines.append(f"  │  {step.name}" + "".join(f"   [{remark}]" for remark in _remarks(step)))
        if not step.optional:
            lines.append(f"  ▼  {step.use.target.name}")
    return "\n".join(lines)


def as_dot(pipeline: Pipeline) -> str:
    """The pipeline as Graphviz text."""
    graph = graphviz.Digraph(
        pipeline.name,
        graph_attr={"fontname": FONT, "rankdir": "TB", "nodesep": "0.7", "ranksep": "0.6", "newrank": "true"},
        node_attr={"fontname": FONT, "fontsize": "11", "shape": "box", "style": "rounded,filled", "margin": "0.12,0.06"},
        edge_attr={"fontname": CODE, "fontsize": "9", "color": "#546e7a", "arrowsize": "0.6"},
    )
    graph.attr(label=f"<<b>{escape(pipeline.name)}</b><br/>{escape(pipeline.about)}<br/> >", labelloc="t")
    rows = [pipeline.steps[i : i + _ROW] for i in range(0, len(pipeline.steps), _ROW)]
    number = 0
    for row in rows:
        with graph.subgraph() as line:
            line.attr(rank="same")
            for step in row:
                _box(line, f"p{number}", step)
                number += 1
    _arrows(graph, pipeline)
    return graph.source


def _box(graph: graphviz.Digraph, name: str, step: Step) -> None:
    fill, line = _KEEPS if step.optional else _CHANGES
    small = "".join(f'<br/><font point-size="8" color="#757575">{escape(remark)}</font>' for remark in _remarks(step))
    graph.node(name, f"<<b>{escape(step.name)}</b>{small}>", fillcolor=fill, color=line)


def _remarks(step: Step) -> list[str]:
    """Under which condition, and on which part of the tree, a pass runs."""
    return [*([step.when] if step.when else []), *([f"on {step.on}"] if step.on else [])]


def _arrows(graph: graphviz.Digraph, pipeline: Pipeline) -> None:
    """Along each row, and from the end of one row down to the start of the next."""
    steps = pipeline.steps
    graph.node("start", pipeline.source.name, shape="plaintext", style="", fontname=CODE)
    graph.node("end", pipeline.target.name, shape="plaintext", style="", fontname=CODE)
    graph.edge("start", "p0")
    for i, step in enumerate(steps[:-1]):
        language = "" if step.optional else f" {step.use.target.name} "
        if (i + 1) % _ROW:
            graph.edge(f"p{i}", f"p{i + 1}", language)
        else:
            graph.edge(f"p{i - _ROW + 1}", f"p{i + 1}", style="invis", weight="20")
            graph.edge(f"p{i}", f"p{i + 1}", language, constraint="false", tailport="s", headport="n")
    graph.edge(f"p{len(steps) - 1}", "end")
