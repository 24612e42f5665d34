# わたしの情報
own-title = わたしの情報
own-lead = 機関が持っているあなたの情報を、いま取り寄せて見られます。
own-before = 取り寄せると、こうなります
own-before-ask = あなたの情報を持っていることのある機関すべてに、一度に問い合わせます。数秒かかります。
own-before-keep = 届いた情報は、ログインしているあいだだけ、暗号にして置きます。ログアウトすると消します。
own-before-record = 取り寄せたことは、アクセス記録の「自分で見た記録」に残ります。
own-gather = 情報を取り寄せる
own-started = { $when }に、{ $count }件を問い合わせました。
own-filling = 返事が届いた順に、ここに出ます。すべて届くまで、10秒ほどかかることがあります。
own-complete = すべての問い合わせが終わりました。
own-sort = 機関の順に並べる
own-none = あなたに符号が付いている機関は、まだありません。機関が情報連携を始めると、ここで見られます。
own-list = 届いた情報
own-answered = { $institution }が答えました（{ $when }）。署名を確かめてあります。
own-field = 項目
own-value = 内容
own-waiting = 返事を待っています
own-waiting-text = { $institution }に「{ $kind }」を問い合わせています。
own-nothing = 情報がないと答えた機関
own-nothing-text = { $institution }：「{ $kind }」の情報は持っていません。
own-failed = 見られなかった情報
own-failed-title = { $institution }の「{ $kind }」を見られませんでした
own-failed-late = 時間内に返事がありませんでした。機関が混み合っているときは、しばらくしてからもう一度問い合わせてください。
own-failed-unreachable = 機関につながりませんでした。しばらくしてからもう一度問い合わせてください。
own-failed-refused = 情報連携基盤が、この問い合わせを受け付けませんでした。何度試しても同じときは、窓口にお知らせください。
own-failed-unbelievable = 届いた返事の署名を確かめられなかったので、表示していません。しばらくしてからもう一度問い合わせてください。
own-failed-too-much = 返事が大きすぎて、表示できませんでした。くわしくは、この機関におたずねください。
own-failed-not-kept = 返事は届きましたが、ポータルで置いておけませんでした。もう一度問い合わせてください。
own-failed-interrupted = 途中で止まりました。もう一度問い合わせてください。
own-again = もう一度問い合わせる
own-again-of = { $institution }の「{ $kind }」をもう一度問い合わせる
own-leave = ログアウトすると、この情報はポータルから消えます。

# ログアウトの前に
leaving-title = ログアウトの前に
leaving-lead = ログアウトすると、取り寄せた情報がポータルから消えます。
leaving-goes = 消える情報
leaving-goes-answers = 取り寄せた情報 { $count }件
leaving-stays = アクセス記録は消えません。取り寄せた情報は、次にログインしたときに、また取り寄せられます。
leaving-confirm = 消してログアウトする
leaving-back = わたしの情報に戻る

# 持ち帰る
own-take = 持ち帰る
own-take-lead = ログアウトすると消えるので、残したいものは先に保存してください。
own-take-records = アクセス記録も入れる
own-take-records-support = だれがあなたの情報を使ったかの記録です。
own-take-zip = まとめて保存する（ZIP）
own-take-zip-support = 文書・表・データと、機関の電子署名が入ります。あとから、書き換えられていないことを確かめられます。
own-take-others = 一つの形で保存する
own-take-pdf = 文書（PDF）
own-take-html = 読むページ（HTML）
own-take-csv = 表（CSV）
own-take-json = データ（JSON）
own-take-records-csv = アクセス記録の表（CSV）
own-take-files = 用意したファイル
own-take-shared = 共用の端末には保存しないでください
own-take-shared-text = 保存したファイルは、次に使う人にも見えることがあります。
own-take-anyway = それでも保存する

# 持ち帰るファイル
file-title = 持ち帰るファイル
file-making = 用意しています
file-making-step = 用意しています（{ $of }のうち{ $done }）
file-ready = できました（{ $size }KB）
file-ready-next = 保存したファイルは、この端末に残ります。ほかの人に見られないところに置いてください。
file-failed = 用意できませんでした
file-failed-typesetter = PDFを作れませんでした。もう一度ためすか、ほかの形で保存してください。
file-failed-records = アクセス記録を取り寄せられませんでした。しばらくしてからもう一度ためしてください。
file-failed-internal = ポータルの中で問題が起きました。もう一度ためしてください。
file-failed-interrupted = 途中で止まりました。もう一度ためしてください。
file-download = 保存する
file-cancel = やめる
file-delete = このファイルを消す
file-back = わたしの情報に戻る
