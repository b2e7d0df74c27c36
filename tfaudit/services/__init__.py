"""Services: what a resource means. One module holds all spellings of one service's facts."""
