### Sentences of access records (version 1 of the record's specification). What was released is not changed.

## Requests by law

sentence-by-law-provided = On { $when }, { $requester } asked { $provider } for your { $kind } and received it, { $purpose }.
sentence-by-law-no-data-held = On { $when }, { $requester } asked { $provider } for your { $kind }, { $purpose }; { $provider } held no such information.
sentence-by-law-refused = On { $when }, { $requester } tried to ask { $provider } for your { $kind }, { $purpose }; the law does not allow it, so nothing was provided.
sentence-by-law-not-accepted = On { $when }, { $requester } tried to ask { $provider } for your { $kind }, { $purpose }; the code that stood for you was not valid, so nothing was provided.
sentence-by-law-unanswered = On { $when }, { $requester } tried to ask { $provider } for your { $kind }, { $purpose }; no answer could be had from { $provider }, so nothing was provided.

## Requests with your consent

sentence-consent-provided = On { $when }, with your consent of { $day }, { $requester } asked { $provider } for your { $kind } and received it, { $purpose }.
sentence-consent-no-data-held = On { $when }, with your consent of { $day }, { $requester } asked { $provider } for your { $kind }, { $purpose }; { $provider } held no such information.
sentence-consent-refused = On { $when }, referring to your consent of { $day }, { $requester } tried to ask { $provider } for your { $kind }, { $purpose }; the law does not allow it, so nothing was provided.
sentence-consent-not-accepted = On { $when }, with your consent of { $day }, { $requester } tried to ask { $provider } for your { $kind }, { $purpose }; the code that stood for you was not valid, so nothing was provided.
sentence-consent-unanswered = On { $when }, with your consent of { $day }, { $requester } tried to ask { $provider } for your { $kind }, { $purpose }; no answer could be had from { $provider }, so nothing was provided.

## Requests under a disaster permission

sentence-disaster-provided = On { $when }, under the committee's disaster permission no. { $permit }, { $requester } asked { $provider } for your { $kind } and received it.
sentence-disaster-no-data-held = On { $when }, under the committee's disaster permission no. { $permit }, { $requester } asked { $provider } for your { $kind }; { $provider } held no such information.
sentence-disaster-refused = On { $when }, referring to the committee's disaster permission no. { $permit }, { $requester } tried to ask { $provider } for your { $kind }; the request was not accepted, so nothing was provided.
sentence-disaster-unanswered = On { $when }, under the committee's disaster permission no. { $permit }, { $requester } tried to ask { $provider } for your { $kind }; no answer could be had from { $provider }, so nothing was provided.

## Your own views

sentence-self-view-provided = On { $when }, you viewed the { $kind } held by { $provider } yourself.
sentence-self-view-no-data-held = On { $when }, you asked to view your { $kind } yourself; { $provider } held no such information.
sentence-self-view-refused = On { $when }, you asked to view the { $kind } held by { $provider } yourself; the law does not allow it, so nothing was provided.
sentence-self-view-not-accepted = On { $when }, you asked to view the { $kind } held by { $provider } yourself; the code that stood for you was not valid, so nothing was provided.
sentence-self-view-unanswered = On { $when }, you asked to view your { $kind } yourself; no answer could be had from { $provider }, so nothing was provided.

sentence-self-view-records-provided = On { $when }, you viewed your access records yourself.
sentence-self-view-records-no-data-held = On { $when }, you viewed your access records yourself; there were none yet.
sentence-self-view-records-refused = On { $when }, you asked to view your access records yourself; the law does not allow it, so none were provided.
sentence-self-view-records-not-accepted = On { $when }, you asked to view your access records yourself; the code that stood for you was not valid, so none were provided.
sentence-self-view-records-unanswered = On { $when }, you asked to view your access records yourself; no answer could be had from the information linkage platform, so none were provided.

## Views by a representative

