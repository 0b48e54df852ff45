"""How what the library finds is shown as text: in a terminal, in Markdown."""
