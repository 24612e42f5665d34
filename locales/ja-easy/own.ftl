# わたしの情報
own-title = わたしの情報
own-lead = 役所などが 持っている あなたの情報を、見ることができます。
own-before = ボタンを押すと、こうなります
own-before-ask = あなたの情報を 持っているところ ぜんぶに、聞きます。少し 時間が かかります。
own-before-keep = 届いた情報は、ログインしている あいだだけ、ここに あります。ログアウトすると、消えます。
own-before-record = 見たことは、アクセス記録の「自分で見た記録」に 残ります。
own-gather = 情報を もらう
own-started = { $when }に、{ $count }件 聞きました。
own-filling = 返事が 来た順に、ここに 出ます。10秒くらい かかることが あります。
own-complete = ぜんぶ 終わりました。
own-sort = 順番に ならべる
own-none = あなたの情報を 聞けるところは、まだ ありません。
own-list = 届いた情報
own-answered = { $institution }が 答えました（{ $when }）。本物だと 確かめました。
own-field = なまえ
own-value = 内容
own-waiting = 返事を 待っています
own-waiting-text = { $institution }に「{ $kind }」を 聞いています。
own-nothing = 情報が ないところ
own-nothing-text = { $institution }：「{ $kind }」の情報は ありません。
own-failed = 見られなかった情報
own-failed-title = { $institution }の「{ $kind }」は 見られませんでした
own-failed-late = 返事が 来ませんでした。少し 待って、もう一度 聞いてください。
own-failed-unreachable = つながりませんでした。少し 待って、もう一度 聞いてください。
own-failed-refused = 聞くことが できませんでした。何度も だめなときは、窓口に 話してください。
own-failed-unbelievable = 返事が 本物か わかりません。だから 出していません。少し 待って、もう一度 聞いてください。
own-failed-too-much = 返事が 大きすぎて、出せませんでした。この機関に 聞いてください。
own-failed-not-kept = 返事を ここに 置けませんでした。もう一度 聞いてください。
own-failed-interrupted = とちゅうで 止まりました。もう一度 聞いてください。
own-again = もう一度 聞く
own-again-of = { $institution }の「{ $kind }」を もう一度 聞く
own-leave = ログアウトすると、この情報は 消えます。

# ログアウトの前に
leaving-title = ログアウトする前に
leaving-lead = ログアウトすると、もらった情報が 消えます。
leaving-goes = 消える情報
leaving-goes-answers = もらった情報 { $count }件
leaving-stays = アクセス記録は 消えません。もらった情報は、次に ログインしたとき、また もらえます。
leaving-confirm = 消して ログアウトする
leaving-back = わたしの情報に 戻る

# 持ち帰る
own-take = 持って帰る
own-take-lead = ログアウトすると 消えます。残したいときは、先に 保存してください。
own-take-records = アクセス記録も 入れる
own-take-records-support = だれが あなたの情報を 使ったか、わかります。
own-take-zip = ぜんぶ 保存する（ZIP）
own-take-zip-support = 本物だと わかる しるしも 入っています。
own-take-others = 一つだけ 保存する
own-take-pdf = 文書（PDF）
own-take-html = 読むページ（HTML）
own-take-csv = 表（CSV）
own-take-json = データ（JSON）
own-take-records-csv = アクセス記録の表（CSV）
own-take-files = 用意した ファイル
own-take-shared = みんなで使う パソコンには 保存しないでください
own-take-shared-text = 次に使う人に 見えることが あります。
own-take-anyway = それでも 保存する

# 持ち帰るファイル
file-title = 持って帰る ファイル
file-making = 作っています
file-making-step = 作っています（{ $of }のうち{ $done }）
file-ready = できました（{ $size }KB）
file-ready-next = ファイルは、このパソコンに 残ります。ほかの人に 見られないところに 置いてください。
file-failed = できませんでした
file-failed-typesetter = PDFを 作れませんでした。もう一度 ためしてください。
file-failed-records = アクセス記録が 来ませんでした。少し 待って、もう一度 ためしてください。
file-failed-internal = うまく いきませんでした。もう一度 ためしてください。
file-failed-interrupted = とちゅうで 止まりました。もう一度 ためしてください。
file-download = 保存する
file-cancel = やめる
file-delete = このファイルを 消す
file-back = わたしの情報に 戻る
