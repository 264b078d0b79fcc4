"""The printer, the parser's reverse: one module for each part of the grammar."""
