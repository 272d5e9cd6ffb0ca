"""``df.pii`` is there whichever is imported first, and nothing is left behind."""

from __future__ import annotations

import pytest

from tests.house.checkout import python

LEFT = """
import sys
assert not [f for f in sys.meta_path if type(f).__module__.startswith("piiscrub")], sys.meta_path
assert "exec_module" not in vars(LIBRARY.__spec__.loader), "the loader"
"""


@pytest.mark.parametrize("library", ["pandas", "polars"])
class TestOrder:
    def test_piiscrub_first(self, library):
        pytest.importorskip(library)
        other = {"pandas": "polars", "polars": "pandas"}[library]
        python(
            f"import piiscrub, sys; sys.modules['{other}'] = None; import {library} as LIBRARY\n"
            "assert LIBRARY.DataFrame.pii and LIBRARY.Series.pii\n"
            f"sys.meta_path[:] = [f for f in sys.meta_path if getattr(f, 'library', '') != '{other}']\n" + LEFT
        )

    def test_the_library_first(self, library):
        pytest.importorskip(library)
        python(f"import {library} as LIBRARY, piiscrub; assert LIBRARY.DataFrame.pii and LIBRARY.Series.pii")

    def test_a_module_of_it_first(self, library):
        pytest.importorskip(library)
        part = {"pandas": "pandas.api.types", "polars": "polars.datatypes"}[library]
        python(f"import piiscrub; import {part}; import {library} as LIBRARY; assert LIBRARY.DataFrame.pii")

    def test_asking_whether_it_is_there_loads_and_breaks_nothing(self, library):
        pytest.importorskip(library)
        python(
            "import piiscrub, sys; from importlib.util import find_spec\n"
            f"assert find_spec('{library}') and '{library}' not in sys.modules\n"
            f"import {library} as LIBRARY; assert LIBRARY.DataFrame.pii"
        )


def test_a_process_without_frames_works():
    python(
        "import sys\nfor name in ('pandas', 'polars'): sys.modules[name] = None\n"
        "import piiscrub as ps\nassert ps.scrub('电话13800138000').text == '电话<CN_MOBILE_1>'"
    )


def test_a_library_that_is_not_installed_fails_as_ever():
    done = python(
        "import sys, piiscrub\n"
        "class Nothing:\n    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'polars': raise ModuleNotFoundError(\"No module named 'polars'\", name='polars')\n"
        "sys.meta_path.insert(1, Nothing())\n"
        "try:\n    import polars\nexcept ModuleNotFoundError as error:\n    print(error.name)"
    )
    assert done.stdout.strip() == "polars"


def test_importing_twice_registers_once_and_waits_once():
    python(
        "import sys, importlib, piiscrub, warnings\nwarnings.simplefilter('error')\n"
        "importlib.reload(piiscrub)\n"
        "assert len([f for f in sys.meta_path if type(f).__module__.startswith('piiscrub')]) == 2\n"
        "import pandas\nimportlib.reload(piiscrub)\nimport piiscrub.pandas"
    )


def test_by_hand():
    python("import piiscrub.pandas, pandas; assert pandas.DataFrame.pii")


def test_the_accessor_offers_what_works():
    import pandas as pd

    pii = pd.DataFrame({"a": ["x"]}).pii
    offered = {name for name in dir(pii) if not name.startswith("_")}
    assert {"scan", "findings", "profile", "plan", "apply", "scrub"} <= offered
    assert [name for name in offered if not (callable(getattr(pii, name)) and getattr(pii, name).__doc__)] == []
