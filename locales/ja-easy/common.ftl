### どのページでも使うことば、やさしい日本語

common-product-name = マイ・ポータル
common-product-about = だれが自分の情報を見たか、たしかめるサービスです。
common-title = { $page }｜マイ・ポータル

common-button-login = ログインする
common-button-logout = ログアウトする
common-button-register = 利用者登録（はじめての登録）をする
common-button-continue = つづけて使う
common-button-next = つぎに進む
common-button-back = 前の画面にもどる
common-button-stop = やめる
common-button-retry = もう一度きく
common-button-again = はじめから、する
common-button-download = 書類をダウンロードする（ファイルでもらう）
common-button-print = 紙に印刷する
common-button-close = とじる

common-coming-soon = じゅんび中
common-coming-soon-about = これは、じゅんび中です。できたら、ここから使えます。
common-reference-number = 受付番号（うけつけばんごう）
common-reference-number-value = 受付番号 { $number }
common-required = かならず書く
common-optional = 書かなくてもいい
common-count-records = { $count }件
common-value-unknown = （わかりません）

record-newer-sentence = { $when }。記録があります。新しい形の記録なので、この画面では読めません。
record-newer-field = この画面では、見られません
record-newer-basis = きまり（法律）：この画面では、見られません
record-newer-explanation = この記録は、新しいきまりで作りました。まちがえないように、内容を見せていません。
record-newer-next = 記録は、なくなりません。画面が新しくなると、読めます。
record-newer-contact = マイ・ポータルのまどぐち
