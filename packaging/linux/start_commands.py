"""The frozen command line. It also starts itself to work apart, as the window does."""

import sys

from finsam_desktop.__main__ import PDF_CHILD, SPELL_CHILD, WORD_CHILD

if sys.argv[1:2] in ([WORD_CHILD], [PDF_CHILD], [SPELL_CHILD]):
    from finsam_desktop.__main__ import main
else:
    from finsam_desktop.cli import main

sys.exit(main())
