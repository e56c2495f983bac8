"""The REST API: thin Django REST framework views over the catalog and the engine."""
