# The pages that lead to the card reader.
card-page-how = What to do next
card-page-insert = Put your card into the card reader.
card-page-check = On the card reader's page, check who is asking and for what.
card-page-go = Go to the card reader
card-page-until = Valid until { $when }. After that you can start again.
card-page-pin-safe = Enter your PIN or password only on the card reader’s page. This site never asks for it.
card-page-trouble = If the card reader's page does not open
card-page-trouble-text = Check that the card reader program is running on this computer. Its address is { $origin }.
card-page-back = Cancel
card-page-nothing-title = Nothing has been started for your card
card-page-nothing-text = More than five minutes have passed, or it was started in another browser. Please start again.
card-page-again-login = Log in again
card-page-again-register = Start registration again
