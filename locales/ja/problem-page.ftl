# Pages that say that something did not work; what happened is said by the error's own words.
problem-page-reference = 受付番号
problem-page-reference-about = 問い合わせるときは、この番号を伝えてください。あなたがだれかは、この番号ではわかりません。
problem-page-top = トップへ戻る
problem-page-home = ホームへ戻る
problem-page-login = ログインする
problem-page-help = 使い方を見る
problem-page-title = うまくいきませんでした
problem-page-what = この操作は終わっていません。フォルダの中身は変わっていません。
problem-page-next = もう一度ためしてください。続くときは、受付番号を伝えてください。
problem-page-missing = いま表示できないもの
