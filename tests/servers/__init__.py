"""Real servers and tools for tests: started or installed on demand, stopped at the end, never faked."""
