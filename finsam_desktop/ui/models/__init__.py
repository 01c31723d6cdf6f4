"""Qt models over the domain's values: each shows one and tells the views what differs in the next."""
