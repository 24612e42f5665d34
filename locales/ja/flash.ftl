# What a form left for the next page; refusals are worded as errors.
flash-registered = 利用者フォルダを開きました
flash-registered-next = これからは、カードと4けたの暗証番号でログインできます。
flash-report-sent = { $institution }に知らせました（受付番号 { $number }）
flash-report-sent-next = 機関が答えると、「わたしの情報」を次に取り寄せたときに読めます。受付番号も、そこで見られます。
