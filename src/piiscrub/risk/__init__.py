"""What risk remains: equivalence classes and everything that is counted in them. Counts and positions, never values.

Columns become integer codes once (:mod:`.coding`); every measure is arithmetic on codes. numpy and pyarrow are imported
by the modules, so nothing here is loaded before somebody assesses a table.
"""
