"""Report: one page that opens without a network and says first what the model cannot know."""
