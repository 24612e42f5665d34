### Errors: what happened, what was kept, what to do next. Title, what and next use no variables.

error-not-found-title = Not found
error-not-found-what = What you are looking for was not found. Nothing was changed.
error-not-found-next = Check the address, or start from the top page.

error-forbidden-title = This page cannot be opened
error-forbidden-what = You cannot open this page the way you are using the service now. Your folder is unchanged.
error-forbidden-next = Log in and open your own information from the home page.

error-method-not-allowed-title = It does not open this way
error-method-not-allowed-what = This page works only from the button on its screen. Nothing was changed.
error-method-not-allowed-next = Go back to the previous page and use the button.

error-cross-site-title = An action from another site was stopped
error-cross-site-what = An action arrived from outside the pages of My Portal, so it was stopped for your safety. Nothing was changed.
error-cross-site-next = Open My Portal and do it again from its own page.

error-too-many-requests-title = Too many actions in a short time
error-too-many-requests-what = Many actions arrived in a short time, so this one was not accepted. Your folder is unchanged.
error-too-many-requests-next = Wait about a minute and try again.

error-body-too-large-title = What was sent is too large
error-body-too-large-what = What was sent is too large and was not accepted. What was saved before is unchanged.
error-body-too-large-next = Make it shorter and send it again.

error-malformed-title = The content could not be read
error-malformed-what = What arrived does not have the expected form and could not be read. Nothing was changed.
error-malformed-next = Go back to the previous page and start again.

error-not-utf8-title = Some characters could not be read
error-not-utf8-what = Some of the characters that arrived could not be read. Nothing was changed.
error-not-utf8-next = Go back to the previous page and enter the text again.

error-internal-title = Sorry, there is a problem with the service
error-internal-what = Something went wrong on our side and the action was not completed. Your folder and your access records are unchanged.
error-internal-next = Wait a little and try again. If it goes on, contact us with the reference number.

error-unavailable-title = The service is not available now
error-unavailable-what = We cannot show this page now. Your folder and your access records are unchanged. It is not yet known when it will be back.
error-unavailable-next = Wait a few minutes and open the page again.

error-session-expired-title = You are no longer logged in
error-session-expired-what = There was no activity for a while, or you logged out in another window. Your folder is unchanged.
error-session-expired-next = Please log in again.

error-session-tampered-title = Your login could not be confirmed
error-session-tampered-what = The login mark that your browser sent does not fit our records. Your folder is unchanged.
error-session-tampered-next = Please log in again.

error-card-wrong-pin-title = The PIN is not correct
error-card-wrong-pin-what = The card answered that the PIN is not correct. Your folder is unchanged.
error-card-wrong-pin-next = Check the remaining tries and enter it again.

error-card-cancelled-title = The card operation was stopped
error-card-cancelled-what = You pressed the stop button on the card reader’s page. Nothing was changed.
error-card-cancelled-next = To go on, start again from the beginning.

error-card-locked-title = The PIN of the card is locked
error-card-locked-what = The card is locked because a wrong PIN was entered several times in a row. Your folder is unchanged.
error-card-locked-next = The counter of your municipality can unlock it.

error-card-unusable-title = This card cannot be used
error-card-unusable-what = The card has been stopped, or has not been handed over yet. Your folder is unchanged.
error-card-unusable-next = Ask the counter of your municipality about the state of your card.

error-card-removed-title = The card was removed
error-card-removed-what = The card was removed before the operation ended. Nothing was changed.
error-card-removed-next = Insert the card and start again from the beginning.

error-certificate-expired-title = The certificate has expired
error-certificate-expired-what = The digital certificate on your card has expired. Your folder is unchanged.
error-certificate-expired-next = Renew it at the counter of your municipality, and you can go on using the same folder.

error-certificate-revoked-title = The certificate can no longer be used
error-certificate-revoked-what = The digital certificate on your card has been revoked, for example after a notification of loss. Your folder is unchanged.
error-certificate-revoked-next = Get a new certificate at the counter of your municipality, and you can go on using the same folder.

