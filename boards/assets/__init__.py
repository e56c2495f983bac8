"""Pictures that people put on boards: cleaned, stored once, served to who may see.

`shelf` has the verbs that REST calls; `workshop` has uploads cleaned by a `worker`
process, so that a hostile file cannot take the server with it; `cleaning`, `animation`
and `svg` are what happens in there, from bytes to a picture; `storage` keeps the files.
"""
