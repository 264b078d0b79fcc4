"""Compiled functions against their own bytecode: arguments, a program that calls each function with them, and what came of it."""
