# What a form left for the next page; refusals are worded as errors.
flash-registered = 利用者フォルダを開きました
flash-registered-next = これからは、カードと4けたの暗証番号でログインできます。
