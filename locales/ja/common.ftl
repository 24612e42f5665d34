### どのページでも使うことば

common-product-name = マイ・ポータル
common-product-about = 自分の情報がだれに使われたかを確かめる、あなたの窓口です。
common-title = { $page }｜マイ・ポータル

common-button-login = ログインする
common-button-logout = ログアウトする
common-button-register = 利用者登録をする
common-button-continue = 続けて使う
common-button-next = 次へ進む
common-button-back = 前の画面へ戻る
common-button-stop = やめる
common-button-retry = もう一度たずねる
common-button-again = はじめからやり直す
common-button-download = 書類をダウンロードする
common-button-print = 印刷する
common-button-close = 閉じる

common-coming-soon = 準備中
common-coming-soon-about = この機能は準備中です。使えるようになったら、ここから開けます。
common-reference-number = 受付番号
common-reference-number-value = 受付番号 { $number }
common-required = 必須
common-optional = 任意
common-count-records = { $count }件
common-value-unknown = （わかりません）

record-newer-sentence = { $when }の記録があります。この画面より新しい形の記録のため、内容を正しく文にできません。
record-newer-field = この画面では表示できません
record-newer-basis = 根拠：この画面では表示できません
record-newer-explanation = この記録は、いまの画面より新しい決まりで作られています。まちがった説明を避けるため、内容を示していません。
record-newer-next = 記録は情報連携基盤にそのまま残っています。画面が新しくなると読めます。
record-newer-contact = マイ・ポータルの問い合わせ窓口
