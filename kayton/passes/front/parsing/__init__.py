"""The parser, one module for each part of the grammar."""
