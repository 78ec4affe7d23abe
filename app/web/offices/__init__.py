"""What the pages of finance and of lead providers share: tables, filters, questions asked once more, and words."""
