### まちがいや問題のときのことば、やさしい日本語。

error-not-found-title = 見つかりませんでした
error-not-found-what = さがしているものは、ありませんでした。ほかのものは、かわっていません。
error-not-found-next = アドレスを見なおすか、はじめのページから、さがしてください。

error-forbidden-title = このページは開けません
error-forbidden-what = 今は、このページを開くことができません。フォルダの中は、そのままです。
error-forbidden-next = ログインすると、自分のものを見ることができます。

error-method-not-allowed-title = この開き方は、できません
error-method-not-allowed-what = このページは、ボタンをおして使います。何も、かわっていません。
error-method-not-allowed-next = 前の画面にもどって、ボタンをおしてください。

error-cross-site-title = べつのサイトからの操作を、止めました
error-cross-site-what = べつのサイトから、操作がとどきました。あぶないので、止めました。何も、かわっていません。
error-cross-site-next = マイ・ポータルの画面を開いて、もう一度してください。

error-too-many-requests-title = 操作が多すぎます
error-too-many-requests-what = みじかい時間に、たくさんの操作がありました。フォルダの中は、そのままです。
error-too-many-requests-next = 1分ほど待って、もう一度してください。

error-body-too-large-title = 送るものが、大きすぎます
error-body-too-large-what = 送ったものが大きいので、受け取っていません。前のものは、そのままです。
error-body-too-large-next = みじかくして、もう一度送ってください。

error-malformed-title = 読むことができませんでした
error-malformed-what = とどいたものの形がちがうので、読めませんでした。何も、かわっていません。
error-malformed-next = 前の画面にもどって、はじめから、してください。

error-not-utf8-title = 文字を読めませんでした
error-not-utf8-what = 読めない文字がありました。何も、かわっていません。
error-not-utf8-next = 前の画面にもどって、文字を入れなおしてください。

error-internal-title = ごめんなさい。うまく動いていません
error-internal-what = こちらに問題があって、できませんでした。フォルダの中は、そのままです。
error-internal-next = すこし待って、もう一度してください。だめなときは、受付番号を教えてください。

error-unavailable-title = 今は、使えません
error-unavailable-what = 今は、サービスが動いていません。フォルダの中は、そのままです。いつ使えるかは、まだわかりません。
error-unavailable-next = 何分か待って、もう一度開いてください。

error-session-expired-title = ログインが終わっています
error-session-expired-what = しばらく使わなかったので、ログアウトしました。フォルダの中は、そのままです。
error-session-expired-next = もう一度ログインしてください。

error-session-tampered-title = ログインを、たしかめられませんでした
error-session-tampered-what = ログインのしるし（Cookie）が、ちがいました。フォルダの中は、そのままです。
error-session-tampered-next = もう一度ログインしてください。

error-card-wrong-pin-title = 暗証番号（PIN）が、ちがいます
error-card-wrong-pin-what = カードに入れた暗証番号が、ちがいました。フォルダの中は、そのままです。
error-card-wrong-pin-next = のこりの回数を見て、もう一度入れてください。

error-card-cancelled-title = カードの操作を、やめました
error-card-cancelled-what = カードリーダーの画面で「やめる」をおしました。何も、かわっていません。
error-card-cancelled-next = つづけるときは、はじめから、してください。

error-card-locked-title = カードは、ロック中です
error-card-locked-what = 暗証番号を何回もまちがえたので、ロックしました。フォルダの中は、そのままです。
error-card-locked-next = すんでいる市や町の役所で、なおすことができます。

error-card-unusable-title = このカードは使えません
error-card-unusable-what = カードが止まっているか、まだ、わたしていないカードです。フォルダの中は、そのままです。
error-card-unusable-next = すんでいる市や町の役所で、きいてください。

error-card-removed-title = カードが、ぬけました
error-card-removed-what = とちゅうでカードがぬけたので、できませんでした。何も、かわっていません。
error-card-removed-next = カードを入れて、はじめから、してください。

error-certificate-expired-title = 電子証明書の期限が、すぎています
error-certificate-expired-what = 電子証明書（本人だとしめすデータ）の期限が、すぎました。フォルダの中は、そのままです。
error-certificate-expired-next = すんでいる市や町の役所で、新しくしてください。同じフォルダを、また使えます。

