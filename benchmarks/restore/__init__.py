"""Does everything come back? Generated documents and tables, worked on, in pieces."""
