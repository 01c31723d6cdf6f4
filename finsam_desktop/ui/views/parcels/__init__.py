"""The parts of making, opening and going through a mötespaket; the places are `views/parcel_*.py`."""
