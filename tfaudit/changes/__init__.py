"""What a change brings: new findings and those of an earlier state, matched by what they are about and not by their line."""
