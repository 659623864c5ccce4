"""I18n: every sentence that readers see, in one folder of JSON files per language, and numbers in its form."""
