### 誤り：何が起きたか、何が残っているか、次に何をすればよいか。title・what・next は変数を使わない。

error-not-found-title = 見つかりませんでした
error-not-found-what = お探しのものは見つかりませんでした。ほかの内容は、何も変わっていません。
error-not-found-next = アドレスを確かめるか、トップから探してください。

error-forbidden-title = このページは開けません
error-forbidden-what = いまの使い方では、このページを開くことができません。フォルダの中身はそのままです。
error-forbidden-next = ご自分のフォルダの内容は、ログインするとホームから見られます。

error-method-not-allowed-title = この開き方はできません
error-method-not-allowed-what = このページは、画面のボタンからだけ使えます。何も変わっていません。
error-method-not-allowed-next = 前の画面に戻り、ボタンを押してください。

error-cross-site-title = 別のサイトからの操作を止めました
error-cross-site-what = マイ・ポータルの画面以外から操作が届いたため、安全のために止めました。何も変わっていません。
error-cross-site-next = マイ・ポータルの画面を開き、そこからもう一度操作してください。

error-too-many-requests-title = 短い時間に操作が続きました
error-too-many-requests-what = 短い時間にたくさんの操作が届いたため、この操作を受け付けていません。フォルダの中身はそのままです。
error-too-many-requests-next = 1分ほど待ってから、もう一度操作してください。

error-body-too-large-title = 送る内容が大きすぎます
error-body-too-large-what = 送られた内容が大きすぎるため、受け取っていません。前に保存した内容はそのままです。
error-body-too-large-next = 内容を短くして、もう一度送ってください。

error-malformed-title = 内容を読み取れませんでした
error-malformed-what = 届いた内容の形が決まりと違うため、読み取れませんでした。何も変わっていません。
error-malformed-next = 前の画面に戻り、はじめからやり直してください。

error-not-utf8-title = 文字を読み取れませんでした
error-not-utf8-what = 届いた文字の中に、読み取れないものがありました。何も変わっていません。
error-not-utf8-next = 前の画面に戻り、文字を入れ直してください。

error-internal-title = 申し訳ありません。サービスに問題が起きています
error-internal-what = こちらの原因で、操作を終えられませんでした。フォルダの中身とアクセス記録はそのままです。
error-internal-next = 少し待ってから、もう一度操作してください。続くときは、受付番号を添えてお問い合わせください。

error-unavailable-title = いま、サービスを使えません
error-unavailable-what = こちらの都合で、いまはこのページを表示できません。フォルダの中身とアクセス記録はそのままです。いつ使えるようになるかは、まだわかりません。
error-unavailable-next = 数分待ってから、もう一度開いてください。

error-session-expired-title = ログインが終わっています
error-session-expired-what = しばらく操作がなかったか、別の画面でログアウトしたため、ログインが終わっています。フォルダの中身はそのままです。
error-session-expired-next = もう一度ログインしてください。

error-session-tampered-title = ログインを確かめられませんでした
error-session-tampered-what = ブラウザーから届いたログインのしるしが、こちらの記録と合いませんでした。フォルダの中身はそのままです。
error-session-tampered-next = もう一度ログインしてください。

error-card-wrong-pin-title = 暗証番号が違います
error-card-wrong-pin-what = カードが、入力された暗証番号は違うと答えました。フォルダの中身はそのままです。
error-card-wrong-pin-next = 残りの回数を確かめて、もう一度入力してください。

error-card-cancelled-title = カードの操作をやめました
error-card-cancelled-what = カードリーダーの画面で「やめる」を押したため、ここで止めました。何も変わっていません。
error-card-cancelled-next = 続けるときは、はじめからやり直してください。

error-card-locked-title = カードの暗証番号がロックされています
error-card-locked-what = 暗証番号のまちがいが続いたため、カードがロックされています。フォルダの中身はそのままです。
error-card-locked-next = お住まいの市区町村の窓口で、ロックを解除できます。

