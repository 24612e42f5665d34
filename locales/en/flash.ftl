# What a form left for the next page; refusals are worded as errors.
flash-registered = Your folder is open
flash-registered-next = From now on you log in with your card and its 4-digit PIN.
flash-report-sent = { $institution } has your report (receipt number { $number })
flash-report-sent-next = When the institution answers, you can read it the next time you fetch “My information”. The receipt number stands there too.
