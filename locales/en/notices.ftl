# Notices
notices-title = Notices
notices-lead = What institutions have sent to you.
notices-places = Where notices are
notices-place-inbox = Inbox ({ $count }, unread { $unread })
notices-place-new = New
notices-place-unread = Unread
notices-place-read = Read
notices-place-archive = Set aside ({ $count })
notices-place-bin = Bin ({ $count })
notices-urgent =
    { $count ->
        [one] { $count } emergency notice
       *[other] { $count } emergency notices
    }
notices-urgent-mark = Emergency
notices-urgent-about = This is about life or health. Please open it and read it now.
notices-urgent-more = See all emergency notices
notices-todo = To do
notices-todo-about = What has a deadline, and what waits for your answer or your sign-up. The next to end comes first.
notices-todo-more = See everything to do
notices-others = Other notices
notices-list = List of notices
notices-new = New
notices-unread = Unread
notices-starred = Marked
notices-replied = Answered
notices-withdrawn = Withdrawn
notices-replaced = Replaced
notices-attachments =
    { $count ->
        [one] { $count } file
       *[other] { $count } files
    }
notices-damaged = A notice that cannot be shown
notices-damaged-text = Its title is damaged and cannot be shown. If you open it and still cannot read it, please ask the institution itself.
notices-kind-information = Notice
notices-kind-deadline = Deadline
notices-kind-request = Please answer
notices-kind-sign-up = Sign-up
notices-kind-document = Document
notices-kind-emergency = Emergency
notices-left =
    { $days ->
        [one] By { $date } ({ $days } day left)
       *[other] By { $date } ({ $days } days left)
    }
notices-left-tomorrow = By { $date } (tomorrow)
notices-left-today = By { $date } (today)
notices-left-passed = Ended on { $date }
notices-select = Select “{ $title }”
notices-star = Mark
notices-star-of = Mark “{ $title }”
notices-unstar = Remove mark
notices-unstar-of = Remove the mark from “{ $title }”
notices-selected = Selected notices
notices-act-read = Mark as read
notices-act-unread = Mark as unread
notices-act-archive = Set aside
notices-act-bin = Put in the bin
notices-act-restore = Put back into the inbox
notices-pager = Pages of notices
notices-older = Older ones
notices-newest = The newest ones
notices-filter = Find notices
notices-filter-on =
    { $count ->
        [one] Find notices (one condition is in use)
       *[other] Find notices ({ $count } conditions are in use)
    }
notices-filter-words = Words of the title
notices-filter-words-support = One letter is enough.
notices-filter-sender = Institution
notices-filter-kind = Kind
notices-filter-all = All
notices-filter-state = Read or not
notices-filter-state-new = New ones only
notices-filter-state-unread = Unread ones only
notices-filter-state-read = Read ones only
notices-filter-due = Those with a deadline only
notices-filter-todo = What is to do only
notices-filter-starred = Marked ones only
notices-filter-apply = Show these
notices-filter-clear = Clear the conditions
notices-filter-error-title = Please correct what you look for
notices-filter-error = This condition cannot be used. Please choose again.
notices-filter-error-words = Please use at most 100 letters.
notices-empty-inbox = There are no notices
notices-empty-inbox-text = When an institution sends you a notice, it appears here.
notices-empty-others = There are no other notices
notices-empty-archive = Nothing is set aside
notices-empty-archive-text = Select notices in the list and press “Set aside”: they move here.
notices-empty-bin = The bin is empty
notices-empty-bin-text = Select notices in the list and press “Put in the bin”: they move here.
notices-empty-filter = No notice fits these conditions
notices-empty-filter-text = With fewer conditions you may find more.
notices-empty-new = There are no new notices
notices-empty-new-text = What arrived after your previous login and is not opened yet appears here.
notices-empty-unread = There are no unread notices
notices-empty-unread-text = What has arrived and is not opened yet appears here.
notices-empty-read = There are no read notices
notices-empty-read-text = What you have opened appears here until you log out.
notices-empty-older = There are no older notices
notices-empty-older-text = “The newest ones” leads back to the first page.
notices-keep = When notices go
notices-keep-read = What you have read is erased when you log out. Press “Keep” first for what you want to keep: it stays for 120 days.
notices-keep-unread = What you have not read stays until the day that its sender has set.
notices-keep-bin = What is in the bin is erased when you log out, even unread. Marks go too.
notices-arrived-now = A new notice has arrived
notices-arrived-show = Open the list of notices
notices-arrived-urgent = An emergency notice has arrived
notices-arrived-urgent-show = Open the list of notices and read it

