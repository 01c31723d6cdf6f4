"""What the receiver of a mötespaket sees and does."""