error-certificate-revoked-title = 電子証明書が、使えません
error-certificate-revoked-what = 電子証明書（本人だとしめすデータ）が、止まっています。フォルダの中は、そのままです。
error-certificate-revoked-next = すんでいる市や町の役所で、新しくしてください。同じフォルダを、また使えます。

error-signature-certificate-revoked-title = サイン用の電子証明書が、使えません
error-signature-certificate-revoked-what = 住所や名前がかわると、サイン用の電子証明書が止まります。見ることはできますが、申請はできません。
error-signature-certificate-revoked-next = すんでいる市や町の役所で、新しくしてください。

error-certificate-not-yet-valid-title = 電子証明書は、まだ使えません
error-certificate-not-yet-valid-what = 電子証明書（本人だとしめすデータ）は、まだ使える日になっていません。フォルダの中は、そのままです。
error-certificate-not-yet-valid-next = 使える日になったら、もう一度してください。

error-certificate-untrusted-title = 電子証明書を、たしかめられません
error-certificate-untrusted-what = 国の電子証明書かどうか、たしかめられませんでした。何も、かわっていません。
error-certificate-untrusted-next = マイナンバーカードを入れて、もう一度してください。

error-certificate-wrong-usage-title = べつの電子証明書でした
error-certificate-wrong-usage-what = カードには、2つの電子証明書があります。とどいたのは、べつの電子証明書でした。何も、かわっていません。
error-certificate-wrong-usage-next = ログインは、4けたの暗証番号です。はじめから、してください。

error-signature-mismatch-title = サインを、たしかめられませんでした
error-signature-mismatch-what = カードのサインが、この操作のものではありませんでした。何も、かわっていません。
error-signature-mismatch-next = はじめから、もう一度してください。

error-challenge-used-title = この操作は、もう終わっています
error-challenge-used-what = 同じ答えが2回とどきました。1回目のものは、そのままです。
error-challenge-used-next = 「もどる」を使わないで、はじめから、してください。

error-challenge-late-title = 時間が、すぎました
error-challenge-late-what = カードの操作をはじめて、5分がすぎました。何も、かわっていません。
error-challenge-late-next = はじめから、もう一度してください。

error-challenge-unknown-title = つづきを、はじめられませんでした
error-challenge-unknown-what = カードの答えに合う操作が、ありません。何も、かわっていません。
error-challenge-unknown-next = はじめから、もう一度してください。

error-other-browser-title = べつのブラウザーでした
error-other-browser-what = はじめたブラウザーと、ちがうブラウザーです。あぶないので、止めました。ログインは、していません。
error-other-browser-next = はじめたブラウザーで、もう一度してください。知らないときは、カードをぬいてください。

error-not-registered-title = フォルダが、まだありません
error-not-registered-what = カードは正しいです。でも、あなたのフォルダは、まだありません。
error-not-registered-next = はじめての人は、利用者登録をしてください。カードが新しい人も、同じです。

error-already-registered-title = フォルダは、もうあります
error-already-registered-what = このカードのフォルダは、前に開きました。中は、そのままです。
error-already-registered-next = ログインしてください。

error-registration-interrupted-title = 登録が、とちゅうで止まりました
error-registration-interrupted-what = サービスが、とちゅうで止まりました。登録は、全部できたか、何もできていないか、です。
error-registration-interrupted-next = まず、ログインしてください。できないときは、はじめから登録してください。

error-other-person-title = べつの人のカードです
error-other-person-what = 登録をはじめた人と、このカードの人が、ちがうようです。フォルダは、かわっていません。
error-other-person-next = 同じカードを入れて、もう一度してください。

error-unknown-to-register-title = 住民の記録と、合いませんでした
error-unknown-to-register-what = 名前や住所が、役所の記録と合いませんでした。フォルダは、開いていません。名前などは、消しました。
error-unknown-to-register-next = 引っこしたばかりの人は、何日か待ってください。だめなときは、市や町の役所で、きいてください。

error-validity-unreachable-title = 電子証明書を、たしかめられません
error-validity-unreachable-what = たしかめるところから、返事がありません。あぶないので、止めました。フォルダの中は、そのままです。
error-validity-unreachable-next = 何分か待って、もう一度してください。

