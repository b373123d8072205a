"""Notes as documents: one file a format (PDF, scanned PDF, DOCX, RTF, HTML), and the bounds that all of them keep."""
