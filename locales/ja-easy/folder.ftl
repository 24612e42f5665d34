# フォルダを止める・閉じる
folder-title = フォルダを とめる・なくす
folder-suspend = しばらく とめる
folder-suspend-what = ログインが できなくなります。情報も もらえません。いまの ログインは 終わります。読んだお知らせは 消えます。
folder-suspend-keeps = ログインの記録は、残ります。
folder-suspend-resume = また使うときは、もう一度、利用者登録を してください。同じフォルダが 開きます。
folder-suspend-do = フォルダを とめる
folder-close = フォルダを なくす
folder-close-what = フォルダと、ログインの記録と、お知らせと、知らせる所を 消します。残したお知らせも 消えます。もとに 戻せません。
folder-close-stays = アクセス記録は 消えません。役所などの 情報も 変わりません。
folder-close-again = また使うときは、利用者登録を してください。新しいフォルダが できます。
folder-close-save = なくす前に、わたしの情報を 保存する
folder-close-understood = 消えることが わかりました
folder-close-understood-support = なくすときは、ここに しるしを つけてください。
folder-close-do = フォルダを なくす
