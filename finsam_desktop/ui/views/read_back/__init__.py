"""Reading back a protokoll or kallelse that was edited in Word."""
