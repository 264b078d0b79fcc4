"""What can be wrong with a pipeline's file."""

from __future__ import annotations

from kayton.diagnostics.usage import UserError


class PipelineError(UserError):
    """A pipeline that cannot be: says the file and line, what is wrong, and what would mend it."""

    def __init__(self, path: str, line: int, message: str, fix: str = "") -> None:
        super().__init__(f"{path}:{line}: {message}" + (f"\n  help: {fix}" if fix else ""))
        self.path, self.line, self.message, self.fix = path, line, message, fix