# One notice
notice-verified = We have confirmed the sender
notice-verified-text = { $institution } signed this document electronically on { $when }. My Portal has verified that nobody has changed it since.
notice-refused = This notice cannot be shown
notice-refused-what = What is stored is damaged, so nothing of it is shown. If the notice was unread, it still is.
notice-refused-next = Please wait a little and open it again. If it stays like this, ask the institution itself.
notice-unverified = The sender cannot be verified
notice-unverified-what = The stored document does not match the electronic signature of its sender. Somebody may have changed it, so nothing of it is shown.
notice-unverified-next = Please ask the institution itself what it wanted to tell you.
notice-facts = About this notice
notice-sender = Sender
notice-arrived = Arrived
notice-kind = Kind
notice-deadline = Deadline
notice-replies-until = Answers taken until
notice-kept = When it goes
notice-kept-text = You have read it, so it is erased when you log out. If you mark it as unread, it stays until { $when }.
notice-kept-logout = It is erased when you log out.
notice-calendar = Put the deadline into your calendar (ICS file)
notice-languages = Language of this text
notice-only-japanese = This text is in Japanese only. The sender has not written it in other languages.
notice-link = Page elsewhere: { $host }
notice-attachments = Attached files
notice-file = { $kind }, { $size } KB
notice-file-save = Save { $name }
notice-file-pdf = PDF
notice-file-png = Picture (PNG)
notice-file-jpeg = Picture (JPEG)
notice-file-text = Plain text
notice-file-signed = Signed document (CMS)
notice-files-gone = The notice was withdrawn: its files cannot be opened.
notice-shared = Others use this device. Whoever comes next may see what you save.
notice-office = Where to ask
notice-office-name = Office
notice-office-phone = Telephone
notice-office-hours = Hours
notice-withdrawn = The sender has withdrawn this notice
notice-withdrawn-text = What it says is no longer valid. If anything is unclear, please ask the office below.
notice-replaced = There is a newer notice
notice-replaced-text = The sender has sent a corrected notice.
notice-replaced-link = Read the newer notice
notice-form-request = Please answer
notice-form-sign-up = Sign-up
notice-form-request-go = Answer
notice-form-sign-up-go = Sign up
notice-form-until = Open until { $when }.
notice-form-closed = Closed on { $when }.
notice-form-replied = You answered on { $when }.
notice-states = Telling the sender
notice-states-wanted = { $institution } would like to know whether its notices are opened. It is your decision.
notice-states-none = Nothing is told now.
notice-states-given = You have agreed to tell it.
notice-states-told = It learns only that you opened a notice, or that its time passed unopened. This holds for other notices of { $institution } too.
notice-states-give = Tell that I opened it
notice-states-withhold = Stop telling
notice-actions = This notice
notice-save = Save and verify
notice-save-text = You can save it with its sender’s electronic signature. Whoever you give it to can verify who sent it.
notice-save-letter = Save the signed notice (P7M)
notice-save-authority = Save the certificate of the authority (PEM)
notice-paper = Save the notice as PDF (also for printing)
notice-paper-made = My Portal made this PDF on { $when }.
notice-paper-body = What the notice says
notice-paper-deadline = Deadline: { $date }
notice-paper-replies = Answers taken until { $when }
notice-paper-files = Attached files are not part of this PDF. Please save them one by one on the page of the notice.
notice-paper-signature = How the sender was confirmed
notice-paper-unsigned = This PDF has no electronic signature. Give the signed notice (P7M) to whoever wants to verify its sender.
notice-paper-subject = Certificate of the institution that signed
notice-paper-issuer = Authority that issued the certificate
notice-paper-serial = Number of the certificate
notice-paper-valid = The certificate holds
notice-paper-valid-value = from { $from } until { $until }
notice-paper-signed-at = Signed
notice-paper-checked-at = Verified
notice-paper-sha256 = Hash of what was signed (SHA-256)
notice-paper-number = Number of the notice
notice-paper-replied-at = Answered
notice-check = How to verify it yourself
notice-check-how = Put both files into one folder and enter this command. It needs the program OpenSSL.
notice-check-good = If it says “CMS Verification successful”, nothing has changed since the sender signed it. The content is in notice.json, the sender in signer.pem.
notice-check-expired = When the sender’s certificate has expired, add “-no_check_time” to the command.
notice-check-files = Attached files have no signature of their own. Enter this command with the name of a saved file in place of FILE.
notice-check-files-good = If it shows the same value as “sha256” of that file under “attachments” in notice.json, the file is as the sender signed it.
notice-print = You can print this notice as it is.
notice-back = Back to the list of notices

# Answering
reply-title = Answer
reply-sign-up-title = Sign up
reply-lead = Here you can answer what { $institution } asks. You see everything once more before it is sent.
reply-errors = Something needs to be corrected
reply-error-at = { $question }: { $error }
reply-check = Check before sending
reply-one = Choose one.
reply-any = Choose as many as you like.
reply-chars =
    { $count ->
        [one] Up to { $count } letter.
       *[other] Up to { $count } letters.
    }
reply-day = Choose a day from { $first } to { $last }.
reply-missing = Please choose or write an answer.
reply-not-offered = Please choose from the list again.
reply-too-long = Please use at most { $most } letters. There are { $count } now.
reply-unprintable = There are characters that nobody can see. Please remove them or type the text again.
reply-no-day = Please choose a day from { $first } to { $last }.
reply-confirm = Please check before sending
reply-confirm-lead = This will be sent to { $institution }.
reply-next-seal = Your answers are sealed so that only { $institution } can read them. They are gone from My Portal as soon as { $institution } has them.
reply-next-person = { $institution } will know that they are yours.
reply-next-once = They can be sent only once. To change something afterwards, please contact { $institution }.
reply-send = Send to { $institution }
reply-change = Change
reply-nothing = (no answer)
reply-failed = It could not be sent
reply-failed-unbelievable = It could not be verified that this is { $institution }. Your answers are still below. Please send them again a little later.
reply-answered = This was answered before.
reply-back = Back to the notice
