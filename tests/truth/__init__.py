"""Whether what the portal says of random clusters is true."""
