"""What a board meeting is: frozen values and pure functions. No Qt, SQL, Word, clock or file."""
