### Dictionary, version 1: bases, institutions, kinds of information. What was released is not changed.

## Institutions

org-141003 = City of Yokohama
org-141003-phrase = the City of Yokohama
org-141003-about = A city in Kanagawa Prefecture. It keeps the resident record and handles local tax, National Health Insurance, child care and welfare.

org-062049 = City of Sakata
org-062049-phrase = the City of Sakata
org-062049-about = A city in Yamagata Prefecture. It keeps the resident record and handles local tax, National Health Insurance, child care and welfare.

org-261009 = City of Kyoto
org-261009-phrase = the City of Kyoto
org-261009-about = A city in Kyoto Prefecture. It keeps the resident record and handles local tax, National Health Insurance, child care and welfare.

org-472018 = City of Naha
org-472018-phrase = the City of Naha
org-472018-about = A city in Okinawa Prefecture. It keeps the resident record and handles local tax, National Health Insurance, child care and welfare.

org-011002 = City of Sapporo
org-011002-phrase = the City of Sapporo
org-011002-about = A city in Hokkaido. It keeps the resident record and handles local tax, National Health Insurance, child care and welfare.

org-NTA = National Tax Agency
org-NTA-phrase = the National Tax Agency
org-NTA-about = The national office that collects taxes. It receives income tax returns and wage statements.

org-JPS = Japan Pension Service
org-JPS-phrase = the Japan Pension Service
org-JPS-about = The public body that runs the National Pension and the Employees’ Pension: it keeps the coverage records and pays the pensions.

org-KYOKAI = Japan Health Insurance Association
org-KYOKAI-phrase = the Japan Health Insurance Association
org-KYOKAI-about = Runs health insurance mainly for employees of small and medium-sized companies and their families. Also known as Kyokai Kenpo.

org-HELLOWORK = Hello Work (Ministry of Health, Labour and Welfare)
org-HELLOWORK-phrase = Hello Work
org-HELLOWORK-about = The public employment security office. It introduces jobs and pays employment insurance benefits.

org-JASSO = Japan Student Services Organization
org-JASSO-phrase = the Japan Student Services Organization
org-JASSO-about = An independent administrative agency that gives and lends scholarships to students of universities and other schools.

org-CORE = Information Linkage Platform
org-CORE-phrase = the Information Linkage Platform
org-CORE-about = The national system that checks whether a request is allowed by law and passes it between institutions. It cannot read the content.

org-JLIS = Japan Agency for Local Authority Information Systems
org-JLIS-phrase = the Japan Agency for Local Authority Information Systems
org-JLIS-about = Run jointly by prefectures and municipalities. It makes the My Number Cards, among other tasks.

org-JPKI = Japanese Public Key Infrastructure
org-JPKI-phrase = the Japanese Public Key Infrastructure
org-JPKI-about = Issues the digital certificates on the card and answers whether they are still valid.

org-REGISTER = Basic Resident Register Network
org-REGISTER-phrase = the Basic Resident Register Network
org-REGISTER-about = The system of municipalities and prefectures that confirms name, address, date of birth and sex from the resident record.

org-NUMBERS = Number Generation Body
org-NUMBERS-phrase = the Number Generation Body
org-NUMBERS-about = Generates the Individual Number (My Number), one for each person.

org-ISSUER = Card Issuing Desk
org-ISSUER-phrase = the card issuing desk
org-ISSUER-about = The municipal desk that hands over My Number Cards and their certificates.

org-PORTAL = My Portal
org-PORTAL-phrase = My Portal
org-PORTAL-about = The service that you are using now, where you can view your own information and access records.

## Kinds of information

kind-income = income information
kind-income-about = Your income of a year after necessary expenses.

kind-local-tax = local tax information
kind-local-tax-about = The inhabitant tax that you pay to your prefecture and municipality, and the income it is based on.

kind-resident-record = resident record information
kind-resident-record-about = What your resident record says: name, address, date of birth, sex and household members.

