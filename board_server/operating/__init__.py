"""What operators see and do: metrics, reports of all processes, requests by id.

It reads plain numbers that others count (`boards.sync.counts`, `requests`) and never
stands in the way of a frame. Wiring only; nothing in `boards` or `api` knows it.
"""
