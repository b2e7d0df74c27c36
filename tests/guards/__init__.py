"""Guards that hold over every service: what is not known never passes, and every path that is read exists."""
