//! English

use super::{ByKey, OfPurpose, Refusal, Text};

pub(super) static TEXT: Text = Text {
    reader: "Card reader",
    reader_note: "This page is shown by the card reader that runs on your own computer.",
    languages: "Choose a language",
    skip_link: "Skip to main content",
    problem: "Please check",
    kind_success: "Success",
    kind_info: "Information",
    kind_warning: "Warning",
    kind_error: "Error",

    slot_title: "Insert or remove a card",
    slot_empty: "There is no card in the reader.",
    slot_holds: "The card of “{who}” ({card}) is in the reader.",
    slot_choose: "Card to insert",
    slot_other: "Use another card",
    slot_insert: "Insert the card",
    slot_remove: "Remove the card",
    slot_no_cards: "There are no demo cards. Create the demo world, then open this page again.",
    slot_removed: "The card was removed.",
    slot_removed_told: "The portal was told that you removed the card.",
    slot_removed_untold: "The portal could not be told that you removed the card. Please log out on the portal's page.",
    slot_inserted: "The card was inserted.",

    owner_heading: "Your word",
    owner_why: "Every page that asks for your PIN shows the word you choose here. A page without it, or with another word, is an imitation. Do not enter your PIN there.",
    owner_label: "Word (up to 20 characters; not your PIN)",
    owner_save: "Save the word",
    owner_saved: "Your word was saved.",
    owner_bad: "The word must have 1 to 20 characters.",
    owner_yours: "Your word",
    owner_check: "If this is not your word, do not enter your PIN. Press “Cancel”.",
    owner_unset: "You have not chosen a word yet. Choose one on the card reader's page to recognise imitations.",

    asker_heading: "Who is asking",
    asker_line: "{origin} is asking your card.",
    purpose_heading: "What for",
    document_heading: "Document to sign",
    document_note: "Your card will sign the whole document shown here.",
    card_heading: "Card to use",

    pin_heading: "Enter your PIN",
    pin_stays: "Your PIN is used only to check with the card. It is not sent to the portal.",
    pin_label: ByKey { authentication: "PIN for user authentication", signature: "Signature password" },
    pin_hint: ByKey { authentication: "4 digits", signature: "6 to 16 letters and digits" },
    pin_form: ByKey {
        authentication: "The PIN for user authentication has 4 digits. This entry was not counted as a wrong try.",
        signature: "The signature password has 6 to 16 letters and digits. This entry was not counted as a wrong try.",
    },
    pin_wrong: "The PIN is wrong.",
    between_sentences: " ",
    tries_left: "After {n} more wrong tries, the card's PIN will be locked.",
    tries_last: "After one more wrong try, the card's PIN will be locked.",
    locked: ByKey {
        authentication: "The card's PIN was locked after 3 wrong tries in a row. Your city office can unlock it. Your folder stays as it is.",
        signature: "The card's signature password was locked after 5 wrong tries in a row. Your city office can unlock it. Your folder stays as it is.",
    },
    stopped: "Use of this card has been stopped. If you found it after reporting it lost, please ask your city office.",
    not_handed_over: "This card cannot be used before it is handed over to you. Please collect it at your city office.",
    without_pin_note: "This machine can also check with the card alone, without a PIN. That does not open the folder.",
    without_pin: "Check with the card alone",
    cancel: "Cancel",
    back: "Return to the portal",

    login: OfPurpose {
        title: "Log in with your card",
        meaning: "Your card confirms that it is you who logs in.",
        button: "Continue to log in",
    },
    bind: OfPurpose {
        title: "Register the login certificate",
        meaning: "The certificate for user authentication is registered with your folder, so that you can log in with this card from now on.",
        button: "Register the certificate",
    },
    register: OfPurpose {
        title: "Sign the application",
        meaning: "Your card signs the application to use a folder. The name, address, birth date and sex in the signature certificate are passed on to check the application.",
        button: "Sign the application",
    },
    sign: OfPurpose {
        title: "Sign a document",
        meaning: "Your card signs the document below. The signature certificate is passed on with it.",
        button: "Sign",
    },

    answer_title: "Returning to the portal",
    answer_signed: "The check with your card is complete. If the page does not change, press the button below.",
    answer_cancelled: "You stopped without using the card.",
    answer_refused: "The card could not be used.",

    card_missing: "There is no card in the reader. Please insert a card.",
    card_damaged: "The card cannot be read. Please insert another card, or ask your city office.",
    card_taken: "The card was removed during the check, so it was stopped. Please insert the card again.",
    issue_unreachable: "This card was inserted for the first time and needs its certificates, but their issuer cannot be reached now. Please insert the card again later.",
    issue_refused: "The issuer refused certificates for this card. Please insert another card, or ask your city office.",
    issue_setup: "This card reader is not set up to receive certificates. Please create the demo world again.",

    asker_unknown: Refusal {
        title: "This request is refused",
        line: "The site that asks is not registered with this card reader. Do not enter your PIN.",
    },
    foreign_form: Refusal {
        title: "This action is refused",
        line: "It did not come from the card reader's own page. Nothing was done with the card.",
    },
    malformed: Refusal {
        title: "The request cannot be read",
        line: "Something is missing in it, or too much. Please return to the portal and start again.",
    },
    unshowable: Refusal {
        title: "This document cannot be signed",
        line: "It contains characters that cannot be shown properly. Only what you can see is signed.",
    },
    too_large: Refusal { title: "This is too large", line: "It is larger than what the card reader accepts." },
    expired: Refusal {
        title: "This page has expired",
        line: "Five minutes have passed, or the request has been answered. Please return to the portal and start again.",
    },
    used: "This page was used already or is too old. Nothing was done with the card. Please try again.",
    not_found: Refusal { title: "Page not found", line: "What you are looking for was not found." },
    wrong_method: Refusal {
        title: "This page cannot be opened that way",
        line: "Please open it by the buttons of the pages.",
    },
    wrong_host: Refusal { title: "Not available at this address", line: "The card reader works at one address only." },
    failed: Refusal {
        title: "Sorry, the card reader has a problem",
        line: "The check with your card is not complete. Please try again later.",
    },
    reference: "Reference number",
};
