"""What comes in from superiors or lies outside the portal: kept with validity and readers, and found again."""
