"""What a run comes to for the person at the terminal: diagnostics, bugs of ours, and the exit code."""

from __future__ import annotations

import sys

from kayton.commands.exit_codes import BUG, COMPILE_ERROR, OK
from kayton.pipelines.loading import Pipeline
from kayton.pipelines.manager import Failure, Result
from kayton.runtime.failures import show_diagnostics


def present(result: Result, pipeline: Pipeline) -> int:
    """Shows what was reported on standard error and gives the exit code of the compilation."""
    if result.cx.diagnostics:
        show_diagnostics(result.cx.diagnostics, result.cx.sources)
    if result.failure is not None:
        from kayton.pipelines.reproduce import save

        print(bug_report(result.failure, result, str(save(result, pipeline))), file=sys.stderr)
        return BUG
    return COMPILE_ERROR if result.cx.failed else OK


def bug_report(failure: Failure, result: Result, reproducer: str) -> str:
    """A pass's bug in a few lines: pass, node, source line, and how to see it again."""
    lines = [f"internal error: the pass {failure.step.name} {_sentence(failure)}"]
    node = failure.node
    if node is not None and node.span is not None:
        source = result.cx.sources[node.span.file]
        line, column = source.position(node.span.start)
        number = str(line)
        pad = " " * len(number)
        lines += [
            f"{pad}--> {source.path}:{line}:{column}", f"{pad} |", f"{number} | {source.line(line)}",
            f"{pad} | {' ' * (column - 1)}^",
        ]
    if node is not None:
        lines.append(f"  node: {node!r}")
    lines += [
        "This is a mistake in the compiler, not in your program. To see it again:",
        f"  kayton pipeline run --reproduce {reproducer}",
    ]
    return "\n".join(lines)


def _sentence(failure: Failure) -> str:
    return failure.message if failure.message.startswith("made ") else f"failed: {failure.message}"
