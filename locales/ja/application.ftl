# The application that the citizen reads on the reader's page and signs (B.2 step 1).
application-folder =
    利用者フォルダ利用申請

    マイ・ポータルに、わたしの利用者フォルダを開くことを申請します。
    マイ・ポータルは、この申請の署名用電子証明書から、氏名・住所・生年月日・性別を読みとります。
    読みとった内容は、わたしのリンクコードを受け取るために一度だけ使い、保存しません。

    申請の日時: { $when }
