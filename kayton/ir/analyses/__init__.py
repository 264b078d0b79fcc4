"""What can be computed again from a tree: analyses that several passes share."""
