"""Answer a lead provider that names another delivery partner: the live journey."""