kind-pension-coverage = pension coverage information
kind-pension-coverage-about = When and in which pension scheme you have been enrolled.

kind-pension-benefit = pension benefit information
kind-pension-benefit-about = Which pensions you receive, and how much.

kind-insurance-coverage = health insurance coverage information
kind-insurance-coverage-about = In which health insurance you are enrolled, and since when.

kind-injury-allowance = sickness and injury allowance information
kind-injury-allowance-about = Periods and amounts of the health insurance allowance for time off work through illness or injury.

kind-employment-benefit = employment insurance benefit information
kind-employment-benefit-about = Periods and amounts of what you receive from employment insurance, for example after leaving a job.

kind-vaccination = vaccination information
kind-vaccination-about = Which vaccinations you have had, and when.

kind-health-checkup = health check-up information
kind-health-checkup-about = Dates and results of the health check-ups that municipalities carry out.

kind-child-allowance = child allowance information
kind-child-allowance-about = Whether you receive child allowance, and how much.

kind-long-term-care = long-term care insurance information
kind-long-term-care-about = Your care level, premium and share of costs in long-term care insurance.

kind-nhi = National Health Insurance information
kind-nhi-about = Your enrolment and premiums in National Health Insurance.

kind-disability-certificate = disability certificate information
kind-disability-certificate-about = The type and grade of your disability certificate.

kind-property-tax = property tax information
kind-property-tax-about = Land and buildings that you own, and the property tax on them.

kind-scholarship = scholarship information
kind-scholarship-about = The scholarships that you receive or have borrowed, and their amounts.

kind-access-records = access records
kind-access-records-about = The records of which institution asked for your information, when and for what.

kind-correction-report = answers to your reports of mistakes
kind-correction-report-about = What you reported as wrong, and what the institution answered.

## Bases (business)

bp-nhi-premium-reduction-business = Reduction of National Health Insurance premiums
bp-nhi-premium-reduction-purpose = to decide on a reduction of your National Health Insurance premium
bp-nhi-premium-reduction-basis = National Health Insurance Act, Article 76 (Enforcement Order, Article 29-7)
bp-nhi-premium-reduction-procedure = This is the procedure that lowers the National Health Insurance premium of households with low income.
bp-nhi-premium-reduction-why = The National Health Insurance Act has municipalities set premiums by household income and lower them for households with low income.
bp-nhi-premium-reduction-decides = It decides whether your premium is lowered, and by how much.
bp-nhi-premium-reduction-contact = the National Health Insurance counter of { $requester }

bp-child-allowance-business = Payment of child allowance
bp-child-allowance-purpose = to decide on your child allowance
bp-child-allowance-basis = Child Allowance Act, Article 7
bp-child-allowance-procedure = This is the procedure for paying child allowance to people who raise children.
bp-child-allowance-why = The Child Allowance Act has municipalities determine who is entitled to the allowance and how much it is.
bp-child-allowance-decides = It decides whether you receive child allowance, and how much.
bp-child-allowance-contact = the child allowance counter of { $requester }

bp-nhi-eligibility-business = Joining and leaving National Health Insurance
bp-nhi-eligibility-purpose = to check your enrolment in National Health Insurance
bp-nhi-eligibility-basis = National Health Insurance Act, Articles 6 and 9
bp-nhi-eligibility-procedure = This is the procedure for joining or leaving National Health Insurance.
bp-nhi-eligibility-why = The National Health Insurance Act excludes people insured through their workplace, and municipalities check the notifications about it.
bp-nhi-eligibility-decides = It decides whether you join or leave National Health Insurance, and on which day.
bp-nhi-eligibility-contact = the National Health Insurance counter of { $requester }

