"""Each question once, with all its words."""
