"""Pages for a class: a server on this computer that shows cases, levers and lessons; nothing leaves the machine."""
