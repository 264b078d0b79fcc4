"""The passes, one a file, grouped by what they work on. The file's name is the pass's name."""
