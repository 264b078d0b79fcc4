"""The parts of resolve-names: what names can stand for, where they are looked up, and the walk that replaces them."""
