"""The note made plain before it is read: characters, lines, dates, scanned letters, choices of a form."""
