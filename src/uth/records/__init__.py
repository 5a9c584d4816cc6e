"""What we keep (det vi gemmer): the only Django models."""
