### わたしの情報のことば 第1版（やさしい日本語）

## 所得

kind-income = 所得（もらったお金）と所得税
kind-income-about = 1年にもらったお金と、国にはらう税金です。
field-income-total-income = 総所得金額（もらったお金の合計）
field-income-total-income-help = 1年にもらったお金から、かかったお金をひいた数です。税金や保険のお金を、この数で決めます。
field-income-employment-income = 給与の収入金額（会社からもらったお金）
field-income-employment-income-help = 1年に会社からもらったお金です。税金をひく前の数です。
field-income-social-insurance-deduction = 社会保険料控除（保険にはらったお金）
field-income-social-insurance-deduction-help = 1年に健康保険や年金にはらったお金です。この分に、所得税はかかりません。
field-income-dependants = 扶養親族の数（たすけている家族の人数）
field-income-dependants-help = あなたのお金で生活している家族の人数です。多いと、税金が安くなります。
field-income-income-tax = 所得税額（国の税金）
field-income-income-tax-help = この年の分として、国にはらう税金です。

## 個人住民税

kind-local-tax = 個人住民税（市や県の税金）
kind-local-tax-about = 市や県にはらう税金です。前の年にもらったお金で決まります。
field-local-tax-total-income = 総所得金額（もらったお金の合計）
field-local-tax-total-income-help = 前の年のお金から、かかったお金をひいた数です。保険のお金も、この数で決めます。
field-local-tax-taxable-standard = 課税標準額（税金がかかるお金）
field-local-tax-taxable-standard-help = 総所得金額から、保険や家族の分をひいた数です。この数で、所得割を計算します。
field-local-tax-income-based-levy = 所得割（お金の多さで決まる税金）
field-local-tax-income-based-levy-help = 課税標準額の、だいたい10％です。
field-local-tax-per-capita-levy = 均等割（みんな同じ税金）
field-local-tax-per-capita-levy-help = 住民税をはらう人が、みんな同じだけはらうお金です。
field-local-tax-levy-status = 課税の区分（税金があるか、ないか）
field-local-tax-levy-status-help = 「非課税」の人は、税金がありません。保険などのお金も安くなることがあります。
value-local-tax-levy-status-taxed = 課税（税金があります）
value-local-tax-levy-status-exempt = 非課税（税金はありません）

## 住民票

kind-resident-record = 住民票（住所の記録）
kind-resident-record-about = 市や町が持っている、あなたの住所の記録です。
field-resident-record-name = 名前
field-resident-record-name-help = 住民票に書いてある名前です。
field-resident-record-address = 住所
field-resident-record-address-help = 住民票に書いてある住所です。ひっこしたら、14日以内に市役所で手続きをします。
field-resident-record-birth-date = 生まれた日
field-resident-record-birth-date-help = 住民票に書いてある、生まれた日です。
field-resident-record-relation-to-head = 世帯主との続柄（家族の中の関係）
field-resident-record-relation-to-head-help = 世帯主（家族の代表の人）から見た、あなたとの関係です。
field-resident-record-household-members = 世帯の人数
field-resident-record-household-members-help = いっしょに届けを出した家族の人数です。あなたも入ります。
field-resident-record-resident-since = 住みはじめた日
field-resident-record-resident-since-help = この市や町に住みはじめた日です。
value-resident-record-relation-to-head-head = 世帯主（家族の代表の人）
value-resident-record-relation-to-head-wife = 妻
value-resident-record-relation-to-head-husband = 夫
value-resident-record-relation-to-head-child = 子ども
value-resident-record-relation-to-head-mother = 母
value-resident-record-relation-to-head-father = 父

## 年金の加入

