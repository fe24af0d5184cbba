"""Findings for programs that read them: as data, as annotations, as SARIF.

Each module turns findings into one format. Text for people is `diagnostics.render_text`.
"""
