### わたしの情報：表の見出し、期間、単位

information-caption = { $kind }（{ $period }）
information-caption-era = { $kind }：{ $period }
information-record = { $number }件目

information-year = { $year }年
information-year-era = { $year }年（{ $era }）
information-calendar-year = { $year }年分
information-calendar-year-era = { $year }年分（{ $era }分）
information-fiscal-year = { $year }年度
information-fiscal-year-era = { $year }年度（{ $era }度）
information-month-era = { $month }（{ $era }）
information-range = { $from }から{ $until }まで
information-period-empty = 期間の記入なし

information-amount-jpy = { $count }円
information-amount-person = { $count }人
information-amount-month = { $count }か月
information-amount-day = { $count }日
information-amount-time = { $count }回
information-amount-dose = { $count }回目
information-amount-percent = { $count }％
information-amount-grade = { $count }級
information-amount-mm = { $count }センチ
information-amount-g = { $count }キロ
information-amount-as-it-came = { $value }（単位：{ $unit }）
information-amount-unit-unknown = { $value }（単位の名前の登録がありません）
information-value-empty = （記入がありません）

information-unit-jpy = 円
information-unit-person = 人
information-unit-month = か月
information-unit-day = 日
information-unit-time = 回
information-unit-percent = ％
information-unit-grade = 級
information-unit-mm = ミリメートル
information-unit-g = グラム
information-unit-unknown = 名前の登録がない単位

information-about = { $kind }：{ $field }
information-about-period = { $kind }：{ $field }（{ $period }）

information-unknown-field = 名前の登録がない項目（その{ $number }）
information-unknown-field-help = この画面の辞書に、この項目の名前の登録がありません。機関から届いた値を、そのまま示しています。
information-unknown-kind = 名前の登録がない情報
information-unknown-kind-about = この画面の辞書に、この情報の名前の登録がありません。
information-unknown-kind-note = 機関から届いた値を、そのまま示しています。
information-newer-field = この画面に説明がない項目（その{ $number }）
information-newer-field-help = この項目の説明は、この画面にまだありません。機関から届いた値を、そのまま示しています。
information-newer-note = この情報は、この画面にまだ説明のない決まりで作られています。まちがった説明を避けるため、機関から届いた値をそのまま示しています。
