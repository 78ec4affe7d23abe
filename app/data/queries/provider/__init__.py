"""What a lead provider’s own pages show beyond its API: found by name, counted, and with the names that go with ids."""
