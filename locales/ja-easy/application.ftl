# The application that the citizen reads on the reader's page and signs (B.2 step 1).
application-folder =
    フォルダを使うための申し込み

    マイ・ポータルに、わたしのフォルダをつくってください。
    マイ・ポータルは、カードの証明書から、名前・住所・生まれた日・性別を読みます。
    読むのは一回だけです。保存しません。

    申し込みの日時: { $when }
