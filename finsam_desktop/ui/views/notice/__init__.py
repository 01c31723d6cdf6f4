"""The step Kallelse: what the kallelse says, who gets it and the mail."""
