"""Register an early career teacher: the tested rounds, never edited, and the live journey."""
