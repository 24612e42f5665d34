signed-out-title = ログアウトしました
signed-out-lead = ここに、あなたの情報は残っていません。
signed-out-ended-title = ログアウトになりました
signed-out-ended-lead = 安全のためです。{ $idle }なにもしないとき、{ $absolute }たったとき、ログアウトします。ほかの人も使うパソコンでは、カードを抜いたときもです。情報は、残っていません。
signed-out-records = アクセス記録は、なくなりません。ログインすると、また見られます。
signed-out-card-reminder = カードを、忘れないでください。
signed-out-again = もう一度ログインする
signed-out-top = はじめのページに戻る