kind-pension-coverage = 年金に入った記録
kind-pension-coverage-about = 年金に入った日と、お金をはらった月の数です。
field-pension-coverage-insured-category = 被保険者の種別（入っている人の種類）
field-pension-coverage-insured-category-help = 第1号は、自分の店の人や学生などです。第2号は、会社などで働く人です。第3号は、第2号の人の妻や夫です。
field-pension-coverage-covered-since = 年金に入った日
field-pension-coverage-covered-since-help = この日から、年金の月を数えます。
field-pension-coverage-contribution-months = お金をはらった月の数
field-pension-coverage-contribution-months-help = 年金のお金をはらった月の数です。免除の月とたして120か月あると、年金をもらえます。
field-pension-coverage-exempted-months = 免除・猶予の月の数
field-pension-coverage-exempted-months-help = お金をはらわなくてよかった月の数です。10年以内は、あとからはらえます。
value-pension-coverage-insured-category-first = 第1号被保険者（自分の店の人や学生など）
value-pension-coverage-insured-category-second = 第2号被保険者（会社などで働く人）
value-pension-coverage-insured-category-third = 第3号被保険者（第2号の人の妻や夫）
value-pension-coverage-insured-category-completed = 入る期間が終わりました

## 年金の受け取り

kind-pension-benefit = 年金のお金
kind-pension-benefit-about = もらっている年金の種類と、お金の数です。
field-pension-benefit-pension-kind = 年金の種類
field-pension-benefit-pension-kind-help = 年をとった人の年金や、障害がある人の年金などがあります。
field-pension-benefit-annual-amount = 1年の年金のお金
field-pension-benefit-annual-amount-help = 1年分のお金です。2か月に1回、もらいます。
field-pension-benefit-entitled-since = 年金をもらえるようになった日
field-pension-benefit-entitled-since-help = この日から、年金をもらう権利があります。
field-pension-benefit-payment-status = いま、もらっているか
field-pension-benefit-payment-status-help = 年金のお金が続いているか、止まっているかです。
value-pension-benefit-pension-kind-old-age = 老齢基礎年金・厚生年金（年をとった人の年金）
value-pension-benefit-pension-kind-disability = 障害基礎年金（障害がある人の年金）
value-pension-benefit-payment-status-paying = 支給中（もらっています）

## 健康保険の資格

kind-insurance-coverage = 健康保険（病気のときのための保険）
kind-insurance-coverage-about = どの健康保険に、いつから入っているかです。
field-insurance-coverage-insurer = 保険の会社や団体
field-insurance-coverage-insurer-help = あなたの健康保険の仕事をしている団体の名前です。
field-insurance-coverage-insured-status = 資格の区分（入り方）
field-insurance-coverage-insured-status-help = 自分で入った人は「被保険者」です。家族として入った人は「被扶養者」です。
field-insurance-coverage-covered-since = 保険に入った日
field-insurance-coverage-covered-since-help = この健康保険に入った日です。
field-insurance-coverage-standard-monthly-remuneration = 標準報酬月額（1か月の給料のめやす）
field-insurance-coverage-standard-monthly-remuneration-help = 給料から決める、1か月のお金の数です。保険のお金の計算に使います。被扶養者は0円です。
value-insurance-coverage-insurer-kyokai = 全国健康保険協会（協会けんぽ）
value-insurance-coverage-insured-status-insured = 被保険者（自分で入った人）
value-insurance-coverage-insured-status-dependant = 被扶養者（家族として入った人）

## 傷病手当金

kind-injury-allowance = 傷病手当金（病気で休むときのお金）
kind-injury-allowance-about = 病気やけがで仕事を休むときに、健康保険からもらうお金です。
field-injury-allowance-daily-amount = 1日のお金
field-injury-allowance-daily-amount-help = 休んだ1日に、もらうお金です。
field-injury-allowance-days-paid = もらった日の数
field-injury-allowance-days-paid-help = いままでに、もらった日の数です。1年6か月分まで、もらえます。
field-injury-allowance-paid-from = 始まりの日
field-injury-allowance-paid-from-help = もらいはじめた日です。
field-injury-allowance-paid-until = もらった最後の日
field-injury-allowance-paid-until-help = この日の分まで、もらいました。

## 雇用保険

