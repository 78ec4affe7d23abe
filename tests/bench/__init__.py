"""`make bench`: how fast pages are made and how heavy they are, printed beside the goals. Nothing here is a test."""
