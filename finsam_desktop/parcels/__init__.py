"""Mötespaket: made (`making`), opened and worked in (`received`), gone through when they come back (`returning`)."""
