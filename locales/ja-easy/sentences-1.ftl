### アクセス記録の文（記録の仕様 第1版）、やさしい日本語。出した文は変えない。

## 法令による照会

sentence-by-law-provided = { $when }。{ $requester }が、{ $provider }に、あなたの{ $kind }をききました。{ $provider }は、情報をわたしました。{ $purpose }
sentence-by-law-no-data-held = { $when }。{ $requester }が、{ $provider }に、あなたの{ $kind }をききました。{ $provider }に、その情報はありませんでした。{ $purpose }
sentence-by-law-refused = { $when }。{ $requester }が、{ $provider }に、あなたの{ $kind }をききました。でも、きまりで、だめでした。情報は、わたしていません。きいたわけは、つぎのとおりです。{ $purpose }
sentence-by-law-not-accepted = { $when }。{ $requester }が、{ $provider }に、あなたの{ $kind }をききました。でも、あなたをしめす「しるし」が、まちがっていました。情報は、わたしていません。きいたわけは、つぎのとおりです。{ $purpose }
sentence-by-law-unanswered = { $when }。{ $requester }が、{ $provider }に、あなたの{ $kind }をききました。でも、{ $provider }の返事を、もらえませんでした。情報は、わたしていません。きいたわけは、つぎのとおりです。{ $purpose }

## あなたの同意による照会

sentence-consent-provided = { $when }。あなたが、{ $day }に「いいです」と言ったので、ききました。{ $requester }が、{ $provider }に、あなたの{ $kind }をききました。{ $provider }は、情報をわたしました。{ $purpose }
sentence-consent-no-data-held = { $when }。あなたが、{ $day }に「いいです」と言ったので、ききました。{ $requester }が、{ $provider }に、あなたの{ $kind }をききました。{ $provider }に、その情報はありませんでした。{ $purpose }
sentence-consent-refused = { $when }。あなたが、{ $day }に「いいです」と言ったので、ききました。{ $requester }が、{ $provider }に、あなたの{ $kind }をききました。でも、きまりで、だめでした。情報は、わたしていません。きいたわけは、つぎのとおりです。{ $purpose }
sentence-consent-not-accepted = { $when }。あなたが、{ $day }に「いいです」と言ったので、ききました。{ $requester }が、{ $provider }に、あなたの{ $kind }をききました。でも、あなたをしめす「しるし」が、まちがっていました。情報は、わたしていません。きいたわけは、つぎのとおりです。{ $purpose }
sentence-consent-unanswered = { $when }。あなたが、{ $day }に「いいです」と言ったので、ききました。{ $requester }が、{ $provider }に、あなたの{ $kind }をききました。でも、{ $provider }の返事を、もらえませんでした。情報は、わたしていません。きいたわけは、つぎのとおりです。{ $purpose }

## 大規模災害の許可による照会

sentence-disaster-provided = { $when }。大きな災害があったので、とくべつに、ききました（許可 第{ $permit }号）。{ $requester }が、{ $provider }に、あなたの{ $kind }をききました。{ $provider }は、情報をわたしました。
sentence-disaster-no-data-held = { $when }。大きな災害があったので、とくべつに、ききました（許可 第{ $permit }号）。{ $requester }が、{ $provider }に、あなたの{ $kind }をききました。{ $provider }に、その情報はありませんでした。
sentence-disaster-refused = { $when }。大きな災害があったので、とくべつに、ききました（許可 第{ $permit }号）。{ $requester }が、{ $provider }に、あなたの{ $kind }をききました。でも、だめでした。情報は、わたしていません。
sentence-disaster-unanswered = { $when }。大きな災害があったので、とくべつに、ききました（許可 第{ $permit }号）。{ $requester }が、{ $provider }に、あなたの{ $kind }をききました。でも、{ $provider }の返事を、もらえませんでした。情報は、わたしていません。

## あなた自身の確認

sentence-self-view-provided = { $when }。あなたが、自分で見ました。見た情報は、{ $provider }の、あなたの{ $kind }です。
sentence-self-view-no-data-held = { $when }。あなたが、自分で、{ $kind }を見ようとしました。{ $provider }に、その情報はありませんでした。
sentence-self-view-refused = { $when }。あなたが、自分で、{ $provider }の{ $kind }を見ようとしました。でも、きまりで、だめでした。情報は、わたしていません。
sentence-self-view-not-accepted = { $when }。あなたが、自分で、{ $provider }の{ $kind }を見ようとしました。でも、あなたをしめす「しるし」が、まちがっていました。情報は、わたしていません。
sentence-self-view-unanswered = { $when }。あなたが、自分で、{ $kind }を見ようとしました。でも、{ $provider }の返事を、もらえませんでした。情報は、わたしていません。

sentence-self-view-records-provided = { $when }。あなたが、アクセス記録（だれが情報を見たか）を、自分で見ました。
sentence-self-view-records-no-data-held = { $when }。あなたが、アクセス記録（だれが情報を見たか）を、自分で見ました。記録は、まだありませんでした。
sentence-self-view-records-refused = { $when }。あなたが、自分のアクセス記録を見ようとしました。でも、きまりで、だめでした。記録は、わたしていません。
sentence-self-view-records-not-accepted = { $when }。あなたが、自分のアクセス記録を見ようとしました。でも、あなたをしめす「しるし」が、まちがっていました。記録は、わたしていません。
sentence-self-view-records-unanswered = { $when }。あなたが、自分のアクセス記録を見ようとしました。でも、返事を、もらえませんでした。記録は、わたしていません。

