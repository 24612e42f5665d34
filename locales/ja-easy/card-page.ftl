# The pages that lead to the card reader.
card-page-how = これからすること
card-page-insert = カードリーダーに、カードを入れます。
card-page-check = 画面を見ます。だれが、なんのために使うか、たしかめます。
card-page-go = カードリーダーの画面に行く
card-page-until = { $when }まで使えます。すぎたら、はじめからできます。
card-page-pin-safe = 暗証番号は、カードリーダーの画面だけに入れます。ここでは、ききません。
card-page-trouble = カードリーダーの画面が出ないとき
card-page-trouble-text = カードリーダーのプログラムが動いていますか。場所は { $origin } です。
card-page-back = やめる
card-page-nothing-title = まだ、始まっていません
card-page-nothing-text = 5分すぎたか、ちがうブラウザーです。もう一度、始めてください。
card-page-again-login = もう一度ログインする
card-page-again-register = もう一度、利用者登録をする
