"""What the name of a file says to Terraform and OpenTofu."""

from __future__ import annotations

DECLARING = (".tf", ".tf.json", ".tofu", ".tofu.json")
VALUES = (".tfvars", ".tfvars.json")


def declares(name: str) -> bool:
    """Whether a file's name says that it declares resources."""
    return name.endswith(DECLARING) and not name.rpartition("/")[2].startswith(".")


def is_read(name: str) -> bool:
    """Whether a file declares resources, or holds values for variables.

    A hidden file declares nothing: a `.x_override.tf` changes no resource. Files of values are loaded by their endings
    alone, hidden or not.
    """
    return declares(name) or name.endswith(VALUES)
