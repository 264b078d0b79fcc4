"""Node definitions, languages, invariants, analyses and the text, JSON and graph forms. Knows no pass."""
