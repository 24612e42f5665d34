### アクセス記録の文（記録の仕様 第1版）。出した文は変えない。変えるときは第2版を作る。

## 法令による照会

sentence-by-law-provided = { $when }、{ $requester }が、{ $purpose }、あなたの{ $kind }を{ $provider }に照会し、提供を受けました。
sentence-by-law-no-data-held = { $when }、{ $requester }が、{ $purpose }、あなたの{ $kind }を{ $provider }に照会しました。{ $provider }は、あてはまる情報を持っていませんでした。
sentence-by-law-refused = { $when }、{ $requester }が、{ $purpose }、あなたの{ $kind }を{ $provider }に照会しようとしました。法令で認められていないため、情報は提供されませんでした。
sentence-by-law-not-accepted = { $when }、{ $requester }が、{ $purpose }、あなたの{ $kind }を{ $provider }に照会しようとしました。あなたを指す符号が正しくなかったため、情報は提供されませんでした。
sentence-by-law-unanswered = { $when }、{ $requester }が、{ $purpose }、あなたの{ $kind }を{ $provider }に照会しようとしました。{ $provider }の返事を得られなかったため、情報は提供されませんでした。

## あなたの同意による照会

sentence-consent-provided = { $when }、{ $requester }が、あなたの同意（{ $day }）にもとづき、あなたの{ $kind }を{ $provider }に照会し、提供を受けました。{ $purpose }です。
sentence-consent-no-data-held = { $when }、{ $requester }が、あなたの同意（{ $day }）にもとづき、あなたの{ $kind }を{ $provider }に照会しました。{ $purpose }です。{ $provider }は、あてはまる情報を持っていませんでした。
sentence-consent-refused = { $when }、{ $requester }が、あなたの同意（{ $day }）にもとづき、あなたの{ $kind }を{ $provider }に照会しようとしました。{ $purpose }です。法令で認められていないため、情報は提供されませんでした。
sentence-consent-not-accepted = { $when }、{ $requester }が、あなたの同意（{ $day }）にもとづき、あなたの{ $kind }を{ $provider }に照会しようとしました。{ $purpose }です。あなたを指す符号が正しくなかったため、情報は提供されませんでした。
sentence-consent-unanswered = { $when }、{ $requester }が、あなたの同意（{ $day }）にもとづき、あなたの{ $kind }を{ $provider }に照会しようとしました。{ $purpose }です。{ $provider }の返事を得られなかったため、情報は提供されませんでした。

## 大規模災害の許可による照会

sentence-disaster-provided = { $when }、{ $requester }が、あなたの{ $kind }を{ $provider }に照会し、提供を受けました。大規模災害への対応として委員会が許可したためです（許可第{ $permit }号）。
sentence-disaster-no-data-held = { $when }、{ $requester }が、あなたの{ $kind }を{ $provider }に照会しました。大規模災害への対応として委員会が許可したためです（許可第{ $permit }号）。{ $provider }は、あてはまる情報を持っていませんでした。
sentence-disaster-refused = { $when }、{ $requester }が、大規模災害への対応として（許可第{ $permit }号）、あなたの{ $kind }を{ $provider }に照会しようとしました。この照会は認められなかったため、情報は提供されませんでした。
sentence-disaster-unanswered = { $when }、{ $requester }が、大規模災害への対応として（許可第{ $permit }号）、あなたの{ $kind }を{ $provider }に照会しようとしました。{ $provider }の返事を得られなかったため、情報は提供されませんでした。

## あなた自身の確認

sentence-self-view-provided = { $when }、あなたが、わたしの情報の画面で、{ $provider }が持つ{ $kind }を確認しました。
sentence-self-view-no-data-held = { $when }、あなたが、わたしの情報の画面で、{ $kind }を確認しようとしました。{ $provider }は、あてはまる情報を持っていませんでした。
sentence-self-view-refused = { $when }、あなたが、わたしの情報の画面で、{ $provider }が持つ{ $kind }を確認しようとしました。法令で認められていないため、情報は提供されませんでした。
sentence-self-view-not-accepted = { $when }、あなたが、わたしの情報の画面で、{ $provider }が持つ{ $kind }を確認しようとしました。あなたを指す符号が正しくなかったため、情報は提供されませんでした。
sentence-self-view-unanswered = { $when }、あなたが、わたしの情報の画面で、{ $kind }を確認しようとしました。{ $provider }の返事を得られなかったため、情報は提供されませんでした。

sentence-self-view-records-provided = { $when }、あなたが、アクセス記録の画面で、自分のアクセス記録を確認しました。
sentence-self-view-records-no-data-held = { $when }、あなたが、アクセス記録の画面で、自分のアクセス記録を確認しました。アクセス記録は、まだありませんでした。
sentence-self-view-records-refused = { $when }、あなたが、自分のアクセス記録を確認しようとしました。法令で認められていないため、アクセス記録は提供されませんでした。
sentence-self-view-records-not-accepted = { $when }、あなたが、自分のアクセス記録を確認しようとしました。あなたを指す符号が正しくなかったため、アクセス記録は提供されませんでした。
sentence-self-view-records-unanswered = { $when }、あなたが、自分のアクセス記録を確認しようとしました。情報連携基盤の返事を得られなかったため、アクセス記録は提供されませんでした。

