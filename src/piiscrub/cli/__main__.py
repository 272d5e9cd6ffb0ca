"""``python -m piiscrub.cli``."""

import sys

from piiscrub.cli import main

sys.exit(main())
