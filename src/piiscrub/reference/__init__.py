"""Tables as data: what is a known division, segment, area code, card range or surname.

Each table is a ``.tsv`` file beside this module; its first lines name source, licence and date.
Nothing is read at import; each table is read once, when it is first asked for.
"""
