"""Text of any form: encodings, documents with places, comments, secrets."""
