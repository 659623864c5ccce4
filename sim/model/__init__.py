"""Play: one run - board, luck, opening, and the negotiation told week by week on plain numbers (Mesa)."""