sentence-representative-provided = On { $when }, { $name }, your legal representative, viewed the { $kind } held by { $provider } on your behalf.
sentence-representative-no-data-held = On { $when }, { $name }, your legal representative, asked to view your { $kind } on your behalf; { $provider } held no such information.
sentence-representative-refused = On { $when }, { $name }, your legal representative, asked to view the { $kind } held by { $provider } on your behalf; the law does not allow it, so nothing was provided.
sentence-representative-not-accepted = On { $when }, { $name }, your legal representative, asked to view the { $kind } held by { $provider } on your behalf; the code that stood for you was not valid, so nothing was provided.
sentence-representative-unanswered = On { $when }, { $name }, your legal representative, asked to view your { $kind } on your behalf; no answer could be had from { $provider }, so nothing was provided.

sentence-representative-records-provided = On { $when }, { $name }, your legal representative, viewed your access records on your behalf.
sentence-representative-records-no-data-held = On { $when }, { $name }, your legal representative, viewed your access records on your behalf; there were none yet.
sentence-representative-records-refused = On { $when }, { $name }, your legal representative, asked to view your access records on your behalf; the law does not allow it, so none were provided.
sentence-representative-records-not-accepted = On { $when }, { $name }, your legal representative, asked to view your access records on your behalf; the code that stood for you was not valid, so none were provided.
sentence-representative-records-unanswered = On { $when }, { $name }, your legal representative, asked to view your access records on your behalf; no answer could be had from the information linkage platform, so none were provided.

## Short names

circumstance-by-law = Request by law
circumstance-self-view = Your own view
circumstance-representative = View by a representative
circumstance-consent = Request with your consent
circumstance-disaster = Request under a disaster permission

outcome-provided = Provided
outcome-no-data-held = No such information held
outcome-refused = Refused
outcome-unanswered = No answer

## Legal basis

basis-line = Legal basis: { $basis }
basis-by-law = { $law }; My Number Act, Article 19, item 8
basis-consent = Your consent of { $day }; { $law }; My Number Act, Article 19, item 8
basis-disaster = The committee's permission for responding to a major disaster (no. { $permit })
basis-self-view = { $law }
basis-representative = { $law } (legal representative: { $name })
basis-none = No provision of law that allows this request was found

## What is this?

article-by-law = Articles: { $law }. Requests between institutions are allowed by Article 19, item 8 of the My Number Act (Act on the Use of Numbers to Identify a Specific Individual in Administrative Procedures).
article-consent = Articles: { $law }. Requests between institutions are allowed by Article 19, item 8 of the My Number Act (Act on the Use of Numbers to Identify a Specific Individual in Administrative Procedures).
article-disaster = The committee's permission: no. { $permit }
article-self-view = Articles: { $law }. The full name of the My Number Act is Act on the Use of Numbers to Identify a Specific Individual in Administrative Procedures.
article-representative = Articles: { $law }. The full name of the My Number Act is Act on the Use of Numbers to Identify a Specific Individual in Administrative Procedures.
why-refused = No provision of law allows this request, so the information linkage platform refused it.
why-not-accepted = An institution asks with a code that stands for you, a different one for each institution. That code was not valid, so the information linkage platform refused the request.
why-refused-disaster = The request was not accepted as one under the committee's permission, so the information linkage platform refused it.
why-consent = This information may be asked for only with the person's consent. You gave yours on { $day }.
why-disaster = When there is a special reason, such as responding to a major disaster, institutions may ask for information as far as the committee has permitted.
why-representative = The legal representative of a minor or of an adult under guardianship may view information on that person's behalf.
procedure-representative = This is the procedure by which { $name }, your legal representative, views your information in My Portal.
decides-view = It is for viewing only; nothing is decided by it.
decides-no-data-held = No information was passed on. The procedure goes on with the answer that there is none.
decides-refused = No information was passed on, and nothing is decided by this request.
decides-unanswered = No information was passed on. The institution may ask again later.
explanation-contact = For questions, please contact { $contact }.
