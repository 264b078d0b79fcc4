"""For tests and researchers: random programs, and judging what passes and the VM make of them."""
