signed-out-title = ログアウトしました
signed-out-lead = この端末に、あなたの情報は残っていません。
signed-out-ended-title = 自動的にログアウトしました
signed-out-ended-lead = 安全のためです。{ $idle }のあいだ操作がないとき、ログインから{ $absolute }たったとき、共用の端末でカードを抜いたときに、ログアウトします。この端末に、あなたの情報は残っていません。
signed-out-records = アクセス記録は、情報連携基盤にそのまま残っています。ログインすると、また見られます。
signed-out-card-reminder = カードをカードリーダーに入れたままにしないでください。
signed-out-again = もう一度ログインする
signed-out-top = トップへ戻る