kind-employment-benefit = 雇用保険（仕事がないときの保険）のお金
kind-employment-benefit-about = 仕事をやめて、次の仕事をさがすときにもらうお金です。
field-employment-benefit-entitled-since = もらえると決まった日
field-employment-benefit-entitled-since-help = ハローワークが「もらえます」と決めた日です。
field-employment-benefit-prescribed-days = 所定給付日数（もらえる日の数）
field-employment-benefit-prescribed-days-help = ぜんぶで何日分もらえるかです。
field-employment-benefit-remaining-days = 支給残日数（のこりの日の数）
field-employment-benefit-remaining-days-help = これから、あと何日分もらえるかです。
field-employment-benefit-daily-amount = 基本手当日額（1日のお金）
field-employment-benefit-daily-amount-help = 1日に、もらうお金です。前の給料で決まります。

## 予防接種

kind-vaccination = 予防接種（病気をふせぐ注射）
kind-vaccination-about = どの予防接種を、いつ受けたかです。
field-vaccination-vaccine = ワクチン（注射の薬）の種類
field-vaccination-vaccine-help = どの病気をふせぐための注射かです。
field-vaccination-dose = 何回目か
field-vaccination-dose-help = 同じワクチンの何回目かです。
field-vaccination-given-on = 受けた日
field-vaccination-given-on-help = 注射をした日です。
value-vaccination-vaccine-five-in-one = 五種混合（5つの病気をふせぐワクチン）
value-vaccination-vaccine-pneumococcal = 小児用肺炎球菌
value-vaccination-vaccine-bcg = BCG（結核をふせぐワクチン）
value-vaccination-vaccine-measles-rubella = 麻しん（はしか）風しん混合
value-vaccination-vaccine-chickenpox = 水痘（みずぼうそう）
value-vaccination-vaccine-japanese-encephalitis = 日本脳炎

## 健康診査

kind-health-checkup = 健診（体をしらべること）
kind-health-checkup-about = 子どもの健診の日と、そのときの身長と体重です。
field-health-checkup-checkup = 健診の種類
field-health-checkup-checkup-help = 何歳のときの健診かです。
field-health-checkup-held-on = 健診の日
field-health-checkup-held-on-help = 健診を受けた日です。
field-health-checkup-height = 身長（体の高さ）
field-health-checkup-height-help = 健診の日の身長です。
field-health-checkup-weight = 体重（体の重さ）
field-health-checkup-weight-help = 健診の日の体重です。
value-health-checkup-checkup-four-months = 4か月の子どもの健診
value-health-checkup-checkup-eighteen-months = 1歳6か月の子どもの健診
value-health-checkup-checkup-three-years = 3歳の子どもの健診

## 児童手当

kind-child-allowance = 児童手当（子どもをそだてる人のお金）
kind-child-allowance-about = 子どもをそだてる人が、もらうお金です。
field-child-allowance-children = 子どもの人数
field-child-allowance-children-help = お金をもらえる子どもの人数です。
field-child-allowance-monthly-amount = 1か月のお金
field-child-allowance-monthly-amount-help = 1か月分のお金です。2か月に1回、もらいます。
field-child-allowance-paid-since = 始まりの日
field-child-allowance-paid-since-help = この市や町から、もらいはじめた日です。

## 介護保険

kind-long-term-care = 介護保険（年をとった人をたすける保険）
kind-long-term-care-about = どのくらい手伝いが必要かと、はらうお金の割合です。
field-long-term-care-care-level = 要介護状態区分（手伝いが必要な程度）
field-long-term-care-care-level-help = 要介護1から5まであります。数字が大きい人は、手伝いがたくさん必要です。
field-long-term-care-certified-from = 始まりの日
field-long-term-care-certified-from-help = この日から、サービスを使えます。
field-long-term-care-certified-until = 終わりの日
field-long-term-care-certified-until-help = 続けて使う人は、この日までに、もう一度手続きをします。
field-long-term-care-burden = 自分ではらう割合
field-long-term-care-burden-help = サービスのお金のうち、自分ではらう分です。10％は「1割負担」と同じです。
value-long-term-care-care-level-1 = 要介護1
value-long-term-care-care-level-2 = 要介護2
value-long-term-care-care-level-3 = 要介護3
value-long-term-care-care-level-4 = 要介護4
value-long-term-care-care-level-5 = 要介護5