error-linkage-unreachable-title = 今、役所とつながりません
error-linkage-unreachable-what = 役所とつながらないので、できませんでした。フォルダの中と記録は、そのままです。いつつながるかは、まだわかりません。
error-linkage-unreachable-next = 何分か待って、もう一度してください。

error-code-ended-title = アクセス記録を、もらえません
error-code-ended-what = 記録をもらうための符号（あなたをしめす番号）が、使えません。記録は、なくなりません。
error-code-ended-next = まどぐちに、受付番号を言ってください。新しい符号を、用意します。

error-linkage-late-title = まだ返事がありません
error-linkage-late-what = きいた役所から、返事がありません。とどいたものは、そのまま見られます。
error-linkage-late-next = もう一度きいてください。

error-database-read-only-title = 今は、見ることだけできます
error-database-read-only-what = 今は、新しく書くことができません。この操作は、していません。前のものは、そのままです。
error-database-read-only-next = 何分か待って、もう一度してください。

error-database-full-title = 今は、新しく書けません
error-database-full-what = こちらの機械が、いっぱいです。この操作は、していません。前のものは、そのままです。
error-database-full-next = すこし待って、もう一度してください。

error-unknown-filter-title = この条件では、さがせません
error-unknown-filter-what = このページにない条件です。記録は、そのままです。
error-unknown-filter-next = 条件を消して、もう一度えらんでください。

error-without-pin-title = 暗証番号（PIN）が、ありません
error-without-pin-what = カードが、暗証番号なしで答えました。フォルダは、開いていません。中は、そのままです。
error-without-pin-next = 暗証番号を入れて、もう一度ログインしてください。

error-folder-suspended-title = フォルダは、今、開けません
error-folder-suspended-what = フォルダが、止まっています。止まっているあいだも、中はそのままです。
error-folder-suspended-next = また使うときは、もう一度、利用者登録をしてください。自分で止めていないときは、まどぐちで、きいてください。

error-folder-retained-title = フォルダは、閉じています
error-folder-retained-what = 持ち主の住民の登録が、おわりました。だから、フォルダを閉じました。だれも、中を見ることができません。
error-folder-retained-next = まちがいのときは、すんでいた市や町の役所で、きいてください。

error-port-in-use-title = ポートが、もう使われています
error-port-in-use-what = べつのプログラムが、同じポートを使っています。データは、かわっていません。
error-port-in-use-next = そのプログラムを止めるか、べつのポートをえらんでください。

error-configuration-title = 設定が、まちがっています
error-configuration-what = 設定を読めないので、はじめられませんでした。データは、かわっていません。
error-configuration-next = しめされたところをなおして、もう一度はじめてください。

error-backup-postgresql-title = PostgreSQLです
error-backup-postgresql-what = PostgreSQLのコピーは、PostgreSQLのプログラムで作ります。何も、かわっていません。
error-backup-postgresql-next = docs/backup.md を見てください。

error-backup-folder-taken-title = ほかのファイルがあります
error-backup-folder-taken-what = コピーは、からのフォルダに作ります。ファイルは、そのままです。
error-backup-folder-taken-next = べつのフォルダを使ってください。

error-backup-damaged-title = コピーが、こわれています
error-backup-damaged-what = コピーのファイルが、たりないか、ちがっています。今のデータベースは、そのままです。
error-backup-damaged-next = べつのコピーを使ってください。

error-backup-newer-title = 新しいプログラムのコピーです
error-backup-newer-what = もっと新しいプログラムが作ったコピーです。もどせません。今のデータベースは、そのままです。
error-backup-newer-next = 新しいプログラムで、もどしてください。

error-database-in-use-title = データベースを、使っています
error-database-in-use-what = ポータルが、うごいています。だから、もどしていません。データベースは、そのままです。
error-database-in-use-next = ポータルを止めて、もう一度してください。

error-database-there-title = データベースが、もうあります
error-database-there-what = 今のデータベースは、消していません。そのままです。
error-database-there-next = かえてもよいときは、--force をつけてください。

error-log-retired-title = このログは、おわりました
error-log-retired-what = コピーをもどしたとき、新しい記録が、なくなりました。このログは、もう使えません。フォルダは、そのままです。
error-log-retired-next = 新しい名前のカギを作ってください。log.name と log.key_file に書いてください。my-portal log-key --new 名前 ファイル

## わかるときに使う文

