### Words for own information, version 1: kinds, fields and the values that institutions give in fixed words.

## Income

kind-income = Income and income tax
kind-income-about = Your income of one year, and the income tax that you pay to the state.
field-income-total-income = Total income
field-income-total-income-help = Everything you earned in the year after necessary expenses. Most taxes, premiums and allowances are based on it.
field-income-employment-income = Earnings from employment
field-income-employment-income-help = All salaries and bonuses of the year, before tax and premiums are taken off.
field-income-social-insurance-deduction = Social insurance deduction
field-income-social-insurance-deduction-help = The health insurance and pension premiums you paid in the year. You pay no income tax on this part.
field-income-dependants = Number of dependants
field-income-dependants-help = How many relatives you declared as living on your income. More dependants mean less tax.
field-income-income-tax = Income tax
field-income-income-tax-help = What you pay to the state on the income of this year.

## Individual inhabitant tax

kind-local-tax = Individual inhabitant tax
kind-local-tax-about = The tax that you pay to your prefecture and municipality, and the income of the year before that it is based on.
field-local-tax-total-income = Total income
field-local-tax-total-income-help = Everything you earned in the year before, after necessary expenses. Premiums and allowances are based on it too.
field-local-tax-taxable-standard = Tax base
field-local-tax-taxable-standard-help = Total income less the deductions for social insurance, dependants and so on. The income-based part is worked out from it.
field-local-tax-income-based-levy = Income-based part
field-local-tax-income-based-levy-help = The part that depends on your income: about 10% of the tax base.
field-local-tax-per-capita-levy = Flat part
field-local-tax-per-capita-levy-help = The part that is the same for everybody who pays inhabitant tax.
field-local-tax-levy-status = Liability
field-local-tax-levy-status-help = Whether you pay inhabitant tax. If you are exempt, premiums and medical costs may be lower for you.
value-local-tax-levy-status-taxed = Taxed
value-local-tax-levy-status-exempt = Exempt

## Resident record

kind-resident-record = Resident record
kind-resident-record-about = What the resident record of your municipality says about you.
field-resident-record-name = Name
field-resident-record-name-help = Your name as the resident record has it.
field-resident-record-address = Address
field-resident-record-address-help = Your address as the resident record has it. When you move, you tell your municipality within 14 days.
field-resident-record-birth-date = Date of birth
field-resident-record-birth-date-help = The day of your birth as the resident record has it. Ages for pensions and allowances count from it.
field-resident-record-relation-to-head = Relation to the head of the household
field-resident-record-relation-to-head-help = What you are to the person who represents the household.
field-resident-record-household-members = People in the household
field-resident-record-household-members-help = How many people are registered in the same household, you included.
field-resident-record-resident-since = Resident since
field-resident-record-resident-since-help = The day you began to live in this municipality. Some rights to allowances and insurance depend on it.
value-resident-record-relation-to-head-head = Head of the household
value-resident-record-relation-to-head-wife = Wife
value-resident-record-relation-to-head-husband = Husband
value-resident-record-relation-to-head-child = Child
value-resident-record-relation-to-head-mother = Mother
value-resident-record-relation-to-head-father = Father

## Pension coverage

kind-pension-coverage = Pension enrolment
kind-pension-coverage-about = When you joined the pension schemes, and for how many months premiums were paid.
field-pension-coverage-insured-category = Category of insured person
field-pension-coverage-insured-category-help = Category 1: self-employed people, students and others. Category 2: employees. Category 3: spouses who live on the income of someone in category 2.
field-pension-coverage-covered-since = Enrolled since
field-pension-coverage-covered-since-help = The day you joined. The time of your enrolment counts from it.
field-pension-coverage-contribution-months = Months paid
field-pension-coverage-contribution-months-help = Months for which premiums were paid. With the exempted months, 120 are needed for an old-age pension.
field-pension-coverage-exempted-months = Months exempted or deferred
field-pension-coverage-exempted-months-help = Months in which you did not have to pay, or could pay later. You may still pay for them within 10 years.
value-pension-coverage-insured-category-first = Category 1
value-pension-coverage-insured-category-second = Category 2
value-pension-coverage-insured-category-third = Category 3
value-pension-coverage-insured-category-completed = Insured period completed

## Pension benefit

kind-pension-benefit = Pension payments
kind-pension-benefit-about = Which pensions you receive, and how much.
field-pension-benefit-pension-kind = Type of pension
field-pension-benefit-pension-kind-help = There are pensions for old age, for disability and for families of people who have died.
field-pension-benefit-annual-amount = Amount a year
field-pension-benefit-annual-amount-help = The amount for one year. It is usually paid every second month.
field-pension-benefit-entitled-since = Entitled since
field-pension-benefit-entitled-since-help = The day your right to the pension began.
field-pension-benefit-payment-status = Payment
field-pension-benefit-payment-status-help = Whether payments are going on or have stopped.
value-pension-benefit-pension-kind-old-age = Old-age basic pension and employees' pension
value-pension-benefit-pension-kind-disability = Disability basic pension
value-pension-benefit-payment-status-paying = Being paid

