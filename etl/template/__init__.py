"""Templates: workbooks with a layout's headings, for whoever counts by hand."""