error-card-wrong-pin-what-left = 暗証番号（PIN）が、ちがいます。あと{ $left }回まちがえると、カードが止まります。
error-certificate-expired-what-until = 電子証明書の期限（{ $until }）が、すぎました。フォルダの中は、そのままです。
error-certificate-not-yet-valid-what-since = 電子証明書は、{ $since }から使えます。フォルダの中は、そのままです。
error-linkage-late-what-provider = { $provider }から、返事がありません（{ $waited }待ちました）。ほかの情報は、下にあります。
error-too-many-requests-next-wait = { $wait }待って、もう一度してください。
error-port-in-use-what-address = { $address } は、べつのプログラムが使っています。データは、かわっていません。
error-configuration-what-item = 設定の「{ $item }」を読めません。データは、かわっていません。
error-backup-postgresql-next-line = つぎの1行を使ってください（docs/backup.md）: { $line }
error-folder-not-understood-title = フォルダは、まだ あります
error-folder-not-understood-what = しるしが ありませんでした。なにも 消していません。
error-folder-not-understood-next = なくすときは、しるしを つけて、もう一度 押してください。

error-notices-none-selected-title = お知らせを 選んでいません
error-notices-none-selected-what = 何も 変わっていません。
error-notices-none-selected-next = お知らせを 選んで、もう一度 ボタンをおしてください。

error-notices-no-room-title = もう 残せません
error-notices-no-room-what = いっぱいです。残せなかったものは、もとの場所に あります。
error-notices-no-room-next = 「残したもの」で、いらないものを 捨ててください。そのあと、もう一度「残す」をおしてください。

error-notices-not-kept-title = 残せないお知らせが あります
error-notices-not-kept-what = 見られないお知らせは 残せません。もとの場所に あります。
error-notices-not-kept-next = 送った役所に 聞いてください。

error-kept-not-understood-title = まだ 捨てていません
error-kept-not-understood-what = しるしが ありませんでした。なにも 消していません。
error-kept-not-understood-next = 捨てるときは、しるしを つけて、もう一度 おしてください。

error-alert-not-offered-title = この方法は 使えません
error-alert-not-offered-what = このポータルでは、この方法は 使えません。何も 変わっていません。
error-alert-not-offered-next = ほかの方法を 使ってください。

error-alert-address-title = メールアドレスが 読めませんでした
error-alert-address-what = メールアドレスの形では ありません。何も 送っていません。
error-alert-address-next = 「名前@mail.example」の形で、もう一度 入れてください。

error-alert-device-title = 呼び名が 読めませんでした
error-alert-device-what = 呼び名がないか、30字より 長いです。何も 変わっていません。
error-alert-device-next = 短い名前を 入れて、もう一度 押してください。

error-alert-browser-title = このブラウザーには 知らせられません
error-alert-browser-what = ブラウザーの 通知のサービスを、ポータルは 知りません。何も 送っていません。
error-alert-browser-next = ほかのブラウザーか、メールを 使ってください。

error-alert-known-title = このアドレスには、もう 知らせています
error-alert-known-what = 同じアドレスです。何も 変わっていません。
error-alert-known-next = 変えるときは、別のアドレスを 入れてください。

error-alert-too-many-codes-title = 番号を たくさん 送りました
error-alert-too-many-codes-what = 今日は もう 送れません。何も 変わっていません。
error-alert-too-many-codes-next = 明日、もう一度 送ってください。

error-alert-too-many-devices-title = これより 多くは 知らせられません
error-alert-too-many-devices-what = 5つまでです。何も 変わっていません。
error-alert-too-many-devices-next = 使わないものを やめてから、もう一度 押してください。

error-alert-wrong-code-title = 番号が ちがいます
error-alert-wrong-code-what = 送った番号と ちがいます。まだ 知らせません。
error-alert-wrong-code-next = いちばん新しい番号を、もう一度 入れてください。

error-alert-code-over-title = この番号は もう使えません
error-alert-code-over-what = 24時間が 過ぎたか、5回 まちがえました。まだ 知らせません。
error-alert-code-over-next = 番号を もう一度 送ってください。

error-alert-not-sent-title = 番号を 送れませんでした
error-alert-not-sent-what = メールなどの サービスが、受け取りませんでした。まだ 知らせません。
error-alert-not-sent-next = 少し待って、もう一度 送ってください。
