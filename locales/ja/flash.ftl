# What a form left for the next page; refusals are worded as errors.
flash-registered = 利用者フォルダを開きました
flash-registered-next = これからは、カードと4けたの暗証番号でログインできます。
flash-report-sent = { $institution }に知らせました（受付番号 { $number }）
flash-report-sent-next = 機関が答えると、「わたしの情報」を次に取り寄せたときに読めます。受付番号も、そこで見られます。
flash-notices-read = お知らせ{ $count }件を既読にしました
flash-notices-unread = お知らせ{ $count }件を未読に戻しました
flash-notices-archive = お知らせ{ $count }件をよけました
flash-notices-bin = お知らせ{ $count }件をごみ箱に入れました
flash-notices-restore = お知らせ{ $count }件を受信に戻しました
flash-notices-bin-next = ログアウトすると消えます。「ごみ箱」で元に戻せます。
flash-notices-archive-next = 「よけたもの」で見られます。読んだものは、ログアウトすると消えます。
flash-notice-states-given = これからは、開いたことを差出人に知らせます
flash-notice-states-withheld = 差出人に知らせるのをやめました
flash-notice-replied = { $institution }に回答を送りました
flash-notice-replied-next = { $institution }が受け取ると、読めるようになります。このお知らせに「回答済み」と出ます。
