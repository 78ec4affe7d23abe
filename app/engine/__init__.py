"""Journeys in the abstract: pages with conditions, and the walk through them.

Standard library only. Nothing here knows what is asked or of whom; names of facts, sources, rules and
actions are plain strings that somebody else answers for (see `app.engine.walk.World`).
"""
