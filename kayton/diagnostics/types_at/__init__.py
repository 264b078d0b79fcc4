"""What whole-program analysis knows of one place of a program, and why: what `kayton explain types` shows."""
