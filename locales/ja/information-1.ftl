### わたしの情報のことば 第1版：情報の種類、項目、決まったことばの値。出したことばは変えない。変えるときは第2版を作る。
### kind-…：表の名前と説明。field-…：項目の名前と説明（-help）。value-…：機関から届くことばと、その言いかえ。

## 所得

kind-income = 所得と所得税
kind-income-about = 1年間の所得の金額と、国に納める所得税です。
field-income-total-income = 総所得金額
field-income-total-income-help = 1年間の収入から必要経費などを引いた金額の合計です。税金、保険料、手当の多くは、この金額をもとに決まります。
field-income-employment-income = 給与の収入金額
field-income-employment-income-help = 会社などから受け取った給与と賞与の、1年間の合計です。税金や保険料を引く前の金額です。
field-income-social-insurance-deduction = 社会保険料控除
field-income-social-insurance-deduction-help = 1年間に納めた健康保険料や年金保険料などの合計です。この分には所得税がかかりません。
field-income-dependants = 扶養親族の数
field-income-dependants-help = あなたが生活を支えている家族として申告した人の数です。人数が多いと、税金が軽くなります。
field-income-income-tax = 所得税額
field-income-income-tax-help = この年の所得について国に納める税金です。

## 個人住民税

kind-local-tax = 個人住民税
kind-local-tax-about = 都道府県と市区町村に納める住民税と、そのもとになった前の年の所得です。
field-local-tax-total-income = 総所得金額
field-local-tax-total-income-help = 前の年の収入から必要経費などを引いた金額の合計です。保険料や手当を決めるときにも使います。
field-local-tax-taxable-standard = 課税標準額
field-local-tax-taxable-standard-help = 総所得金額から、社会保険料控除や扶養控除などを引いた金額です。これに税率をかけて、所得割を計算します。
field-local-tax-income-based-levy = 所得割
field-local-tax-income-based-levy-help = 所得に応じて納める部分です。課税標準額のおよそ10％です。
field-local-tax-per-capita-levy = 均等割
field-local-tax-per-capita-levy-help = 住民税がかかる人が、所得の大きさにかかわらず同じ額を納める部分です。
field-local-tax-levy-status = 課税の区分
field-local-tax-levy-status-help = 住民税がかかるかどうかです。「非課税」のときは、保険料や医療費の負担が軽くなることがあります。
value-local-tax-levy-status-taxed = 課税
value-local-tax-levy-status-exempt = 非課税

## 住民票

kind-resident-record = 住民票
kind-resident-record-about = お住まいの市区町村の住民票に書かれていることです。
field-resident-record-name = 氏名
field-resident-record-name-help = 住民票に書かれている氏名です。
field-resident-record-address = 住所
field-resident-record-address-help = 住民票に書かれている住所です。引っ越したときは、14日以内に市区町村へ届け出ます。
field-resident-record-birth-date = 生年月日
field-resident-record-birth-date-help = 住民票に書かれている生まれた日です。年金や手当の年齢は、この日から数えます。
field-resident-record-relation-to-head = 世帯主との続柄
field-resident-record-relation-to-head-help = 世帯主（世帯を代表する人）から見た、あなたとの間柄です。
field-resident-record-household-members = 世帯の人数
field-resident-record-household-members-help = 同じ世帯として届け出ている人の数です。あなたも数に入ります。
field-resident-record-resident-since = 住民となった年月日
field-resident-record-resident-since-help = この市区町村に住み始めた日です。手当や保険の資格は、この日をもとに決まることがあります。
value-resident-record-relation-to-head-head = 世帯主
value-resident-record-relation-to-head-wife = 妻
value-resident-record-relation-to-head-husband = 夫
value-resident-record-relation-to-head-child = 子
value-resident-record-relation-to-head-mother = 母
value-resident-record-relation-to-head-father = 父

## 年金の加入

