"""Looking a teacher up in the national teacher record: see `port` for what is promised."""