error-signature-certificate-revoked-title = The signature certificate can no longer be used
error-signature-certificate-revoked-what = Your name or address has changed, for example by moving, so the signature certificate can no longer be used. You can log in and view, but not apply.
error-signature-certificate-revoked-next = Get a new certificate at the counter of your municipality.

error-certificate-not-yet-valid-title = The certificate is not valid yet
error-certificate-not-yet-valid-what = The validity of the digital certificate on your card has not begun. Your folder is unchanged.
error-certificate-not-yet-valid-next = Check the date of your computer. If it is right, try again once the validity has begun.

error-certificate-untrusted-title = The issuer of the certificate could not be confirmed
error-certificate-untrusted-what = It could not be confirmed that the certificate was issued by the Japanese Public Key Infrastructure. Nothing was changed.
error-certificate-untrusted-next = Check that your My Number Card is inserted and try again.

error-certificate-wrong-usage-title = A certificate for another purpose
error-certificate-wrong-usage-what = The card holds two certificates, and the one that arrived is not the one for this operation. Nothing was changed.
error-certificate-wrong-usage-next = Start again: logging in takes the 4-digit PIN, applying takes the password of 6 to 16 characters.

error-signature-mismatch-title = The signature could not be confirmed
error-signature-mismatch-what = It could not be confirmed that the card’s signature was made for this operation. Nothing was changed.
error-signature-mismatch-next = Start again. If it goes on, check that the card reader’s program is up to date.

error-challenge-used-title = This operation has already ended
error-challenge-used-what = The same answer arrived twice, so the second one was not accepted. The result of the first one stands.
error-challenge-used-next = Start again without using the browser’s Back button.

error-challenge-late-title = The time is over
error-challenge-late-what = More than 5 minutes have passed since the card operation began, so it ended. Nothing was changed.
error-challenge-late-next = Start again when you have time.

error-challenge-unknown-title = It could not be continued
error-challenge-unknown-what = There is no operation here that fits the card’s answer. Nothing was changed.
error-challenge-unknown-next = Start again from the beginning.

error-other-browser-title = It was another browser
error-other-browser-what = The operation began in one browser and was about to end in another, so it was stopped for your safety. Nobody was logged in.
error-other-browser-next = Start again in the browser in which you began. If you did not begin anything, remove your card.

error-not-registered-title = There is no folder for this card yet
error-not-registered-what = The card was confirmed, but no folder was opened with it. Nothing was changed.
error-not-registered-next = If you are new, please register. If your card was renewed, registering leads you back to the same folder.

error-already-registered-title = Your folder is already open
error-already-registered-what = The folder of this card was opened before. It is unchanged.
error-already-registered-next = Please log in.

error-registration-interrupted-title = Registration was interrupted
error-registration-interrupted-what = The service stopped during your registration. Your folder is either fully open or not open at all.
error-registration-interrupted-next = Try to log in first. If it says that there is no folder, register again from the beginning.

error-other-person-title = It seems to be another person’s card
error-other-person-what = It could not be confirmed that this card belongs to the person who began the registration. No folder was changed.
error-other-person-next = Insert the card with which you began and try again.

error-unknown-to-register-title = No match with the resident register
error-unknown-to-register-what = The name, address, date of birth and sex in the signature did not lead to exactly one person in the resident register. No folder was opened, and those details were erased.
error-unknown-to-register-next = If you have just moved or changed your name, try again in a few days. Otherwise ask the counter of your municipality.

error-validity-unreachable-title = Whether the certificate is valid now cannot be checked
error-validity-unreachable-what = No answer came from the Japanese Public Key Infrastructure, so the certificate cannot be checked. For your safety it stops here. Your folder is unchanged.
error-validity-unreachable-next = Wait a few minutes and try again.

