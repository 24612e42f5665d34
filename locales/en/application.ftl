# The application that the citizen reads on the reader's page and signs (B.2 step 1).
application-folder =
    Application to use a folder

    I apply to have my user folder opened at My Portal.
    My Portal reads my name, address, date of birth and sex from the signature certificate of this application.
    It uses them once, to receive my link code, and does not keep them.

    Date and time of the application: { $when }
