"""Tables of positions as other programs write them: opened, recognised, and made one."""
