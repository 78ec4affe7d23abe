"""What each lead provider reads through its API (Provider API), one module per kind of record.

Each has `listed(lead_provider_id, wanted)` for a page of them and `one(lead_provider_id, id)` for a single one. What is
under another provider is not found, like an id that doesn't exist. Rows carry the API's attribute names, and moments,
days and numbers as they are.
"""
