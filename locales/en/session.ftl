# The warning before the idle end.
session-title = You will be logged out soon
session-remaining = For your safety you will be logged out in { $time }.
session-effect = What is on the screen will be gone. Your access records remain.
session-extend = Stay logged in
session-logout = Log out
