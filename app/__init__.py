"""Register early career teachers: the application.

Nothing is imported here, so that `app.domain` and `app.engine` stay free of Flask.
"""
