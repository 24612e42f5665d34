# What a form left for the next page; refusals are worded as errors.
flash-registered = 利用者フォルダを作りました
flash-registered-next = これからは、カードと数字4つの暗証番号でログインできます。
flash-report-sent = { $institution }に 知らせました（受付番号 { $number }）
flash-report-sent-next = 返事は、次に「わたしの情報」を もらうときに 読めます。受付番号も そこで 見られます。
flash-notices-read = お知らせ{ $count }件を 読んだことに しました
flash-notices-unread = お知らせ{ $count }件を 読んでいないことに しました
flash-notices-archive = お知らせ{ $count }件を わきに置きました
flash-notices-bin = お知らせ{ $count }件を ごみ箱に入れました
flash-notices-restore = お知らせ{ $count }件を もとに戻しました
flash-notices-bin-next = ログアウトすると 消えます。「ごみ箱」で もとに戻せます。
flash-notices-archive-next = 「わきに置いたもの」で 見られます。読んだものは、ログアウトすると 消えます。
flash-notice-states-given = これから、開いたことを 教えます
flash-notice-states-withheld = 教えるのを やめました
flash-notice-replied = { $institution }に 答えを送りました
flash-notice-replied-next = { $institution }が 受けとると、読みます。
