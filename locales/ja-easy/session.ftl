# The warning before the idle end.
session-title = もうすぐ、ログアウトになります
session-remaining = あと{ $time }で、ログアウトになります。
session-effect = 画面の情報は消えます。アクセス記録は、なくなりません。
session-extend = 続けて使う
session-logout = ログアウトする
