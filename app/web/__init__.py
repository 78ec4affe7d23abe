"""Flask blueprints: a view reads, calls one thing and answers."""
