"""The step Dagordning: the tree of items, the editor of one, and what is proposed."""