error-card-unusable-title = このカードは使えません
error-card-unusable-what = カードの利用が止められているか、まだ受け取りの手続きがすんでいません。フォルダの中身はそのままです。
error-card-unusable-next = お住まいの市区町村の窓口で、カードの状態を確かめてください。

error-card-removed-title = カードが抜かれました
error-card-removed-what = 操作の途中でカードが抜かれたため、終えられませんでした。何も変わっていません。
error-card-removed-next = カードを入れて、はじめからやり直してください。

error-certificate-expired-title = 電子証明書の有効期限が過ぎています
error-certificate-expired-what = カードの電子証明書の有効期限が過ぎています。フォルダの中身はそのままです。
error-certificate-expired-next = お住まいの市区町村の窓口で更新すると、これまでのフォルダを続けて使えます。

error-certificate-revoked-title = 電子証明書が使えなくなっています
error-certificate-revoked-what = カードの電子証明書は、紛失の届け出や新しい証明書の受け取りなどにより、使えなくなっています。フォルダの中身はそのままです。
error-certificate-revoked-next = お住まいの市区町村の窓口で新しい証明書を受け取ると、これまでのフォルダを続けて使えます。

error-signature-certificate-revoked-title = 署名用の電子証明書が使えなくなっています
error-signature-certificate-revoked-what = 引っ越しなどで氏名や住所が変わったため、署名用の電子証明書が使えなくなっています。ログインと閲覧はできますが、申請はできません。
error-signature-certificate-revoked-next = 市区町村の窓口で、新しい証明書を受け取ってください。

error-certificate-not-yet-valid-title = 電子証明書の有効期間がまだ始まっていません
error-certificate-not-yet-valid-what = カードの電子証明書は、まだ有効期間の前です。フォルダの中身はそのままです。
error-certificate-not-yet-valid-next = パソコンの日付を確かめてください。合っているときは、有効期間が始まってからもう一度操作してください。

error-certificate-untrusted-title = 電子証明書の発行元を確かめられません
error-certificate-untrusted-what = カードの電子証明書が、公的個人認証サービスの発行したものだと確かめられませんでした。何も変わっていません。
error-certificate-untrusted-next = マイナンバーカードを入れているか確かめて、もう一度操作してください。

error-certificate-wrong-usage-title = 別の用途の電子証明書でした
error-certificate-wrong-usage-what = カードには2種類の電子証明書があります。この操作に使うものとは別の証明書が届きました。何も変わっていません。
error-certificate-wrong-usage-next = ログインには4けたの暗証番号、申請には6〜16文字の暗証番号を使って、はじめからやり直してください。

error-signature-mismatch-title = 署名を確かめられませんでした
error-signature-mismatch-what = カードの署名が、この操作のためのものだと確かめられませんでした。何も変わっていません。
error-signature-mismatch-next = はじめからやり直してください。続くときは、カードリーダーのプログラムが新しいか確かめてください。

error-challenge-used-title = この操作は、もう終わっています
error-challenge-used-what = 同じ操作の答えが2回届いたため、2回目は受け付けていません。1回目の結果はそのままです。
error-challenge-used-next = ブラウザーの「戻る」を使わずに、はじめからやり直してください。

error-challenge-late-title = 時間が過ぎました
error-challenge-late-what = カードの操作を始めてから5分が過ぎたため、ここで終わりました。何も変わっていません。
error-challenge-late-next = 時間のあるときに、はじめからやり直してください。

error-challenge-unknown-title = 続きを始められませんでした
error-challenge-unknown-what = カードの答えに合う操作が、こちらにありません。何も変わっていません。
error-challenge-unknown-next = はじめからやり直してください。

error-other-browser-title = 別のブラウザーの操作でした
error-other-browser-what = 操作を始めたブラウザーと、終えようとしたブラウザーが違うため、安全のために止めました。ログインはしていません。
error-other-browser-next = 操作を始めたブラウザーで、はじめからやり直してください。身に覚えがないときは、カードを抜いてください。

