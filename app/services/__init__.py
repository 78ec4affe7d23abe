"""Verbs: open a transaction, ask the rules, store, record one event."""
