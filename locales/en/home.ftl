home-title = Home
home-heading = Hello. Your folder is open.
home-previous = Previous login
home-first = This is your first login
home-history = See your login history
home-failed = { $count ->
        [one] One login was refused
       *[other] { $count } logins were refused
    } since your previous login
home-failed-next = If it was not you, please look at the login history.
home-certificate-ends = The certificate on your card expires on { $when }
home-certificate-ends-next = Renew it at the counter of your municipality before then, and you go on with this folder.
home-shared = You are logged in on a shared device
home-shared-next = Remove the card when you leave. You are then logged out at once.
home-functions = What you can do
home-records-title = Access records
home-records-text = Read which institution received your information, and for what.
home-info-title = My information
home-info-text = Fetch and check the information that institutions hold about you.
home-procedures-title = Procedures
home-procedures-text = Apply for several things at once, for example after a move or the birth of a child.
home-notices-title = Notices
home-notices-text = Receive notices that institutions send to you.
home-notices-count = Unread: { $unread }. To do: { $todo }.
home-notices-none = You have no unread notices.
home-settings = Your folder
home-done = When you have finished
home-done-text = Log out, and nothing stays on this device.
home-folder = Suspend or close your folder
