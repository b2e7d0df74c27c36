"""Assets: what policies speak about, with typed settings that always say where they were read."""
