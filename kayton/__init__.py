"""Kayton: one language, a bytecode VM, ahead-of-time Rust, and a framework of tiny compiler passes."""

__version__ = "0.1.0"