error-linkage-unreachable-title = The institutions cannot be reached now
error-linkage-unreachable-what = The linkage with the institutions cannot be reached, so the operation was not completed. Your folder and your access records are unchanged. It is not yet known when it will be back.
error-linkage-unreachable-next = Wait a few minutes and try again.

error-code-ended-title = Your access records cannot be fetched
error-code-ended-what = The code by which My Portal fetches your records is no longer in use. The records themselves remain with the linkage platform.
error-code-ended-next = We have to prepare a new code. Please give the reference number to the help desk.

error-linkage-late-title = There is no answer yet
error-linkage-late-what = The institution did not answer in time. What has arrived is shown as it is.
error-linkage-late-next = Please ask again.

error-database-read-only-title = Only viewing is possible now
error-database-read-only-what = Our storage cannot be written to now. This operation was not saved. What was saved before is unchanged.
error-database-read-only-next = Wait a few minutes and try again.

error-database-full-title = Nothing new can be saved now
error-database-full-what = Our storage is full. This operation was not saved. What was saved before is unchanged.
error-database-full-next = The operators will make room. Wait for a while and try again.

error-unknown-filter-title = It cannot be filtered like this
error-unknown-filter-what = A condition was given that this page does not have. Your access records are unchanged.
error-unknown-filter-next = Clear the conditions and choose again from the list.

error-without-pin-title = No PIN was used
error-without-pin-what = The card answered without a PIN. A folder does not open without it. Your folder is unchanged.
error-without-pin-next = Log in again and enter the PIN.

error-folder-suspended-title = This folder cannot be opened now
error-folder-suspended-what = The folder is suspended or closed. The content of a suspended folder is unchanged.
error-folder-suspended-next = To use it again, register again. If you did not suspend it yourself, tell the help desk.

error-folder-retained-title = This folder is closed and kept
error-folder-retained-what = Its owner is registered as deceased or as having left the country, so the folder was closed. Nobody can see its content, and it is erased after a fixed period.
error-folder-retained-next = If that is a mistake, ask at the counter of the municipality where the owner was registered.

error-port-in-use-title = The port is already in use
error-port-in-use-what = Another program uses the same port, so this one did not start. No data were changed.
error-port-in-use-next = Stop that program or choose another port in the settings, then start again.

error-configuration-title = There is a mistake in the configuration
error-configuration-what = The configuration could not be read, so the program did not start. No data were changed.
error-configuration-next = Correct the name and value of the item shown, then start again.

error-backup-postgresql-title = This is a PostgreSQL database
error-backup-postgresql-what = PostgreSQL is copied and restored by its own tools. Nothing was changed.
error-backup-postgresql-next = See docs/backup.md.

error-backup-folder-taken-title = The directory is not empty
error-backup-folder-taken-what = A backup goes into a directory that does not exist yet or is empty. The files in it are unchanged.
error-backup-folder-taken-next = Name another directory.

error-backup-damaged-title = The backup is not complete
error-backup-damaged-what = A file of the backup is missing or is not what was written. The database that is there is unchanged.
error-backup-damaged-next = Use another backup.

error-backup-newer-title = A later version made this backup
error-backup-newer-what = This program is older than the one that made the backup and cannot restore it. The database that is there is unchanged.
error-backup-newer-next = Restore it with that version or a later one.

error-database-in-use-title = The database is in use
error-database-in-use-what = A portal runs on the database, so nothing was restored. The database is unchanged.
error-database-in-use-next = Stop the portal and run this again.

error-database-there-title = There is a database already
error-database-there-what = The database that is there was not replaced. It is unchanged.
error-database-there-next = To replace it, run this again with --force.

error-log-retired-title = This log cannot go on
error-log-retired-what = A restore lost the newest entries of this log, so it was ended: going on would be a second history. The content of folders is unchanged.
error-log-retired-next = Make a key with a new name (my-portal log-key --new NAME FILE), set log.name and log.key_file, then start.

## To be used in place of what or next where the value is known

