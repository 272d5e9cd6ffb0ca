"""Keep, find, delete: what is overdue, what must stay, where a person is, and what can be proved about what is gone."""
