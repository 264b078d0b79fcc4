"""The reference evaluator: runs a program in any language from Surface to Owned, slowly and simply. It is the judge of every
other way to run one, and of every pass: what a program does must be the same before and after."""

from kayton.runtime.evaluator.errors import InvalidProgram, StepLimitReached
from kayton.runtime.evaluator.outcome import Call, Failure, Outcome
from kayton.runtime.evaluator.running import Evaluation, evaluate_constants, run

__all__ = ["Call", "Evaluation", "Failure", "InvalidProgram", "Outcome", "StepLimitReached", "evaluate_constants", "run"]
