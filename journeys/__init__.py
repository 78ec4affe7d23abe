"""What we ask. Values only: every file holds a docstring, imports and assignments, and a test keeps it so."""
