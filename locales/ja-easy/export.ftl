### わたしの情報の控え：ダウンロードする書類とファイル

export-title = わたしの情報の控え（コピー）
export-made = 作った日：{ $when }
export-lead = 役所などが答えた内容です。そのまま写しました。
export-care = あなたの情報です。ほかの人に見せないでください。
export-contents = もくじ
export-answered = 答えたところ：{ $provider }。答えた日：{ $when }。
export-empty = ここに入っている情報はありません。
export-column-provider = 答えたところ
export-column-answered-at = 答えた日
export-column-kind = どんな情報か
export-column-period = いつの分か
export-column-record = 番号
export-column-item = なにについて
export-column-value = 内容
export-column-raw = 届いたままの内容
export-column-unit = 届いたままの内容の単位
export-column-help = せつめい
export-missing-title = この書類に書けない字
export-missing-text = 〓と〔 〕は、この書類で書けない字です。〔 〕の中は、その字の番号です。

## 説明のファイル（README.txt）

export-readme-title = 「わたしの情報の控え」のせつめい
export-readme-files = 入っているもの
export-readme-viewer = 画面で読みます。インターネットは使いません。
export-readme-pdf = 紙に印刷して読みます。
export-readme-csv = 表です。計算のソフトで開きます。
export-readme-data = ほかのソフトで使うデータです。
export-readme-answers = 答えです。答えたところの署名（しるし）があります。
export-readme-manifest = 入っているファイルの名前と、大きさと、ハッシュ値（中身から計算した値）です。
export-readme-anchor = 署名を確かめるための証明書です。
export-readme-records = アクセス記録の表です。
export-readme-check = 署名の確かめかた
export-readme-check-what = answersのファイルには、署名があります。中身が変わると、すぐにわかります。
export-readme-check-how = このフォルダで、次のように入れます。OpenSSLというソフトを使います。
export-readme-check-good = 「Verification successful」と出たら、中身は同じです。
export-readme-check-anchor = org-ca.pemは、署名を確かめるための証明書です。べつのところでもらうと、もっと安心です。
export-readme-check-signer = 署名したところは、次のように入れるとわかります。
export-readme-check-expired = 証明書が古くなったら、1つ目の命令に「-no_check_time」を足します。
export-readme-hash = 次のように入れると、値が出ます。manifest.jsonの値と同じなら、中身も同じです。
