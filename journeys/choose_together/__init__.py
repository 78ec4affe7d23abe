"""Choose training again for everybody whose training one partnership was: the live journey."""
