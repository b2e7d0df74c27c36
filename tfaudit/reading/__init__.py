"""What a service reads with: words in all their spellings, and facts as plain functions of them."""
