"""What a change brings: findings of now told apart from those of an earlier state, by who they are, not where."""
