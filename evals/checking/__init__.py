"""Whether the rules find planted defects and stay silent on sound tables."""
