# My information
own-title = My information
own-lead = You can now fetch what institutions hold about you, and read it here.
own-before = What happens when you fetch it
own-before-ask = Every institution that may hold something about you is asked at once. This takes a few seconds.
own-before-keep = What arrives stays here, encrypted, only while you are logged in. When you log out, it is erased.
own-before-record = That you looked is written in your access records, under “My own views”.
own-gather = Fetch my information
own-started = { $count } questions were sent on { $when }.
own-filling = Answers appear here as they arrive. All of them may take about 10 seconds.
own-complete = All questions have been dealt with.
own-sort = Sort by institution
own-none = No institution has a code for you yet. As soon as one takes part in information linkage, you can look here.
own-list = What arrived
own-answered = Answered by { $institution } ({ $when }). Its signature has been verified.
own-field = Item
own-value = Content
own-waiting = Waiting for an answer
own-waiting-text = { $institution } is being asked for “{ $kind }”.
own-nothing = Institutions that hold nothing
own-nothing-text = { $institution }: holds nothing of “{ $kind }”.
own-failed = What could not be shown
own-failed-title = “{ $kind }” of { $institution } could not be shown
own-failed-late = No answer came in time. The institution may be busy: please ask again in a while.
own-failed-unreachable = The institution could not be reached. Please ask again in a while.
own-failed-refused = The linkage platform did not accept this question. If this happens every time, please tell the help desk.
own-failed-unbelievable = The signature of the answer could not be verified, so it is not shown. Please ask again in a while.
own-failed-too-much = The answer was too long to be shown. Please ask this institution.
own-failed-not-kept = The answer arrived, but the portal could not hold it. Please ask again.
own-failed-interrupted = This was interrupted. Please ask again.
own-again = Ask again
own-again-of = Ask { $institution } for “{ $kind }” again
own-leave = When you log out, this information is erased from the portal.

# Before you log out
leaving-title = Before you log out
leaving-lead = When you log out, this is erased from the portal.
leaving-goes = What is erased
leaving-goes-answers = What you fetched: { $count } answers
leaving-goes-notices =
    { $count ->
        [one] { $count } notice that you have read or put in the bin
       *[other] { $count } notices that you have read or put in the bin
    }
leaving-notices = To keep a notice, choose it below, open it and save it, or mark it as unread.
leaving-notices-link = Open the notices
leaving-home = Back to the home page
leaving-stays = Your access records stay. What you fetched can be fetched again the next time you log in.
leaving-confirm = Erase and log out
leaving-back = Back to My information

# Taking it home
own-take = Take it home
own-take-lead = All of this is erased when you log out. Save what you want to keep before that.
own-take-records = Include my access records
own-take-records-support = They show who used your data.
own-take-zip = Save everything (ZIP)
own-take-zip-support = A document, tables and data, with the institutions’ electronic signatures: it can be checked later that nothing was changed.
own-take-others = Save in one form
own-take-pdf = Document (PDF)
own-take-html = Page to read (HTML)
own-take-csv = Table (CSV)
own-take-json = Data (JSON)
own-take-records-csv = Access records as a table (CSV)
own-take-files = Files that were made
own-take-shared = Please do not save anything on a shared device
own-take-shared-text = Whoever uses it next may see what you saved.
own-take-anyway = Save it all the same

# A file to take home
file-title = Your file
file-making = Being made
file-making-step = Being made ({ $done } of { $of })
file-ready = Ready ({ $size } KB)
file-ready-next = What you save stays on this device. Keep it where others cannot see it.
file-failed = The file could not be made
file-failed-typesetter = No PDF could be made. Please try again, or save in another form.
file-failed-records = Your access records could not be fetched. Please try again in a while.
file-failed-internal = Something went wrong inside the portal. Please try again.
file-failed-interrupted = This was interrupted. Please try again.
file-download = Save
file-cancel = Cancel
file-delete = Erase this file
file-back = Back to My information