error-not-registered-title = このカードのフォルダは、まだありません
error-not-registered-what = カードは確かめられましたが、このカードで開いたフォルダが見つかりませんでした。何も変わっていません。
error-not-registered-next = はじめての方は、利用者登録をしてください。カードを更新した方も、利用者登録で同じフォルダに戻れます。

error-already-registered-title = フォルダは、もう開いています
error-already-registered-what = このカードのフォルダは、前に開いています。中身はそのままです。
error-already-registered-next = ログインしてください。

error-registration-interrupted-title = 登録が途中で止まりました
error-registration-interrupted-what = 登録の途中でサービスが止まりました。フォルダは、開いていないか、全部開いているかのどちらかです。
error-registration-interrupted-next = まずログインを試してください。フォルダがないと出たときは、登録をはじめからやり直してください。

error-other-person-title = 別の人のカードのようです
error-other-person-what = 登録を始めた人と、いまのカードの人が同じだと確かめられませんでした。フォルダの中身は変わっていません。
error-other-person-next = 登録を始めたときと同じカードを入れて、もう一度操作してください。

error-unknown-to-register-title = 住民の登録と照らし合わせられませんでした
error-unknown-to-register-what = 署名の中の氏名・住所・生年月日・性別から、住民の登録の一人を決められませんでした。フォルダは開いていません。氏名などは消しました。
error-unknown-to-register-next = 引っ越しや氏名の変更のすぐ後は、数日待ってからやり直してください。続くときは、お住まいの市区町村の窓口にお問い合わせください。

error-validity-unreachable-title = 電子証明書がいま有効か、確かめられません
error-validity-unreachable-what = 公的個人認証サービスから返事がないため、電子証明書がいま有効か確かめられません。安全のため、先へ進めません。フォルダの中身はそのままです。
error-validity-unreachable-next = 数分待ってから、もう一度操作してください。

error-linkage-unreachable-title = いま、機関との連携に接続できません
error-linkage-unreachable-what = 機関との連携に接続できないため、この操作を終えられませんでした。フォルダの中身とアクセス記録はそのままです。いつつながるかは、まだわかりません。
error-linkage-unreachable-next = 数分待ってから、もう一度操作してください。

error-code-ended-title = アクセス記録を取り寄せられません
error-code-ended-what = アクセス記録を取り寄せるための、あなたの符号が使えなくなっています。記録は、情報連携基盤にそのまま残っています。
error-code-ended-next = 新しい符号は、こちらで用意します。お問い合わせ窓口に、受付番号を伝えてください。

error-linkage-late-title = まだ返事がありません
error-linkage-late-what = たずねた機関から、決められた時間のうちに返事がありませんでした。届いた分は、そのまま表示しています。
error-linkage-late-next = もう一度たずねてください。

error-database-read-only-title = いまは、見ることだけができます
error-database-read-only-what = こちらの記録の装置が、書き込めない状態です。この操作は保存していません。前に保存した内容はそのままです。
error-database-read-only-next = 数分待ってから、もう一度操作してください。

error-database-full-title = いまは、新しく保存できません
error-database-full-what = こちらの記録の装置がいっぱいです。この操作は保存していません。前に保存した内容はそのままです。
error-database-full-next = 担当者が空きを作ります。しばらく待ってから、もう一度操作してください。

error-unknown-filter-title = この条件では絞り込めません
error-unknown-filter-what = このページにない条件が指定されています。アクセス記録はそのままです。
error-unknown-filter-next = 条件を消して、一覧から選び直してください。

error-without-pin-title = 暗証番号が使われていません
error-without-pin-what = カードが、暗証番号なしで答えました。フォルダは暗証番号なしでは開けません。中身はそのままです。
error-without-pin-next = 暗証番号を入れて、もう一度ログインしてください。

