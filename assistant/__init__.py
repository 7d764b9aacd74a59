"""Jimu 绩目: drafts and checks 项目支出绩效目标表 from past tables, with evidence for every number."""

__version__ = "0.1.0"
