"""The roles a text states: what somebody is, where, of which country, and whether still.

`before` and `after` read what stands before and after a name, with `gather` (leftwards; `head`, `walk` and
`near` are its parts) and `rightwards` (with `forward`, from the first word on); `roles` has the type and the
text as they read it, `more` a second role of one mention.
"""