bp-pension-premium-exemption-business = Exemption from National Pension contributions
bp-pension-premium-exemption-purpose = to decide on an exemption from your National Pension contributions
bp-pension-premium-exemption-basis = National Pension Act, Article 90
bp-pension-premium-exemption-procedure = This is the procedure that exempts people who find it hard to pay their National Pension contributions.
bp-pension-premium-exemption-why = The National Pension Act allows people whose income is below a set amount, among others, to be exempted on application.
bp-pension-premium-exemption-decides = It decides whether you are exempted from contributions, and for how long.
bp-pension-premium-exemption-contact = { $requester } (your nearest pension office)

bp-old-age-pension-business = Payment of old-age pensions
bp-old-age-pension-purpose = to decide on your old-age pension
bp-old-age-pension-basis = National Pension Act, Article 16; Employees’ Pension Insurance Act, Article 33
bp-old-age-pension-procedure = This is the procedure for receiving a pension in old age.
bp-old-age-pension-why = Under the two pension acts the state confirms the right to a pension when it is claimed.
bp-old-age-pension-decides = It decides whether you receive an old-age pension.
bp-old-age-pension-contact = { $requester } (your nearest pension office)

bp-old-age-pension-adjustment-business = Adjustment of old-age pensions to employment insurance
bp-old-age-pension-adjustment-purpose = to adjust your old-age pension to your employment insurance benefits
bp-old-age-pension-adjustment-basis = Employees’ Pension Insurance Act, Supplementary Provisions, Article 11-5
bp-old-age-pension-adjustment-procedure = This is the procedure that adjusts the Employees’ old-age pension when employment insurance benefits are paid for the same time.
bp-old-age-pension-adjustment-why = The Employees’ Pension Insurance Act suspends the pension before the age of 65 while employment insurance benefits are received.
bp-old-age-pension-adjustment-decides = It decides whether your pension is suspended for a time.
bp-old-age-pension-adjustment-contact = { $requester } (your nearest pension office)

bp-dependant-recognition-business = Recognition of dependants in health insurance
bp-dependant-recognition-purpose = to decide whether you are covered as a dependant in health insurance
bp-dependant-recognition-basis = Health Insurance Act, Article 3, paragraph 7
bp-dependant-recognition-procedure = This is the procedure that checks whether someone is covered by health insurance as a family member.
bp-dependant-recognition-why = The Health Insurance Act defines dependants as family members supported by the insured person, so kinship and income have to be checked.
bp-dependant-recognition-decides = It decides whether you are covered by health insurance as a family member.
bp-dependant-recognition-contact = { $requester } (the branch where you are insured)

bp-high-cost-medical-business = Payment of high-cost medical expense benefits
bp-high-cost-medical-purpose = to decide on your high-cost medical expense benefit
bp-high-cost-medical-basis = Health Insurance Act, Article 115
bp-high-cost-medical-procedure = This is the procedure that refunds medical costs when your own share became high.
bp-high-cost-medical-why = The Health Insurance Act refunds the part of a month’s own share that exceeds a limit set by income.
bp-high-cost-medical-decides = It decides the limit of your own share and the amount refunded.
bp-high-cost-medical-contact = { $requester } (the branch where you are insured)

bp-injury-allowance-adjustment-business = Adjustment of sickness and injury allowance to pensions
bp-injury-allowance-adjustment-purpose = to adjust your sickness and injury allowance to your pension
bp-injury-allowance-adjustment-basis = Health Insurance Act, Article 108
bp-injury-allowance-adjustment-procedure = This is the procedure that adjusts the sickness and injury allowance when a pension is paid for the same time.
bp-injury-allowance-adjustment-why = The Health Insurance Act adjusts the allowance for people who receive, for example, a disability pension for the same illness or injury.
bp-injury-allowance-adjustment-decides = It decides the amount of your sickness and injury allowance.
bp-injury-allowance-adjustment-contact = { $requester } (the branch where you are insured)

