"""The shapes of the lead provider API: what it answers and what it is sent, one module for each resource.

Everything that is told about the API is drawn from here: the OpenAPI document, the reference pages, the
examples. The names of the shapes are those of the earlier API’s document, so that clients keep theirs. Times
and days stay as they are in an item: the JSON writer spells them, times in UTC with seconds and `Z`.
"""
