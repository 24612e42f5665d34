### わたしの情報：表の見出し、期間、単位

information-caption = { $kind }：{ $period }
information-caption-era = { $kind }：{ $period }
information-record = { $number }番目

information-year = { $year }年
information-year-era = { $year }年（{ $era }）
information-calendar-year = { $year }年の分
information-calendar-year-era = { $year }年の分（{ $era }の分）
information-fiscal-year = { $year }年度（{ $year }年4月から）
information-fiscal-year-era = { $year }年度（{ $era }度）
information-month-era = { $month }（{ $era }）
information-range = { $from }から{ $until }まで
information-period-empty = いつの分か、書いてありません

information-amount-jpy = { $count }円
information-amount-person = { $count }人
information-amount-month = { $count }か月
information-amount-day = { $count }日
information-amount-time = { $count }回
information-amount-dose = { $count }回目
information-amount-percent = { $count }％
information-amount-grade = { $count }級
information-amount-mm = { $count }センチ（cm）
information-amount-g = { $count }キロ（kg）
information-amount-as-it-came = { $value }（数える単位：{ $unit }）
information-amount-unit-unknown = { $value }（数える単位の名前がわかりません）
information-value-empty = （書いてありません）

information-unit-jpy = 円
information-unit-person = 人
information-unit-month = か月
information-unit-day = 日
information-unit-time = 回
information-unit-percent = ％
information-unit-grade = 級
information-unit-mm = ミリメートル（mm）
information-unit-g = グラム（g）
information-unit-unknown = 名前がわからない単位

information-about = { $kind }：{ $field }
information-about-period = { $kind }：{ $field }（{ $period }）

information-unknown-field = 名前がわからないもの（{ $number }番目）
information-unknown-field-help = この画面は、このものの名前を知りません。とどいた内容を、そのまま出しています。
information-unknown-kind = 名前がわからない情報
information-unknown-kind-about = この画面は、この情報の名前を知りません。
information-unknown-kind-note = とどいた内容を、そのまま出しています。
information-newer-field = まだ説明がないもの（{ $number }番目）
information-newer-field-help = 説明は、まだありません。とどいた内容を、そのまま出しています。
information-newer-note = この情報の説明は、まだありません。まちがえないように、とどいた内容をそのまま出しています。
