"""Figures for monitoring, in the words of Prometheus, at /metrics: off until somebody says who may read them."""
