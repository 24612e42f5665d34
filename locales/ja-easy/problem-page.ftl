# Pages that say that something did not work; what happened is said by the error's own words.
problem-page-reference = 受付番号
problem-page-reference-about = きくときは、この番号を言ってください。番号では、あなたがだれかわかりません。
problem-page-top = はじめのページに戻る
problem-page-home = ホームに戻る
problem-page-login = ログインする
problem-page-help = 使い方を見る
problem-page-title = うまくできませんでした
problem-page-what = まだ終わっていません。フォルダは、そのままです。
problem-page-next = もう一度してください。だめなときは、受付番号を言ってください。
problem-page-missing = いま見られないもの
