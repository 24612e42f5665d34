### Words of every page

common-product-name = My Portal
common-product-about = Your place to see who used your information.
common-title = { $page } | My Portal

common-button-login = Log in
common-button-logout = Log out
common-button-register = Register
common-button-continue = Continue
common-button-next = Go on
common-button-back = Go back
common-button-stop = Stop
common-button-retry = Ask again
common-button-again = Start again
common-button-download = Download the document
common-button-print = Print
common-button-close = Close

common-coming-soon = In preparation
common-coming-soon-about = This function is being prepared. Once ready, it opens from here.
common-reference-number = Reference number
common-reference-number-value = Reference number { $number }
common-required = Required
common-optional = Optional
common-count-records =
    { $count ->
        [one] { $count } record
       *[other] { $count } records
    }
common-value-unknown = (unknown)

record-newer-sentence = There is a record of { $when }. It is of a newer form than this screen knows, so its content cannot be told correctly.
record-newer-field = Cannot be shown here
record-newer-basis = Legal basis: cannot be shown here
record-newer-explanation = This record was written by a newer specification. To avoid a wrong explanation, its content is not shown.
record-newer-next = The record itself is kept unchanged. It can be read once this screen is updated.
record-newer-contact = the help desk of My Portal
