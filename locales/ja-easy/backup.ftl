backup-made = コピーを作りました。場所は、{ $place } です。{ $kib } KiB です。消した記録は、{ $entries }件です。取りよせた情報と、ログインは、入っていません。
backup-restored = { $when } のコピーをもどしました。そのあとのことは、入っていません。みんな、もう一度ログインします。
backup-log-kept = 消した記録は、新しいもの（{ $entries }件）をつづけます。
backup-log-retired = このログは、おわりました: { $logs }。はじめる前に、新しい名前のカギを作ってください。log.name と log.key_file に書いてください。my-portal log-key --new 名前 ファイル
