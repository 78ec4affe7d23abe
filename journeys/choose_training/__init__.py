"""Choose training again for an ECT who has none: the live journey."""
