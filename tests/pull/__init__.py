"""`pull` from a host on a loopback port: what arrives is written whole, or not at all."""
