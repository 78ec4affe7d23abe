"""Report that an ECT leaves, or trains no more: the live journey."""
