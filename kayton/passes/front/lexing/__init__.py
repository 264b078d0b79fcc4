"""The lexer's parts: its regular expressions, its scanner, and what strings mean."""