## 代理人の確認

sentence-representative-provided = { $when }。{ $name }さん（あなたの代わりの人）が、見ました。見た情報は、{ $provider }の、あなたの{ $kind }です。
sentence-representative-no-data-held = { $when }。{ $name }さん（あなたの代わりの人）が、見ようとしました。見ようとした情報は、あなたの{ $kind }です。{ $provider }に、その情報はありませんでした。
sentence-representative-refused = { $when }。{ $name }さん（あなたの代わりの人）が、見ようとしました。見ようとした情報は、{ $provider }の、あなたの{ $kind }です。でも、きまりで、だめでした。情報は、わたしていません。
sentence-representative-not-accepted = { $when }。{ $name }さん（あなたの代わりの人）が、見ようとしました。見ようとした情報は、{ $provider }の、あなたの{ $kind }です。でも、あなたをしめす「しるし」が、まちがっていました。情報は、わたしていません。
sentence-representative-unanswered = { $when }。{ $name }さん（あなたの代わりの人）が、見ようとしました。見ようとした情報は、あなたの{ $kind }です。でも、{ $provider }の返事を、もらえませんでした。情報は、わたしていません。

sentence-representative-records-provided = { $when }。{ $name }さん（あなたの代わりの人）が、あなたのアクセス記録を見ました。
sentence-representative-records-no-data-held = { $when }。{ $name }さん（あなたの代わりの人）が、あなたのアクセス記録を見ました。記録は、まだありませんでした。
sentence-representative-records-refused = { $when }。{ $name }さん（あなたの代わりの人）が、見ようとしました。見ようとしたのは、あなたのアクセス記録です。でも、きまりで、だめでした。記録は、わたしていません。
sentence-representative-records-not-accepted = { $when }。{ $name }さん（あなたの代わりの人）が、見ようとしました。見ようとしたのは、あなたのアクセス記録です。でも、あなたをしめす「しるし」が、まちがっていました。記録は、わたしていません。
sentence-representative-records-unanswered = { $when }。{ $name }さん（あなたの代わりの人）が、見ようとしました。見ようとしたのは、あなたのアクセス記録です。でも、返事を、もらえませんでした。記録は、わたしていません。

## 短い名前

circumstance-by-law = きまり（法律）で、ききました
circumstance-self-view = 自分で、見ました
circumstance-representative = 代わりの人が、見ました
circumstance-consent = あなたの「いいです」で、ききました
circumstance-disaster = 大きな災害で、とくべつに、ききました

outcome-provided = 情報をわたした
outcome-no-data-held = 情報がなかった
outcome-refused = ことわった
outcome-unanswered = 返事をもらえなかった

## 根拠

basis-line = きまり（法律）：{ $basis }
basis-by-law = { $law }、番号法第19条第8号
basis-consent = あなたの「いいです」（{ $day }）、{ $law }、番号法第19条第8号
basis-disaster = 大きな災害のときの、委員会の許可（許可 第{ $permit }号）
basis-self-view = { $law }
basis-representative = { $law }（代わりの人：{ $name }さん）
basis-none = 「きいてもいい」というきまりは、ありませんでした

## これは何ですか

article-by-law = きまりの名前：{ $law }。番号法（マイナンバーの法律）第19条第8号も、「きいてもいい」と決めています。
article-consent = きまりの名前：{ $law }。番号法（マイナンバーの法律）第19条第8号も、「きいてもいい」と決めています。
article-disaster = 委員会の許可：許可 第{ $permit }号
article-self-view = きまりの名前：{ $law }。番号法は、マイナンバーの法律です。
article-representative = きまりの名前：{ $law }。番号法は、マイナンバーの法律です。
why-refused = 「きいてもいい」という法律が、ありません。だから、情報をつなぐ国のしくみが、ことわりました。
why-not-accepted = 役所は、あなたをしめす「しるし」を使って、ききます。その「しるし」が、今は使えません。だから、情報をつなぐ国のしくみが、ことわりました。
why-refused-disaster = とくべつな許可では、きくことができませんでした。だから、情報をつなぐ国のしくみが、ことわりました。
why-consent = あなたが「いいです」と言ったときだけ、きくことができます。あなたは、{ $day }に「いいです」と言いました。
why-disaster = 大きな災害のときは、委員会が「いいです」と決めたことだけ、きくことができます。
why-representative = 子どもや、ひとりで決めるのがむずかしい人には、代わりの人がいます。代わりの人は、その人の情報を見ることができます。
procedure-representative = { $name }さん（あなたの代わりの人）が、あなたの情報を見る手続きです。
decides-view = 見るための手続きです。これで決まることは、ありません。
decides-no-data-held = 情報は、わたしていません。「情報がない」という返事を使って、手続きをします。
decides-refused = 情報は、わたしていません。これで決まることは、ありません。
decides-unanswered = 情報は、わたしていません。あとで、もう一度きくことがあります。
explanation-contact = わからないときは、{ $contact }に、きいてください。
