# What a form left for the next page; refusals are worded as errors.
flash-registered = Your folder is open
flash-registered-next = From now on you log in with your card and its 4-digit PIN.
flash-report-sent = { $institution } has your report (receipt number { $number })
flash-report-sent-next = When the institution answers, you can read it the next time you fetch “My information”. The receipt number stands there too.
flash-notices-read =
    { $count ->
        [one] { $count } notice marked as read
       *[other] { $count } notices marked as read
    }
flash-notices-unread =
    { $count ->
        [one] { $count } notice marked as unread
       *[other] { $count } notices marked as unread
    }
flash-notices-archive =
    { $count ->
        [one] { $count } notice set aside
       *[other] { $count } notices set aside
    }
flash-notices-bin =
    { $count ->
        [one] { $count } notice put in the bin
       *[other] { $count } notices put in the bin
    }
flash-notices-restore =
    { $count ->
        [one] { $count } notice put back into the inbox
       *[other] { $count } notices put back into the inbox
    }
flash-notices-bin-next = They are erased when you log out. You can put them back from the bin.
flash-notices-archive-next = You find them under “Set aside”. What you have read is erased when you log out.
flash-notice-states-given = From now on the sender is told that you open its notices
flash-notice-states-withheld = The sender is no longer told anything
flash-notice-replied = Your answers are on their way to { $institution }
flash-notice-replied-next = { $institution } can read them as soon as it fetches them. The notice is marked “Answered”.
