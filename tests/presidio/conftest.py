import pytest
import tldextract

from tests.presidio.engines import OFFLINE


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    """Presidio's e-mail recognizer asks the network for a list of suffixes; the one in the package does as well."""
    monkeypatch.setattr(tldextract, "extract", OFFLINE)
