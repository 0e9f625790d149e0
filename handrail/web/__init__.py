"""The desk: Home, search, the record, and every page that shows several rooms."""