kind-pension-coverage = 年金の加入記録
kind-pension-coverage-about = 国民年金や厚生年金に入った日と、保険料を納めた月数です。
field-pension-coverage-insured-category = 被保険者の種別
field-pension-coverage-insured-category-help = 自営業や学生などは第1号、会社員や公務員は第2号、第2号の人が扶養する配偶者は第3号です。
field-pension-coverage-covered-since = 資格取得年月日
field-pension-coverage-covered-since-help = 年金に入った日です。加入の期間は、この日から数えます。
field-pension-coverage-contribution-months = 納付済月数
field-pension-coverage-contribution-months-help = 保険料を納めた月の数です。免除などの月と合わせて120か月あると、老齢年金を受け取れます。
field-pension-coverage-exempted-months = 免除・猶予の月数
field-pension-coverage-exempted-months-help = 保険料の免除や、納める時期の先のばし（猶予）を受けた月の数です。10年以内の分は、あとから納められます。
value-pension-coverage-insured-category-first = 第1号被保険者
value-pension-coverage-insured-category-second = 第2号被保険者
value-pension-coverage-insured-category-third = 第3号被保険者
value-pension-coverage-insured-category-completed = 被保険者期間満了

## 年金の受け取り

kind-pension-benefit = 年金の受け取り
kind-pension-benefit-about = 受け取っている年金の種類と金額です。
field-pension-benefit-pension-kind = 年金の種類
field-pension-benefit-pension-kind-help = 年をとったときの老齢年金、障害があるときの障害年金、家族を亡くしたときの遺族年金があります。
field-pension-benefit-annual-amount = 年金額（年額）
field-pension-benefit-annual-amount-help = 1年分の金額です。ふつう、偶数の月に2か月分ずつ受け取ります。
field-pension-benefit-entitled-since = 受給権を得た日
field-pension-benefit-entitled-since-help = 年金を受け取る権利ができた日です。
field-pension-benefit-payment-status = 支給の状況
field-pension-benefit-payment-status-help = 年金の支払いが続いているか、止まっているかです。
value-pension-benefit-pension-kind-old-age = 老齢基礎年金・厚生年金
value-pension-benefit-pension-kind-disability = 障害基礎年金
value-pension-benefit-payment-status-paying = 支給中

## 健康保険の資格

kind-insurance-coverage = 健康保険の資格
kind-insurance-coverage-about = 入っている健康保険と、入った日です。
field-insurance-coverage-insurer = 保険者名
field-insurance-coverage-insurer-help = 健康保険を運営している機関の名前です。
field-insurance-coverage-insured-status = 資格の区分
field-insurance-coverage-insured-status-help = 自分の仕事で入っている人は「被保険者」、家族として入っている人は「被扶養者」です。
field-insurance-coverage-covered-since = 資格取得年月日
field-insurance-coverage-covered-since-help = この健康保険に入った日です。
field-insurance-coverage-standard-monthly-remuneration = 標準報酬月額
field-insurance-coverage-standard-monthly-remuneration-help = 給与を一定の幅で区切って決めた、1か月の金額です。保険料や傷病手当金の計算に使います。家族として入っている人は0円です。
value-insurance-coverage-insurer-kyokai = 全国健康保険協会
value-insurance-coverage-insured-status-insured = 被保険者
value-insurance-coverage-insured-status-dependant = 被扶養者

## 傷病手当金

kind-injury-allowance = 傷病手当金
kind-injury-allowance-about = 病気やけがで仕事を休むあいだに、健康保険から受け取るお金です。
field-injury-allowance-daily-amount = 1日あたりの支給額
field-injury-allowance-daily-amount-help = 休んだ1日について受け取る金額です。給与の1日分のおよそ3分の2です。
field-injury-allowance-days-paid = 支給した日数
field-injury-allowance-days-paid-help = これまでに受け取った日数です。始まりの日から通算で1年6か月分まで受け取れます。
field-injury-allowance-paid-from = 支給開始日
field-injury-allowance-paid-from-help = 支給の最初の日です。
field-injury-allowance-paid-until = 支給済みの最後の日
field-injury-allowance-paid-until-help = この日の分までを支給しています。

## 雇用保険

