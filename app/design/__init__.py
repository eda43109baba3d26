"""What pages are made of and know no subject: components, choices, help, paging."""
