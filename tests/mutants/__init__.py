"""Does a test notice when the code is wrong? Small faults are put into a module, one at a time, and its tests run."""
