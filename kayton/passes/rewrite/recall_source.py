"""recall-source : Assigned -> Recalled

    found names types program     =>   draft program' names types [thunk ..] [refused ..]

The program as it was written stands in the place of what has become of it: its files are read again from the compilation's texts, so every
node has the id that it had at first. Of the other one only what stays bytecode is kept.
"""

from __future__ import annotations

from kayton.ir.mono import Refusal
from kayton.ir.rewritten import Assigned, Draft, Found, Recalled
from kayton.ir.surface import Module, Program
from kayton.ir.thunks import Thunk
from kayton.passes.framework import Cx, Pass, frozen
from kayton.passes.front._reading import parse_file, source_file
from kayton.passes.resolve.resolve_modules import ResolveModules


@frozen
class RecallSource(Pass):
    source = Assigned
    target = Recalled

    def transform(self, root: Found, cx: Cx) -> Draft:
        cx.enter(self, root)
        items = [i for m in root.native.modules for i in m.body]
        thunks = tuple([i for i in items if isinstance(i, Thunk)])
        refused = tuple([i.name for i in items if isinstance(i, Refusal)])
        written = _read_again(root.native.modules[0], root.native, cx)
        return Draft(written, root.names, root.types, thunks, refused, id=f"{root.id}~recall-source", span=root.span)


def _read_again(first: Module, program: Program, cx: Cx) -> Program:
    """The program's files, read in the order in which they were read first."""
    texts = {source.path: source.text for source in cx.sources.sources}
    again = Cx(loader=texts.get)
    module = parse_file(source_file(first.name, first.path, texts[first.path], again), again)
    return ResolveModules().transform(Program((module,), id=program.id, span=module.span), again)
