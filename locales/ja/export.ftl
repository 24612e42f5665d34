### わたしの情報の控え：ダウンロードする書類とファイル

export-title = わたしの情報の控え
export-made = { $when }に作りました。
export-lead = 機関が答えた内容を、そのまま写したものです。
export-care = あなたの情報が入っています。ほかの人の目にふれないところに、しまってください。
export-contents = 目次
export-answered = { $provider }が、{ $when }に答えました。
export-empty = この控えに入っている情報はありません。
export-column-provider = 答えた機関
export-column-answered-at = 答えた日時
export-column-kind = 情報の種類
export-column-period = 期間
export-column-record = 番号
export-column-item = 項目
export-column-value = 内容
export-column-raw = 届いた値
export-column-unit = 届いた値の単位
export-column-help = 説明
export-missing-title = この書類の書体にない文字
export-missing-text = 〓と〔 〕の中の番号は、この書類の書体にない文字や形です。番号は、その文字の番号（Unicode）です。

## 説明のファイル（README.txt）

export-readme-title = 「わたしの情報の控え」の説明
export-readme-files = 入っているもの
export-readme-viewer = 画面で読む書類です。ブラウザーで開きます。通信はしません。
export-readme-pdf = 印刷して読む書類です。
export-readme-csv = 表計算のソフトで開く表です。
export-readme-data = ほかのプログラムで使うためのデータです。
export-readme-answers = 機関の署名が付いた答えです。
export-readme-manifest = ファイルの一覧です。それぞれの大きさとハッシュ値（中身から計算した値）も書いてあります。
export-readme-anchor = 機関の証明書を発行した認証局の証明書です。
export-readme-records = アクセス記録の表です。
export-readme-check = 署名の確かめ方
export-readme-check-what = answersのファイルには、答えた機関の署名が付いています。中身が1文字でも変わると、確かめたときにわかります。
export-readme-check-how = このフォルダで次の命令を入れます。OpenSSLというソフトを使います。
export-readme-check-good = 「CMS Verification successful」と出れば、機関が署名したときから中身は変わっていません。
export-readme-check-anchor = org-ca.pemは、機関の証明書を発行した認証局の証明書です。この控えとは別に受け取ったものを使うと、より確かです。
export-readme-check-signer = だれが署名したかは、次の命令でわかります。
export-readme-check-expired = 機関の証明書の期限が過ぎたあとは、はじめの命令に「-no_check_time」を足します。
export-readme-hash = ファイルの中身が一覧と同じかどうかは、次の命令で出る値を、manifest.jsonの値と比べます。
