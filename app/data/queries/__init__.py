"""Reads: Core selects on the session's connection, frozen values out.

Called inside a write they read from it, and see what it has stored so far. Lists of records come in pages;
lists that a question offers come whole, because a select has to hold every option. The id is last in the
order of all of them.
"""
