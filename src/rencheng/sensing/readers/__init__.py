"""From files to tables of text: pure functions, no database; the door is `files`."""
