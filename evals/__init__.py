"""Measures of Jimu on tables it has not seen; never imported by the product."""