## 国民健康保険

kind-nhi = 国民健康保険（病気のときのための保険）
kind-nhi-about = 会社の保険に入っていない人の保険です。
field-nhi-covered-since = 保険に入った日
field-nhi-covered-since-help = この市や町の国民健康保険に入った日です。
field-nhi-annual-premium = 1年の保険のお金
field-nhi-annual-premium-help = 1年度にはらうお金です。安くしたあとの数です。
field-nhi-reduction = 軽減（安くした分）の割合
field-nhi-reduction-help = お金が少ない家の保険を、どのくらい安くしたかです。0％は、安くなっていません。

## 障害者手帳

kind-disability-certificate = 障害者手帳
kind-disability-certificate-about = 障害者手帳（障害がある人の手帳）の種類と等級です。
field-disability-certificate-certificate-kind = 手帳の種類
field-disability-certificate-certificate-kind-help = 体の障害の手帳など、3つの種類があります。
field-disability-certificate-grade = 等級（障害の重さ）
field-disability-certificate-grade-help = 数字が小さい人は、障害が重いです。
field-disability-certificate-issued-on = 手帳をもらった日
field-disability-certificate-issued-on-help = 市や県が、手帳をわたした日です。
value-disability-certificate-certificate-kind-physical = 身体障害者手帳（体に障害がある人の手帳）

## 固定資産税

kind-property-tax = 固定資産税（土地や家の税金）
kind-property-tax-about = あなたの土地や家のねだんと、その税金です。
field-property-tax-assessed-land = 土地の評価額（市が決めたねだん）
field-property-tax-assessed-land-help = 税金の計算に使うねだんです。売るときのねだんとは、ちがいます。
field-property-tax-assessed-building = 家の評価額（市が決めたねだん）
field-property-tax-assessed-building-help = 税金の計算に使うねだんです。
field-property-tax-annual-levy = 1年の税金
field-property-tax-annual-levy-help = この年度にはらう固定資産税です。

## 奨学金

kind-scholarship = 奨学金（勉強のためのお金）
kind-scholarship-about = 勉強のために、かりたお金や、もらったお金です。
field-scholarship-scholarship-kind = 奨学金の種類
field-scholarship-scholarship-kind-help = 返さなくてよいものと、返すものがあります。
field-scholarship-monthly-amount = 1か月のお金
field-scholarship-monthly-amount-help = 1か月に受け取るお金です。
field-scholarship-granted-from = 始まりの日
field-scholarship-granted-from-help = 奨学金を受け取りはじめた日です。
field-scholarship-granted-until = 終わりの日
field-scholarship-granted-until-help = 奨学金を受け取る最後の日です。
field-scholarship-balance = 貸与残高（返すお金）
field-scholarship-balance-help = かりていて、これから返すお金です。
value-scholarship-scholarship-kind-second = 第二種奨学金（利子をつけて返すお金）

## まちがいの知らせ

kind-correction-report = 「まちがいがあります」への返事
kind-correction-report-about = あなたが知らせたまちがいと、それへの返事です。新しい20件です。
field-correction-report-receipt-number = 受付番号
field-correction-report-receipt-number-help = 窓口で話すとき、この番号を言ってください。
field-correction-report-reported-on = 知らせた日
field-correction-report-reported-on-help = あなたの知らせが、とどいた日です。
field-correction-report-about = 知らせたところ
field-correction-report-about-help = まちがいだと、あなたが思ったところです。
field-correction-report-words = 書いたこと
field-correction-report-words-help = あなたが書いて送った文です。
field-correction-report-state = いま
field-correction-report-state-help = しらべおわると、ここが変わります。
value-correction-report-state-received = 受け付けました
value-correction-report-state-taken-up = しらべています
value-correction-report-state-corrected = なおしました
value-correction-report-state-no-mistake = まちがいはありませんでした
field-correction-report-answer = 返事
field-correction-report-answer-help = 担当の人が書いた返事です。
field-correction-report-answered-on = 返事の日
field-correction-report-answered-on-help = この返事を書いた日です。
