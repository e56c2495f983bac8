"""The connection check: does a WebSocket pass through this proxy?"""