error-folder-suspended-title = このフォルダは、いま開けません
error-folder-suspended-what = フォルダは一時停止中か、廃止されています。一時停止中のフォルダの中身はそのままです。
error-folder-suspended-next = 再開するときは、もう一度、利用者登録をしてください。ご自分で止めた覚えがないときは、お問い合わせ窓口に知らせてください。

error-folder-retained-title = このフォルダは、閉じて保管しています
error-folder-retained-what = 持ち主の方が亡くなった、または国外へ転出したと登録されたため、フォルダを閉じました。中身はだれにも見せずに保管し、決められた期間のあとで消します。
error-folder-retained-next = 登録がまちがっているときは、住民票のあった市区町村の窓口で確かめてください。

error-port-in-use-title = この番号のポートは、もう使われています
error-port-in-use-what = 同じポートを別のプログラムが使っているため、起動できませんでした。データは変わっていません。
error-port-in-use-next = そのプログラムを止めるか、設定で別のポートを選んでから、もう一度起動してください。

error-configuration-title = 設定にまちがいがあります
error-configuration-what = 設定を読み取れないため、起動しませんでした。データは変わっていません。
error-configuration-next = 示された項目の名前と値を直してから、もう一度起動してください。

error-backup-postgresql-title = データベースは PostgreSQL です
error-backup-postgresql-what = 控えは、PostgreSQL の道具で取り、その道具で戻します。何も変わっていません。
error-backup-postgresql-next = くわしくは docs/backup.md を見てください。

error-backup-folder-taken-title = そのディレクトリーは空ではありません
error-backup-folder-taken-what = 控えは、まだないディレクトリーか、空のディレクトリーに作ります。中のファイルは変わっていません。
error-backup-folder-taken-next = 別のディレクトリーを指定してください。

error-backup-damaged-title = 控えがそろっていません
error-backup-damaged-what = 控えの中のファイルが足りないか、控えたときと違っています。いまのデータベースは変わっていません。
error-backup-damaged-next = 別の控えを使ってください。

error-backup-newer-title = 新しい版で作られた控えです
error-backup-newer-what = このプログラムより新しい版で作られた控えなので、戻せません。いまのデータベースは変わっていません。
error-backup-newer-next = 控えを作った版か、それより新しい版で戻してください。

error-database-in-use-title = データベースが使われています
error-database-in-use-what = ポータルが動いているため、戻しませんでした。データベースは変わっていません。
error-database-in-use-next = ポータルを止めてから、もう一度実行してください。

error-database-there-title = データベースがもうあります
error-database-there-what = いまのデータベースを置きかえずに止めました。データベースは変わっていません。
error-database-there-next = 置きかえてよいときは、--force を付けて実行してください。

error-log-retired-title = このログは、もう続けられません
error-log-retired-what = 控えを戻したときに新しい記録が失われたため、このログは終わりになりました。続けると、2つ目の歴史ができてしまいます。フォルダの内容はそのままです。
error-log-retired-next = 新しい名前で鍵を作り（my-portal log-key --new 名前 ファイル）、log.name と log.key_file に書いてから、起動してください。

## 値がわかるときに what や next の代わりに使う文

error-card-wrong-pin-what-left = 暗証番号が違います。あと{ $left }回まちがえると、カードがロックされます。
error-certificate-expired-what-until = カードの電子証明書の有効期限（{ $until }）が過ぎています。フォルダの中身はそのままです。
error-certificate-not-yet-valid-what-since = カードの電子証明書は、{ $since }から使えます。フォルダの中身はそのままです。
error-linkage-late-what-provider = { $provider }からまだ返事がありません（{ $waited }待ちました）。ほかの機関の情報は下に表示しています。
error-too-many-requests-next-wait = { $wait }待ってから、もう一度操作してください。
error-port-in-use-what-address = { $address } は別のプログラムが使っているため、起動できませんでした。データは変わっていません。
error-configuration-what-item = 設定の「{ $item }」を読み取れないため、起動しませんでした。データは変わっていません。
error-backup-postgresql-next-line = 次の1行を実行してください（くわしくは docs/backup.md）: { $line }
error-folder-not-understood-title = フォルダは、まだ閉じていません
error-folder-not-understood-what = 「消えることを確かめました」に印がありませんでした。何も消していません。
error-folder-not-understood-next = 閉じるときは、印を付けてから、もう一度押してください。

