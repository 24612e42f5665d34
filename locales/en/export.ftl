### The copy of own information: what is downloaded

export-title = Copy of your information
export-made = Made on { $when }.
export-lead = This is what the institutions answered, copied as it is.
export-care = It holds your information. Please keep it where others do not see it.
export-contents = Contents
export-answered = Answered by: { $provider }, on { $when }.
export-empty = This copy holds no information.
export-column-provider = Answered by
export-column-answered-at = Answered on
export-column-kind = Kind of information
export-column-period = Period
export-column-record = No.
export-column-item = Item
export-column-value = Value
export-column-raw = Value as it came
export-column-unit = Unit of the value as it came
export-column-help = What it means
export-missing-title = Characters that this document's typeface lacks
export-missing-text = A mark 〓 and a number in 〔 〕 stand for a character or a form that this document's typeface lacks. The number is the character's in Unicode.

## The file README.txt

export-readme-title = About this copy of your information
export-readme-files = What is inside
export-readme-viewer = To read on a screen: open it in a browser. It connects to nothing.
export-readme-pdf = To print and read.
export-readme-csv = A table for spreadsheet programs.
export-readme-data = Data for other programs.
export-readme-answers = An answer with its institution's signature.
export-readme-manifest = A list of the files with their sizes and hash values (computed from their contents).
export-readme-anchor = The certificate of the authority that issued the institutions' certificates.
export-readme-records = The access records as a table.
export-readme-check = How to check the signatures
export-readme-check-what = The files in "answers" carry the signature of the institution that answered. If a single letter changes, the check shows it.
export-readme-check-how = Type this command in this folder. It uses a program called OpenSSL.
export-readme-check-good = If it says "CMS Verification successful", nothing has changed since the institution signed.
export-readme-check-anchor = org-ca.pem is the certificate of the authority that issued the institutions' certificates. It is safer to use one that you received in another way than with this copy.
export-readme-check-signer = This command tells who signed.
export-readme-check-expired = After the institution's certificate has expired, add "-no_check_time" to the first command.
export-readme-hash = To see whether a file is the one on the list, compare the value that this command shows with the one in manifest.json.