bp-employment-injury-benefit-business = Payment of the employment insurance injury and sickness benefit
bp-employment-injury-benefit-purpose = to decide on your employment insurance injury and sickness benefit
bp-employment-injury-benefit-basis = Employment Insurance Act, Article 37
bp-employment-injury-benefit-procedure = This is the procedure for paying a benefit to people who fall ill or are injured while looking for work.
bp-employment-injury-benefit-why = Under the Employment Insurance Act the benefit is not paid for days on which the health insurance allowance is available.
bp-employment-injury-benefit-decides = It decides whether you receive the benefit, and for how many days.
bp-employment-injury-benefit-contact = the employment insurance counter of { $requester }

bp-long-term-care-premium-business = Setting of long-term care insurance premiums
bp-long-term-care-premium-purpose = to set your long-term care insurance premium
bp-long-term-care-premium-basis = Long-Term Care Insurance Act, Article 129
bp-long-term-care-premium-procedure = This is the procedure that sets the long-term care insurance premium of people aged 65 and over.
bp-long-term-care-premium-why = The Long-Term Care Insurance Act has municipalities set premiums according to income and other circumstances.
bp-long-term-care-premium-decides = It decides the amount of your premium.
bp-long-term-care-premium-contact = the long-term care insurance counter of { $requester }

bp-long-term-care-burden-business = Share of costs in long-term care
bp-long-term-care-burden-purpose = to set your share of the costs of long-term care
bp-long-term-care-burden-basis = Long-Term Care Insurance Act, Article 49-2
bp-long-term-care-burden-procedure = This is the procedure that sets what part of care service costs you pay yourself.
bp-long-term-care-burden-why = The Long-Term Care Insurance Act sets a share of 20 or 30 percent for people whose income is above a set amount, and pensions count towards it.
bp-long-term-care-burden-decides = It decides your share of the costs (10 to 30 percent).
bp-long-term-care-burden-contact = the long-term care insurance counter of { $requester }

bp-child-rearing-allowance-business = Payment of child rearing allowance
bp-child-rearing-allowance-purpose = to decide on your child rearing allowance
bp-child-rearing-allowance-basis = Child Rearing Allowance Act, Article 13-2
bp-child-rearing-allowance-procedure = This is the procedure for paying child rearing allowance to single-parent families and others.
bp-child-rearing-allowance-why = The Child Rearing Allowance Act adjusts the allowance of people who receive a public pension, so the pension has to be checked.
bp-child-rearing-allowance-decides = It decides whether you receive the allowance, and how much.
bp-child-rearing-allowance-contact = the child rearing allowance counter of { $requester }

bp-resident-tax-business = Assessment of local inhabitant tax
bp-resident-tax-purpose = to assess your local inhabitant tax
bp-resident-tax-basis = Local Tax Act, Article 325
bp-resident-tax-procedure = This is the procedure that sets the amount of local inhabitant tax.
bp-resident-tax-why = The Local Tax Act lets municipalities see the income tax documents held by the state in order to assess the tax.
bp-resident-tax-decides = It decides the amount of your inhabitant tax.
bp-resident-tax-contact = the inhabitant tax counter of { $requester }

bp-public-assistance-business = Decisions on public assistance
bp-public-assistance-purpose = to decide on your public assistance
bp-public-assistance-basis = Public Assistance Act, Article 29
bp-public-assistance-procedure = This is the procedure for public assistance, which supports people in need.
bp-public-assistance-why = The Public Assistance Act allows records of income and the like to be requested from public offices in order to decide on assistance.
bp-public-assistance-decides = It decides whether you receive public assistance, and what it covers.
bp-public-assistance-contact = the welfare office of { $requester }

bp-vaccination-business = Carrying out vaccinations
bp-vaccination-purpose = to plan your vaccinations
bp-vaccination-basis = Immunization Act, Article 5
bp-vaccination-procedure = This is the procedure by which municipalities carry out vaccinations.
bp-vaccination-why = The Immunization Act has municipalities vaccinate against set diseases, so earlier vaccinations have to be checked.
bp-vaccination-decides = It decides which vaccinations come next, and when.
bp-vaccination-contact = the vaccination counter of { $requester }