error-notices-none-selected-title = お知らせが選ばれていません
error-notices-none-selected-what = どのお知らせを動かすかがわからないので、何も変えていません。
error-notices-none-selected-next = 一覧でお知らせに印を入れてから、もう一度ボタンを押してください。

error-notices-no-room-title = 保管がいっぱいです
error-notices-no-room-what = 選んだお知らせのうち、入りきらなかったものは、元の場所に残っています。入ったものは、保管に移しました。
error-notices-no-room-next = 「保管」を開いて、要らないものを捨てるか、署名つきで保存してから、もう一度「残す」を押してください。

error-notices-not-kept-title = 残せないお知らせがあります
error-notices-not-kept-what = 中身を表示できないお知らせは、残せません。元の場所にあります。ほかのものは、保管に移しました。
error-notices-not-kept-next = 続くときは、差出人の機関に直接おたずねください。

error-kept-not-understood-title = まだ捨てていません
error-kept-not-understood-what = 「元に戻せないことを確かめました」に印がありませんでした。何も消していません。
error-kept-not-understood-next = 捨てるときは、印を付けてから、もう一度押してください。

error-alert-not-offered-title = この知らせ方は使えません
error-alert-not-offered-what = このポータルは、この方法で知らせることができません。何も変わっていません。
error-alert-not-offered-next = この画面に出ている、ほかの方法を使ってください。

error-alert-address-title = メールアドレスを読み取れませんでした
error-alert-address-what = 入れたものは、メールアドレスの形ではありません。何も送っていません。
error-alert-address-next = 「名前@mail.example」のような形か確かめて、もう一度入れてください。

error-alert-device-title = 端末の呼び名を読み取れませんでした
error-alert-device-what = 呼び名がないか、30字より長いか、見えない文字が入っています。何も変わっていません。
error-alert-device-next = 短い呼び名を入れて、もう一度押してください。

error-alert-browser-title = このブラウザーには知らせられません
error-alert-browser-what = ブラウザーが使う通知のサービスが、このポータルの知っているものではありませんでした。何も送っていません。
error-alert-browser-next = 別のブラウザーか、メールを使ってください。

error-alert-known-title = このメールアドレスには、もう知らせています
error-alert-known-what = 同じメールアドレスが入っています。何も変わっていません。
error-alert-known-next = 変えるときは、別のメールアドレスを入れてください。

error-alert-too-many-codes-title = 番号をたくさん送りました
error-alert-too-many-codes-what = この24時間に送れる番号の数を超えるため、送っていません。知らせ先は、そのままです。
error-alert-too-many-codes-next = 届いている番号があれば、それを入れてください。なければ、明日もう一度送ってください。

error-alert-too-many-devices-title = これより多くの端末には知らせられません
error-alert-too-many-devices-what = 知らせられる端末は5台までです。何も変わっていません。
error-alert-too-many-devices-next = 使わない端末に知らせるのをやめてから、もう一度押してください。

error-alert-wrong-code-title = 番号が違います
error-alert-wrong-code-what = 入れた番号は、送った番号と違います。まだ知らせ始めていません。
error-alert-wrong-code-next = いちばん新しく届いた番号を、もう一度入れてください。

error-alert-code-over-title = この番号は、もう使えません
error-alert-code-over-what = 24時間を過ぎたか、まちがいが5回続きました。まだ知らせ始めていません。
error-alert-code-over-next = 番号をもう一度送ってください。

error-alert-not-sent-title = 番号を送れませんでした
error-alert-not-sent-what = メールか通知のサービスが、いま受け取りませんでした。まだ知らせ始めていません。
error-alert-not-sent-next = 知らせ先が正しいか確かめ、少し待ってから、もう一度送ってください。
