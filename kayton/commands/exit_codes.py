"""The exit codes of `kayton` that are not a program's own; 101, for run-time errors, comes from what executes it."""

OK, COMPILE_ERROR, USAGE, BUG, INTERRUPTED, CLOSED_OUTPUT = 0, 1, 2, 70, 130, 141
