"""print-kayton-plus : Rewritten -> Source

    draft program …     =>   program [source-file text]

Writes the program as Kayton again, in one layout, with the comments that it had: text that reads back as the same tree and is printed alike
from it.
"""

from __future__ import annotations

from kayton.ir.node import walk
from kayton.ir.rewritten import Draft, Rewritten
from kayton.ir.surface import Module, Program, Source, SourceFile
from kayton.passes.framework import Cx, Pass, frozen
from kayton.passes.front._reading import parse_file
from kayton.passes.rewrite.printing.comments import Comments
from kayton.passes.rewrite.printing.printer import printed


@frozen
class PrintKaytonPlus(Pass):
    source = Rewritten
    target = Source

    def transform(self, root: Draft, cx: Cx) -> Program:
        cx.enter(self, root)
        module: Module = root.written.modules[0]
        text = printed(module, _comments(module, cx))
        where = {"id": f"{module.id}~print-kayton-plus", "span": module.span}
        return Program((SourceFile(module.name, module.path, module.file, text, **where),), id=root.written.id, span=module.span)


def _comments(module: Module, cx: Cx) -> Comments:
    """The comments of all files from which the module has something."""
    found = Comments()
    files = {module.file, *[n.span.file for n in walk(module) if n.span is not None]}
    for number in sorted(files):
        source = cx.sources[number]
        again = Cx(cx.sources)
        found.add(parse_file(SourceFile(module.name, source.path, number, source.text), again), source)
    return found
