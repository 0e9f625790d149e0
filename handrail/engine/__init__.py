"""The listening pipeline in plain Python: what arrives, what matches, how it sounds. No Django here."""