kind-employment-benefit = 雇用保険の給付
kind-employment-benefit-about = 仕事をやめて次の仕事を探すあいだに受け取るお金（基本手当）です。
field-employment-benefit-entitled-since = 受給資格の決定日
field-employment-benefit-entitled-since-help = 基本手当を受け取れると、ハローワークが決めた日です。
field-employment-benefit-prescribed-days = 所定給付日数
field-employment-benefit-prescribed-days-help = 基本手当を受け取れる日数の上限です。年齢や、雇用保険に入っていた期間などで決まります。
field-employment-benefit-remaining-days = 支給残日数
field-employment-benefit-remaining-days-help = これから受け取れる、残りの日数です。
field-employment-benefit-daily-amount = 基本手当日額
field-employment-benefit-daily-amount-help = 1日あたりに受け取る金額です。やめる前の給与をもとに決まります。

## 予防接種

kind-vaccination = 予防接種
kind-vaccination-about = 受けた予防接種の種類と日です。
field-vaccination-vaccine = ワクチンの種類
field-vaccination-vaccine-help = どの病気を防ぐための予防接種かを表します。
field-vaccination-dose = 何回目か
field-vaccination-dose-help = 同じワクチンの、何回目の接種かです。次の接種の時期を決めるときに使います。
field-vaccination-given-on = 接種年月日
field-vaccination-given-on-help = 接種を受けた日です。
value-vaccination-vaccine-five-in-one = 五種混合
value-vaccination-vaccine-pneumococcal = 小児用肺炎球菌
value-vaccination-vaccine-bcg = BCG
value-vaccination-vaccine-measles-rubella = 麻しん風しん混合
value-vaccination-vaccine-chickenpox = 水痘
value-vaccination-vaccine-japanese-encephalitis = 日本脳炎

## 健康診査

kind-health-checkup = 健康診査
kind-health-checkup-about = 市区町村が行う乳幼児の健康診査（健診）の日と、そのときの身長と体重です。
field-health-checkup-checkup = 健診の種類
field-health-checkup-checkup-help = どの年齢で受ける健診かを表します。
field-health-checkup-held-on = 受診日
field-health-checkup-held-on-help = 健診を受けた日です。
field-health-checkup-height = 身長
field-health-checkup-height-help = 健診の日に測った身長です。
field-health-checkup-weight = 体重
field-health-checkup-weight-help = 健診の日に測った体重です。
value-health-checkup-checkup-four-months = 4か月児健診
value-health-checkup-checkup-eighteen-months = 1歳6か月児健診
value-health-checkup-checkup-three-years = 3歳児健診

## 児童手当

kind-child-allowance = 児童手当
kind-child-allowance-about = 子どもを育てている人が受け取る手当です。
field-child-allowance-children = 対象の児童の数
field-child-allowance-children-help = 手当の対象になっている子どもの数です。18歳になったあとの最初の3月31日までの子どもを数えます。
field-child-allowance-monthly-amount = 手当の月額
field-child-allowance-monthly-amount-help = 1か月分の金額です。ふつう、偶数の月に2か月分ずつ受け取ります。
field-child-allowance-paid-since = 支給の始まりの日
field-child-allowance-paid-since-help = この市区町村が手当を支給し始めた日です。

## 介護保険

kind-long-term-care = 介護保険
kind-long-term-care-about = 介護がどのくらい必要かの認定と、サービスを使うときの負担の割合です。
field-long-term-care-care-level = 要介護状態区分
field-long-term-care-care-level-help = 介護が必要な程度です。要介護1から5まであり、数字が大きいほど、使えるサービスの量が多くなります。
field-long-term-care-certified-from = 認定の有効期間の初日
field-long-term-care-certified-from-help = この日から、介護保険のサービスを使えます。
field-long-term-care-certified-until = 認定の有効期間の末日
field-long-term-care-certified-until-help = この日を過ぎても続けて使うには、その前に更新の申請が必要です。
field-long-term-care-burden = 利用者負担の割合
field-long-term-care-burden-help = サービスの料金のうち、自分で払う割合です。10％は「1割負担」のことです。
value-long-term-care-care-level-1 = 要介護1
value-long-term-care-care-level-2 = 要介護2
value-long-term-care-care-level-3 = 要介護3
value-long-term-care-care-level-4 = 要介護4
value-long-term-care-care-level-5 = 要介護5

## 国民健康保険