## Health insurance coverage

kind-insurance-coverage = Health insurance enrolment
kind-insurance-coverage-about = Which health insurance you are in, and since when.
field-insurance-coverage-insurer = Insurer
field-insurance-coverage-insurer-help = The organisation that runs your health insurance.
field-insurance-coverage-insured-status = Enrolled as
field-insurance-coverage-insured-status-help = "Insured person" if you are insured through your own work, "dependant" if through a relative.
field-insurance-coverage-covered-since = Enrolled since
field-insurance-coverage-covered-since-help = The day you joined this health insurance.
field-insurance-coverage-standard-monthly-remuneration = Standard monthly pay
field-insurance-coverage-standard-monthly-remuneration-help = Your monthly pay, put into steps. Premiums and the sickness allowance are worked out from it. It is 0 for dependants.
value-insurance-coverage-insurer-kyokai = Japan Health Insurance Association
value-insurance-coverage-insured-status-insured = Insured person
value-insurance-coverage-insured-status-dependant = Dependant

## Sickness and injury allowance

kind-injury-allowance = Sickness and injury allowance
kind-injury-allowance-about = Money from your health insurance while illness or injury keeps you from work.
field-injury-allowance-daily-amount = Amount a day
field-injury-allowance-daily-amount-help = What you receive for each day off work: about two thirds of a day's pay.
field-injury-allowance-days-paid = Days paid
field-injury-allowance-days-paid-help = For how many days you have been paid so far. The limit is one year and six months in all.
field-injury-allowance-paid-from = First day paid
field-injury-allowance-paid-from-help = The day from which the allowance is paid.
field-injury-allowance-paid-until = Last day paid so far
field-injury-allowance-paid-until-help = Days up to and including this one have been paid.

## Employment insurance

kind-employment-benefit = Employment insurance benefit
kind-employment-benefit-about = The basic allowance while you look for a new job.
field-employment-benefit-entitled-since = Entitlement decided on
field-employment-benefit-entitled-since-help = The day the employment office decided that you can receive the allowance.
field-employment-benefit-prescribed-days = Days in all
field-employment-benefit-prescribed-days-help = The most days for which you can be paid. It depends on your age, on how long you were insured and so on.
field-employment-benefit-remaining-days = Days left
field-employment-benefit-remaining-days-help = The days for which you can still be paid.
field-employment-benefit-daily-amount = Basic allowance a day
field-employment-benefit-daily-amount-help = What you receive for each day. It is based on your pay before you left.

## Vaccination

kind-vaccination = Vaccinations
kind-vaccination-about = Which vaccinations were given, and when.
field-vaccination-vaccine = Vaccine
field-vaccination-vaccine-help = Which illness the vaccination protects from.
field-vaccination-dose = Dose
field-vaccination-dose-help = Which dose of the same vaccine it was. The time of the next one depends on it.
field-vaccination-given-on = Given on
field-vaccination-given-on-help = The day of the vaccination.
value-vaccination-vaccine-five-in-one = Five-in-one (DPT-IPV-Hib)
value-vaccination-vaccine-pneumococcal = Pneumococcal (children)
value-vaccination-vaccine-bcg = BCG (tuberculosis)
value-vaccination-vaccine-measles-rubella = Measles and rubella
value-vaccination-vaccine-chickenpox = Chickenpox
value-vaccination-vaccine-japanese-encephalitis = Japanese encephalitis

## Health check-up

kind-health-checkup = Health check-ups
kind-health-checkup-about = Check-ups of small children by the municipality, with height and weight on that day.
field-health-checkup-checkup = Check-up
field-health-checkup-checkup-help = At which age the check-up is held.
field-health-checkup-held-on = Held on
field-health-checkup-held-on-help = The day of the check-up.
field-health-checkup-height = Height
field-health-checkup-height-help = Height on the day of the check-up.
field-health-checkup-weight = Weight
field-health-checkup-weight-help = Weight on the day of the check-up.
value-health-checkup-checkup-four-months = Check-up at 4 months
value-health-checkup-checkup-eighteen-months = Check-up at 1 year and 6 months
value-health-checkup-checkup-three-years = Check-up at 3 years

## Child allowance

kind-child-allowance = Child allowance
kind-child-allowance-about = The allowance for people who bring up children.
field-child-allowance-children = Children counted
field-child-allowance-children-help = The children you receive the allowance for, up to the 31 March after they turn 18.
field-child-allowance-monthly-amount = Amount a month
field-child-allowance-monthly-amount-help = The amount for one month. It is usually paid every second month.
field-child-allowance-paid-since = Paid since
field-child-allowance-paid-since-help = The day this municipality began to pay the allowance.

