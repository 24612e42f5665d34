# The pages that lead to the card reader.
card-page-how = この先ですること
card-page-insert = カードリーダーに、あなたのカードを入れます。
card-page-check = カードリーダーの画面で、だれが、何のために求めているかを確かめます。
card-page-go = カードリーダーの画面へ進む
card-page-until = { $when }まで有効です。過ぎたときは、はじめからやり直せます。
card-page-pin-safe = 暗証番号は、カードリーダーの画面にだけ入れてください。このサイトの画面でたずねることはありません。
card-page-trouble = カードリーダーの画面が開かないとき
card-page-trouble-text = カードリーダーのプログラムが、このパソコンで動いているか確かめてください。場所は { $origin } です。
card-page-back = やめる
card-page-nothing-title = カードで確かめる手続きが、まだ始まっていません
card-page-nothing-text = 始めてから5分が過ぎたか、別のブラウザーで始めたようです。もう一度始めてください。
card-page-again-login = ログインをやり直す
card-page-again-register = 利用者登録をやり直す
