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
flash-notices-kept =
    { $count ->
        [one] { $count } notice is kept now
       *[other] { $count } notices are kept now
    }
flash-notices-kept-next = Find them under “Kept”. They are erased after 120 days.
flash-notices-kept-answerable =
    { $count ->
        [one] { $count } notice is kept now
       *[other] { $count } notices are kept now
    }
flash-notices-kept-answerable-next = What can still be answered is in the inbox as well. Answer it there.
flash-notices-kept-already = These notices were kept before
flash-kept-discarded =
    { $count ->
        [one] { $count } kept notice was erased
       *[other] { $count } kept notices were erased
    }
flash-alert-code-sent = We sent a number by e-mail
flash-alert-code-sent-next = Enter it on this page. If it does not arrive, please check the address.
flash-alert-code-pushed = We sent a number to this device
flash-alert-code-pushed-next = Enter the number that the message shows.
flash-alert-code-again = We sent another number
flash-alert-code-again-next = The one before no longer works. Please enter the new one.
flash-alert-confirmed = The number is right
flash-alert-confirmed-next = We tell you here when a new notice arrives.
flash-alert-removed = The address was erased
