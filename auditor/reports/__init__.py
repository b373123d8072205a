"""What people see: one file a format, made from the Audit record, the note's text and the claim, and nothing else."""
