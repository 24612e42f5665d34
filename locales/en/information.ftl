### Own information: captions, periods and units.

information-caption = { $kind } ({ $period })
information-caption-era = { $kind }: { $period }
information-record = No. { $number }

information-year = { $year }
information-year-era = { $year } ({ $era })
information-calendar-year = year { $year }
information-calendar-year-era = year { $year } ({ $era })
information-fiscal-year = fiscal year { $year }
information-fiscal-year-era = fiscal year { $year } ({ $era })
information-month-era = { $month } ({ $era })
information-range = { $from } to { $until }
information-period-empty = no period entered

information-amount-jpy = { $count } yen
information-amount-person =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
information-amount-month =
    { $count ->
        [one] { $count } month
       *[other] { $count } months
    }
information-amount-day =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
information-amount-time =
    { $count ->
        [one] { $count } time
       *[other] { $count } times
    }
information-amount-dose = dose { $count }
information-amount-percent = { $count }%
information-amount-grade = grade { $count }
information-amount-mm = { $count } cm
information-amount-g = { $count } kg
information-amount-as-it-came = { $value } (unit: { $unit })
information-amount-unit-unknown = { $value } (no name for its unit)
information-value-empty = (nothing entered)

information-unit-jpy = yen
information-unit-person = people
information-unit-month = months
information-unit-day = days
information-unit-time = times
information-unit-percent = %
information-unit-grade = grade
information-unit-mm = millimetres
information-unit-g = grams
information-unit-unknown = unit without a name

information-about = { $kind }: { $field }
information-about-period = { $kind }: { $field } ({ $period })

information-unknown-field = Item without a name (no. { $number })
information-unknown-field-help = The dictionary of this page has no name for this item. The value is shown as the institution sent it.
information-unknown-kind = Information without a name
information-unknown-kind-about = The dictionary of this page has no name for this information.
information-unknown-kind-note = The values are shown as the institution sent them.
information-newer-field = Item not yet explained here (no. { $number })
information-newer-field-help = This page has no explanation for this item yet. The value is shown as the institution sent it.
information-newer-note = This information follows rules that this page has no explanations for yet. To avoid wrong ones, the values are shown as the institution sent them.
