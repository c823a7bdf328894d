"""The only room that knows everyone: settings, routes, command line, demo."""