## 代理人の確認

sentence-representative-provided = { $when }、{ $name }さん（あなたの法定代理人）が、あなたに代わって、{ $provider }が持つ{ $kind }を確認しました。
sentence-representative-no-data-held = { $when }、{ $name }さん（あなたの法定代理人）が、あなたに代わって、{ $kind }を確認しようとしました。{ $provider }は、あてはまる情報を持っていませんでした。
sentence-representative-refused = { $when }、{ $name }さん（あなたの法定代理人）が、あなたに代わって、{ $provider }が持つ{ $kind }を確認しようとしました。法令で認められていないため、情報は提供されませんでした。
sentence-representative-not-accepted = { $when }、{ $name }さん（あなたの法定代理人）が、あなたに代わって、{ $provider }が持つ{ $kind }を確認しようとしました。あなたを指す符号が正しくなかったため、情報は提供されませんでした。
sentence-representative-unanswered = { $when }、{ $name }さん（あなたの法定代理人）が、あなたに代わって、{ $kind }を確認しようとしました。{ $provider }の返事を得られなかったため、情報は提供されませんでした。

sentence-representative-records-provided = { $when }、{ $name }さん（あなたの法定代理人）が、あなたに代わって、あなたのアクセス記録を確認しました。
sentence-representative-records-no-data-held = { $when }、{ $name }さん（あなたの法定代理人）が、あなたに代わって、あなたのアクセス記録を確認しました。アクセス記録は、まだありませんでした。
sentence-representative-records-refused = { $when }、{ $name }さん（あなたの法定代理人）が、あなたのアクセス記録を確認しようとしました。法令で認められていないため、アクセス記録は提供されませんでした。
sentence-representative-records-not-accepted = { $when }、{ $name }さん（あなたの法定代理人）が、あなたのアクセス記録を確認しようとしました。あなたを指す符号が正しくなかったため、アクセス記録は提供されませんでした。
sentence-representative-records-unanswered = { $when }、{ $name }さん（あなたの法定代理人）が、あなたのアクセス記録を確認しようとしました。情報連携基盤の返事を得られなかったため、アクセス記録は提供されませんでした。

## 短い名前

circumstance-by-law = 法令による照会
circumstance-self-view = あなた自身の確認
circumstance-representative = 代理人の確認
circumstance-consent = あなたの同意による照会
circumstance-disaster = 大規模災害の許可による照会

outcome-provided = 提供を受けた
outcome-no-data-held = あてはまる情報がなかった
outcome-refused = 断られた
outcome-unanswered = 返事を得られなかった

## 根拠

basis-line = 根拠：{ $basis }
basis-by-law = { $law }、番号法第19条第8号
basis-consent = あなたの同意（{ $day }）、{ $law }、番号法第19条第8号
basis-disaster = 大規模災害への対応のための委員会の許可（許可第{ $permit }号）
basis-self-view = { $law }
basis-representative = { $law }（法定代理人：{ $name }さん）
basis-none = この照会を認める法令の定めは見つかりませんでした

## これは何ですか

article-by-law = 条文：{ $law }。機関のあいだで情報をたずねることは、番号法（行政手続における特定の個人を識別するための番号の利用等に関する法律）第19条第8号が認めています。
article-consent = 条文：{ $law }。機関のあいだで情報をたずねることは、番号法（行政手続における特定の個人を識別するための番号の利用等に関する法律）第19条第8号が認めています。
article-disaster = 委員会の許可：許可第{ $permit }号
article-self-view = 条文：{ $law }。番号法の正式な名前は、行政手続における特定の個人を識別するための番号の利用等に関する法律です。
article-representative = 条文：{ $law }。番号法の正式な名前は、行政手続における特定の個人を識別するための番号の利用等に関する法律です。
why-refused = この照会を認める法令の定めがないため、情報連携基盤が断りました。
why-not-accepted = 機関は、あなたを指す符号（機関ごとに違うしるし）を示して照会します。その符号がいまは有効ではなかったため、情報連携基盤が断りました。
why-refused-disaster = 委員会の許可にもとづく照会として認められなかったため、情報連携基盤が断りました。
why-consent = この情報は、本人の同意があるときだけ照会できます。あなたは{ $day }に同意しています。
why-disaster = 大規模な災害に対応する特別な理由があるときは、委員会が許可した範囲で、機関のあいだで情報を照会できます。
why-representative = 未成年の方や成年後見を受けている方の法定代理人は、本人に代わって情報を確認できます。
procedure-representative = あなたの法定代理人の{ $name }さんが、マイ・ポータルであなたの情報を確認するための手続きです。
decides-view = 情報を見るための手続きなので、これで決まることはありません。
decides-no-data-held = 情報は渡っていません。照会した機関は、「情報がない」という返事をもとに手続きを進めます。
decides-refused = 情報は渡っていません。この照会をもとに決まることはありません。
decides-unanswered = 情報は渡っていません。照会した機関が、あとでもう一度たずねることがあります。
explanation-contact = お問い合わせ先は、{ $contact }です。
