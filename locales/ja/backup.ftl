backup-made = 控えを { $place } に作りました（{ $kib } KiB、消去の記録 { $entries } 件まで）。預かっている情報とログイン中の状態は入っていません。
backup-restored = { $when } の控えを戻しました。そのあとに変わったことは入っていません。全員がもう一度ログインします。
backup-log-kept = 消去の記録は、新しいもの（{ $entries } 件）をそのまま続けます。
backup-log-retired = 次のログは終わりにしました: { $logs }。起動の前に、新しい名前で鍵を作り（my-portal log-key --new 名前 ファイル）、log.name と log.key_file に書いてください。
