"""Risk measures against pycanon, which pins an old pandas and so runs in an environment of its own."""
