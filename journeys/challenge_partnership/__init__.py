"""Tell us that a partnership is wrong: the live journey."""