error-card-wrong-pin-what-left =
    The PIN is not correct. After { $left ->
        [one] { $left } more wrong try
       *[other] { $left } more wrong tries
    } the card is locked.
error-certificate-expired-what-until = The digital certificate on your card expired on { $until }. Your folder is unchanged.
error-certificate-not-yet-valid-what-since = The digital certificate on your card is valid from { $since }. Your folder is unchanged.
error-linkage-late-what-provider = No answer has come from { $provider } yet (waited { $waited }). Information from other institutions is shown below.
error-too-many-requests-next-wait = Wait { $wait } and try again.
error-port-in-use-what-address = Another program uses { $address }, so this one did not start. No data were changed.
error-configuration-what-item = The configuration item “{ $item }” could not be read, so the program did not start. No data were changed.
error-backup-postgresql-next-line = Run this line (docs/backup.md tells more): { $line }
error-folder-not-understood-title = Your folder is still open
error-folder-not-understood-what = The box “I understand what is erased” was not ticked. Nothing was erased.
error-folder-not-understood-next = To close the folder, tick the box and press the button again.

error-notices-none-selected-title = No notice is selected
error-notices-none-selected-what = It is not clear which notices you mean, so nothing has changed.
error-notices-none-selected-next = Tick notices in the list and press the button again.

error-notices-no-room-title = There is no room for more kept notices
error-notices-no-room-what = Notices that did not fit are where they were. Those that did are kept.
error-notices-no-room-next = Open “Kept”, throw away what you do not need or save it to a file, and press “Keep” again.

error-notices-not-kept-title = Some notices cannot be kept
error-notices-not-kept-what = A notice that cannot be shown cannot be kept. It is where it was; the others are kept.
error-notices-not-kept-next = If this goes on, please ask the institution itself.

error-kept-not-understood-title = Nothing was thrown away
error-kept-not-understood-what = The box “I understand that they are erased at once” was not ticked.
error-kept-not-understood-next = To throw them away, tick the box and press the button again.

error-alert-not-offered-title = This way is not available
error-alert-not-offered-what = This portal cannot tell you this way. Nothing has changed.
error-alert-not-offered-next = Please use another way on this page.

error-alert-address-title = We could not read the e-mail address
error-alert-address-what = What you entered does not look like an e-mail address. Nothing was sent.
error-alert-address-next = Please check that it looks like name@mail.example and enter it again.

error-alert-device-title = We could not read the name of the device
error-alert-device-what = There is no name, it has more than 30 characters, or it has characters that cannot be seen. Nothing has changed.
error-alert-device-next = Please enter a short name and press again.

error-alert-browser-title = This browser cannot be told
error-alert-browser-what = Your browser uses a message service that this portal does not know. Nothing was sent.
error-alert-browser-next = Please use another browser, or e-mail.

error-alert-known-title = You are told at this address already
error-alert-known-what = It is the same address. Nothing has changed.
error-alert-known-next = To change it, enter another address.

error-alert-too-many-codes-title = Too many numbers were sent
error-alert-too-many-codes-what = No more numbers can be sent within 24 hours. Nothing has changed.
error-alert-too-many-codes-next = If you have received a number, enter that one. If not, have one sent tomorrow.

error-alert-too-many-devices-title = No more devices can be told
error-alert-too-many-devices-what = You can be told on five devices at most. Nothing has changed.
error-alert-too-many-devices-next = End a device that you no longer use, and press again.

error-alert-wrong-code-title = The number is not right
error-alert-wrong-code-what = It is not the number that we sent. We have not begun to tell you.
error-alert-wrong-code-next = Please enter the newest number that you received.

error-alert-code-over-title = This number no longer works
error-alert-code-over-what = 24 hours have passed, or it was entered wrongly five times. We have not begun to tell you.
error-alert-code-over-next = Please have another number sent.

error-alert-not-sent-title = The number could not be sent
error-alert-not-sent-what = The mail or message service did not take it just now. We have not begun to tell you.
error-alert-not-sent-next = Check the address, wait a little and have it sent again.
