"""What a service reads with: assets with typed settings, each a fact in the words of a resource, in all spellings."""
