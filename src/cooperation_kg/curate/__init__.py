"""YAML → records that hold together."""
