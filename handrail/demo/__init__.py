"""The demo organisation: input files of a fictional hotel company, read by the same importers as anyone's files."""
