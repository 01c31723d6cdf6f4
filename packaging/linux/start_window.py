"""The frozen window."""

import sys

from finsam_desktop.__main__ import main

sys.exit(main())
