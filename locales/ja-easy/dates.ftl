### Names of days, months and eras; lengths of time.

date-weekday-1 = 月曜日
date-weekday-2 = 火曜日
date-weekday-3 = 水曜日
date-weekday-4 = 木曜日
date-weekday-5 = 金曜日
date-weekday-6 = 土曜日
date-weekday-7 = 日曜日

date-month-1 = 1月
date-month-2 = 2月
date-month-3 = 3月
date-month-4 = 4月
date-month-5 = 5月
date-month-6 = 6月
date-month-7 = 7月
date-month-8 = 8月
date-month-9 = 9月
date-month-10 = 10月
date-month-11 = 11月
date-month-12 = 12月

date-era-meiji = 明治
date-era-taisho = 大正
date-era-showa = 昭和
date-era-heisei = 平成
date-era-reiwa = 令和

duration-days = { $count }日
duration-hours = { $count }時間
duration-minutes = { $count }分
duration-seconds = { $count }秒
