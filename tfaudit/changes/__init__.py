"""What a change brings: findings matched with those of an earlier state by what they are about, not by their line."""
