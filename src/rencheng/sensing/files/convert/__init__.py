"""From a table of texts to statements, column by column. Needs neither Django nor a file."""
