records-title = Access records
records-lead = Every time an institution asked for your information, newest first.
records-own-lead = What you viewed yourself, newest first.
records-count = { $total ->
        [one] One record
       *[other] { $total } records
    }
records-count-place = Records { $first } to { $last } of { $total }
records-kept-since = Records are kept since { $date }.
records-more = Details
records-more-of = Details: record of { $when }
records-own-show = Show your own views ({ $count })
records-own-back = Back to the institutions' records
records-own-none = There are no views of your own.
records-empty-title = There are no records yet
records-empty-text = When an institution asks for your information, it will appear here.
records-empty-filter-title = No record fits
records-empty-filter-text = Try a longer period or fewer conditions.
records-filter = Filter the records
records-filter-on = Filter the records ({ $count ->
        [one] one condition
       *[other] { $count } conditions
    } in use)
records-filter-period = Period
records-filter-period-all = All
records-filter-period-month = The last month
records-filter-period-quarter = The last three months
records-filter-period-year = The last year
records-filter-period-custom = Choose days
records-filter-from = From this day
records-filter-until = Up to this day
records-filter-institution = Institution (asking or asked)
records-filter-kind = Kind of information
records-filter-outcome = Result
records-filter-all = All
records-filter-apply = Show these records
records-filter-clear = Clear the conditions
records-filter-error-title = Please correct the conditions
records-filter-error-from = Write the first day like 2026-11-03.
records-filter-error-until = Write the last day like 2026-11-03.
records-filter-error-period = The last day is before the first day.
records-filter-error-value = This condition cannot be used. Please choose from the list.
records-pager = Pages of records
records-pager-place = Page { $page } of { $pages }
records-pager-before = Previous page
records-pager-after = Next page
records-retry = Ask again
record-title = A record in detail
record-sentence = The record in one sentence
record-when = Date and time
record-requester = Institution that asked
record-provider = Institution that was asked
record-kind = Kind of information
record-outcome = Result
record-basis = Legal basis
record-circumstance = Kind of request
record-reference = Reference number of the record
record-reference-about = Give this number when you have a question. It does not tell who you are.
record-why = What is this?
record-not-here = The information itself is not kept here. Only the institutions that exchanged it have it.
record-back = Back to the access records
record-print = You can print this record as it is.
record-business = Purpose
record-contact = Whom to ask
