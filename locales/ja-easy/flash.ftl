# What a form left for the next page; refusals are worded as errors.
flash-registered = 利用者フォルダを作りました
flash-registered-next = これからは、カードと数字4つの暗証番号でログインできます。
flash-report-sent = { $institution }に 知らせました（受付番号 { $number }）
flash-report-sent-next = 返事は、次に「わたしの情報」を もらうときに 読めます。受付番号も そこで 見られます。