bp-maternal-child-health-business = Health check-ups of mothers and children
bp-maternal-child-health-purpose = to continue the health check-ups of mother and child
bp-maternal-child-health-basis = Maternal and Child Health Act, Article 19-2
bp-maternal-child-health-procedure = This is the procedure for check-ups and advice for expectant mothers and children.
bp-maternal-child-health-why = The Maternal and Child Health Act lets a municipality request the check-up records of families that have moved in from their former municipality.
bp-maternal-child-health-decides = It decides on the next check-ups and the support needed.
bp-maternal-child-health-contact = the maternal and child health counter of { $requester }

bp-public-housing-rent-business = Rent of public housing
bp-public-housing-rent-purpose = to set the rent of your public housing
bp-public-housing-rent-basis = Public Housing Act, Article 16
bp-public-housing-rent-procedure = This is the procedure that sets the rent of public housing.
bp-public-housing-rent-why = The Public Housing Act sets the rent every year by the tenant’s income and other circumstances.
bp-public-housing-rent-decides = It decides your rent.
bp-public-housing-rent-contact = the public housing counter of { $requester }

bp-school-expense-aid-business = School expense aid
bp-school-expense-aid-purpose = to decide on school expense aid
bp-school-expense-aid-basis = School Education Act, Article 19
bp-school-expense-aid-procedure = This is the procedure for aid with the costs of elementary and junior high school.
bp-school-expense-aid-why = The School Education Act has municipalities help guardians of children for whom schooling is difficult for financial reasons.
bp-school-expense-aid-decides = It decides whether you receive school expense aid.
bp-school-expense-aid-contact = the board of education of { $requester }

bp-scholarship-business = Scholarships and student loans
bp-scholarship-purpose = to decide on your scholarship
bp-scholarship-basis = Act on the Japan Student Services Organization, Independent Administrative Agency, Article 13
bp-scholarship-procedure = This is the procedure for giving or lending scholarships to students.
bp-scholarship-why = The Act makes it a task of the Organization to fund students for whom study is difficult for financial reasons.
bp-scholarship-decides = It decides whether you receive a scholarship, and how much.
bp-scholarship-contact = the scholarship counter of { $requester }

bp-self-view-business = Viewing your own information
bp-self-view-purpose = to view your own information
bp-self-view-basis = My Number Act, Supplementary Provisions, Article 6, paragraph 3
bp-self-view-procedure = This is the procedure by which you view your own information in My Portal.
bp-self-view-why = The My Number Act has the state provide a way for people to see when and to whom their information was passed on.
bp-self-view-decides = It is for viewing only; nothing is decided by it.
bp-self-view-contact = the help desk of My Portal

## Codes without words: the code is not shown

unknown-bp-business = Procedure without a registered name
unknown-bp-purpose = for a procedure without a registered name
unknown-bp-basis = law without a registered name
unknown-bp-procedure = This procedure has no name in this screen’s dictionary.
unknown-bp-why = The law for this procedure is not in this screen’s dictionary, so the reason cannot be explained here.
unknown-bp-decides = This screen cannot tell what is decided by this procedure.
unknown-bp-contact = the institution that asked ({ $requester })

unknown-org = Institution without a registered name
unknown-org-phrase = an institution without a registered name
unknown-org-about = This institution has no name in this screen’s dictionary. The help desk can look it up by the reference number.

unknown-municipality = Municipality without a registered name
unknown-municipality-phrase = a municipality without a registered name
unknown-municipality-about = This municipality has no name in this screen’s dictionary. The help desk can look it up by the reference number.

unknown-kind = information of a kind without a registered name
unknown-kind-about = This kind of information has no name in this screen’s dictionary.
