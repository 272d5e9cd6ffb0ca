"""Kill what piiscrub destroys and rewrites in the middle, at many points, and look at what is left."""
