"""Commands: the doors of the command line, one file each; they load, ask and print, and do no arithmetic."""
