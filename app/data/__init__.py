"""Storage: the only package that knows SQLAlchemy.

`models/` holds columns and constraints, `queries/` the reads, `transaction` the one place that commits.
"""