## Long-term care insurance

kind-long-term-care = Long-term care insurance
kind-long-term-care-about = How much care you need by the official decision, and your share of the cost.
field-long-term-care-care-level = Care level
field-long-term-care-care-level-help = How much care is needed, from 1 to 5. The higher the number, the more services you can use.
field-long-term-care-certified-from = Valid from
field-long-term-care-certified-from-help = From this day you can use the services of long-term care insurance.
field-long-term-care-certified-until = Valid until
field-long-term-care-certified-until-help = To go on using the services after this day, apply for renewal before it.
field-long-term-care-burden = Your share of the cost
field-long-term-care-burden-help = The part of the price that you pay yourself.
value-long-term-care-care-level-1 = Care level 1
value-long-term-care-care-level-2 = Care level 2
value-long-term-care-care-level-3 = Care level 3
value-long-term-care-care-level-4 = Care level 4
value-long-term-care-care-level-5 = Care level 5

## National Health Insurance

kind-nhi = National Health Insurance
kind-nhi-about = The health insurance of people who are not insured through work: since when, and the premium.
field-nhi-covered-since = Enrolled since
field-nhi-covered-since-help = The day you joined the National Health Insurance of this municipality.
field-nhi-annual-premium = Premium for the year
field-nhi-annual-premium-help = What you pay for one fiscal year, after any reduction.
field-nhi-reduction = Reduction
field-nhi-reduction-help = By how much the flat parts of the premium are lowered for households with low income. 0% means no reduction.

## Disability certificate

kind-disability-certificate = Disability certificate
kind-disability-certificate-about = The type and grade of the disability certificate that you hold.
field-disability-certificate-certificate-kind = Type of certificate
field-disability-certificate-certificate-kind-help = There are certificates for physical, intellectual and mental disabilities.
field-disability-certificate-grade = Grade
field-disability-certificate-grade-help = How severe the disability is: the smaller the number, the more severe. The support you can use depends on it.
field-disability-certificate-issued-on = Issued on
field-disability-certificate-issued-on-help = The day the certificate was handed over.
value-disability-certificate-certificate-kind-physical = Physical disability certificate

## Property tax

kind-property-tax = Property tax
kind-property-tax-about = The assessed value of land and buildings that you own, and the tax on them.
field-property-tax-assessed-land = Assessed value of land
field-property-tax-assessed-land-help = The value that the municipality has set for working out the tax. It is not the market price.
field-property-tax-assessed-building = Assessed value of buildings
field-property-tax-assessed-building-help = The value that the municipality has set for working out the tax.
field-property-tax-annual-levy = Tax for the year
field-property-tax-annual-levy-help = The property tax of this fiscal year. It can usually be paid in four parts.

## Scholarship

kind-scholarship = Scholarship
kind-scholarship-about = Scholarships that you receive or have borrowed for your studies.
field-scholarship-scholarship-kind = Type of scholarship
field-scholarship-scholarship-kind-help = There are grants, which you need not pay back, loans without interest (type 1) and loans with interest (type 2).
field-scholarship-monthly-amount = Amount a month
field-scholarship-monthly-amount-help = What you receive each month.
field-scholarship-granted-from = From
field-scholarship-granted-from-help = The day you began to receive it.
field-scholarship-granted-until = Until
field-scholarship-granted-until-help = The last day on which you are to receive it.
field-scholarship-balance = Balance of the loan
field-scholarship-balance-help = What you have borrowed and still have to pay back.
value-scholarship-scholarship-kind-second = Type 2 (loan with interest)

## Reports of mistakes

kind-correction-report = Answers to your reports of mistakes
kind-correction-report-about = What you reported as wrong, and what this institution answered. The newest 20 are shown.
field-correction-report-receipt-number = Receipt number
field-correction-report-receipt-number-help = Give this number when you talk to this institution.
field-correction-report-reported-on = Reported on
field-correction-report-reported-on-help = The day on which your report reached this institution.
field-correction-report-about = About
field-correction-report-about-help = The information that you think is wrong.
field-correction-report-words = What you wrote
field-correction-report-words-help = The text that you sent.
field-correction-report-state = State
field-correction-report-state-help = When the institution has looked into it, the result stands here.
value-correction-report-state-received = Received
value-correction-report-state-taken-up = Being looked into
value-correction-report-state-corrected = Corrected
value-correction-report-state-no-mistake = No mistake was found
field-correction-report-answer = The institution’s answer
field-correction-report-answer-help = Written by an officer of the institution.
field-correction-report-answered-on = Answered on
field-correction-report-answered-on-help = The day on which the institution gave this answer.
