"""Clinical exchange formats: C-CDA documents, FHIR resources and HL7 version 2 messages, read as encounters."""
