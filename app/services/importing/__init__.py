"""Bringing CSV files in: one module per file layout, each documented at the top of its module.

How every import behaves (Trust, 9 and 11): what is wrong with the file as a whole is said before anything
is stored; then each wrong row is named and left out while the good rows are kept; rows are stored in
batches, each in one write transaction, so a kill in the middle leaves whole batches and running the
import again completes it; a second import of the same file changes nothing.

- `reading`: a CSV file to rows, and the whole-file errors
- `cells`: one cell to one value
- `running`: rows to batches to a report
- `storing`: the statements
- `plans`: which imports there are
"""
