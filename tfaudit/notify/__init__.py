"""Messages to people and programs about what a report tells: each thing once."""
