signed-out-title = You are logged out
signed-out-lead = Nothing about you is left on this device.
signed-out-ended-title = You were logged out
signed-out-ended-lead = This is for your safety: it happens after { $idle } without activity, { $absolute } after you logged in, or when the card is removed from a shared device. Nothing about you is left on this device.
signed-out-records = Your access records remain with the linkage platform. Log in to see them again.
signed-out-records-register = Your access records remain with the linkage platform. Register again to see them.
signed-out-card-reminder = Please do not leave your card in the reader.
signed-out-again = Log in again
signed-out-register = Register again
signed-out-top = Back to the top page
signed-out-erased = What was erased from the portal
signed-out-erased-at = Erased on { $when }.
signed-out-erased-answer = What you fetched: { $count } answers
signed-out-erased-question = Notes of questions that brought nothing: { $count }
signed-out-erased-export = Files made for you to take home: { $count }
signed-out-receipt-lead = That it was erased is written in a log that anybody can check. The receipt says only when, what and how many were erased: not your name, and nothing of the content.
signed-out-receipt = Save the receipt
signed-out-proof = Save the proof that the receipt is in the log
signed-out-suspended-title = Your folder is suspended
signed-out-suspended-lead = Nothing of yours is left on this device. To resume, open a folder once more with your card.
signed-out-closed-title = Your folder is closed
signed-out-closed-lead = The portal has no folder of yours any more, and nothing of yours is left on this device.
signed-out-erased-folder = Folders: { $count }
signed-out-erased-login = Entries of the login history: { $count }
signed-out-erased-certificate = Certificates bound to it: { $count }
signed-out-erased-notice =
    { $count ->
        [one] { $count } notice
       *[other] { $count } notices
    }
signed-out-erased-kept =
    { $count ->
        [one] { $count } kept notice
       *[other] { $count } kept notices
    }
signed-out-erased-alert =
    { $count ->
        [one] { $count } place where you were told of new notices
       *[other] { $count } places where you were told of new notices
    }
