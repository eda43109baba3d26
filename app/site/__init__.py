"""What puts the pages together: routes, the frame around them, the tour, the API."""
