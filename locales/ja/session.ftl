# The warning before the idle end.
session-title = まもなく自動的にログアウトします
session-remaining = あと{ $time }で、安全のため自動的にログアウトします。
session-effect = ログアウトすると、表示中の情報は消えます。アクセス記録はなくなりません。
session-extend = 続けて使う
session-logout = ログアウトする
