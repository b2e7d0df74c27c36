"""tfaudit: does this infrastructure meet its controls, on every plane where it exists?"""

__version__ = "0.1.0"
