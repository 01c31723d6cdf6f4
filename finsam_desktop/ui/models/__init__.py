"""Qt models over the domain's values: each shows one value and tells the views exactly what differs in the next."""
