# フォルダを止める・閉じる
folder-title = フォルダを止める・閉じる
folder-suspend = しばらく止める
folder-suspend-what = ログインできなくなり、情報も取り寄せられなくなります。いまのログインは終わり、読んだお知らせは消えます。
folder-suspend-keeps = ログインの履歴などは、そのまま残ります。
folder-suspend-resume = 再開するときは、もう一度、利用者登録をしてください。同じフォルダが開きます。
folder-suspend-do = フォルダを止める
folder-close = フォルダを閉じる
folder-close-what = フォルダと、ログインの履歴、証明書の登録、お知らせ、保管したお知らせ、知らせ先を消します。元に戻せません。
folder-close-stays = アクセス記録は情報連携基盤に残ります。機関が持つ情報も変わりません。
folder-close-again = また使いたくなったら、利用者登録をすると、新しいフォルダが開きます。
folder-close-save = 閉じる前に、わたしの情報を取り寄せて保存する
folder-close-understood = 消えることを確かめました
folder-close-understood-support = 閉じるときは、ここに印を付けてください。
folder-close-do = フォルダを閉じる