kind-nhi = 国民健康保険
kind-nhi-about = 職場の健康保険に入っていない人の健康保険に、入った日と保険料です。
field-nhi-covered-since = 資格取得年月日
field-nhi-covered-since-help = この市区町村の国民健康保険に入った日です。
field-nhi-annual-premium = 年間の保険料
field-nhi-annual-premium-help = 1年度に納める保険料です。軽減をしたあとの金額です。
field-nhi-reduction = 軽減の割合
field-nhi-reduction-help = 所得の低い世帯の保険料（均等割など）を軽くした割合です。70％は「7割軽減」のことで、0％は軽減がないことを表します。

## 障害者手帳

kind-disability-certificate = 障害者手帳
kind-disability-certificate-about = 持っている障害者手帳の種類と等級です。
field-disability-certificate-certificate-kind = 手帳の種類
field-disability-certificate-certificate-kind-help = 身体障害者手帳、療育手帳、精神障害者保健福祉手帳があります。
field-disability-certificate-grade = 等級
field-disability-certificate-grade-help = 障害の程度です。数字が小さいほど程度が重いことを表し、使える制度が変わります。
field-disability-certificate-issued-on = 交付年月日
field-disability-certificate-issued-on-help = 手帳を受け取った日です。
value-disability-certificate-certificate-kind-physical = 身体障害者手帳

## 固定資産税

kind-property-tax = 固定資産税
kind-property-tax-about = 持っている土地や家屋の評価額と、それにかかる税金です。
field-property-tax-assessed-land = 土地の評価額
field-property-tax-assessed-land-help = 市区町村が決めた土地の値段です。税金を計算するもとになります。売り買いの値段とは違います。
field-property-tax-assessed-building = 家屋の評価額
field-property-tax-assessed-building-help = 市区町村が決めた建物の値段です。税金を計算するもとになります。
field-property-tax-annual-levy = 年税額
field-property-tax-annual-levy-help = この年度に納める固定資産税です。ふつう、4回に分けて納められます。

## 奨学金

kind-scholarship = 奨学金
kind-scholarship-about = 学ぶために借りている、または支給を受けている奨学金です。
field-scholarship-scholarship-kind = 奨学金の種類
field-scholarship-scholarship-kind-help = 返さなくてよい給付奨学金、利子のない第一種奨学金、利子のある第二種奨学金があります。
field-scholarship-monthly-amount = 月額
field-scholarship-monthly-amount-help = 1か月に受け取る金額です。
field-scholarship-granted-from = 始まりの日
field-scholarship-granted-from-help = 奨学金を受け取り始めた日です。
field-scholarship-granted-until = 終わりの日
field-scholarship-granted-until-help = 奨学金を受け取る予定の最後の日です。
field-scholarship-balance = 貸与残高
field-scholarship-balance-help = 借りていて、これから返す金額です。
value-scholarship-scholarship-kind-second = 第二種奨学金

## まちがいの知らせ

kind-correction-report = まちがいの知らせへの答え
kind-correction-report-about = あなたが「まちがいを知らせる」で知らせたことと、それへの機関の答えです。新しいものから20件までです。
field-correction-report-receipt-number = 受付番号
field-correction-report-receipt-number-help = この機関の窓口で話すときに伝える番号です。
field-correction-report-reported-on = 知らせた日
field-correction-report-reported-on-help = あなたの知らせが、この機関に届いた日です。
field-correction-report-about = 知らせた項目
field-correction-report-about-help = まちがっていると、あなたが思った情報です。
field-correction-report-words = 書いたこと
field-correction-report-words-help = あなたが書いて送った文です。
field-correction-report-state = いまの状態
field-correction-report-state-help = 機関が調べ終わると、ここに結果が出ます。
value-correction-report-state-received = 受け付けました
value-correction-report-state-taken-up = 調べています
value-correction-report-state-corrected = なおしました
value-correction-report-state-no-mistake = まちがいは見つかりませんでした
field-correction-report-answer = 機関からの答え
field-correction-report-answer-help = 機関の担当者が書いた答えです。
field-correction-report-answered-on = 答えた日
field-correction-report-answered-on-help = 機関がこの答えを出した日です。
