# What a form left for the next page; refusals are worded as errors.
flash-registered = 利用者フォルダを作りました
flash-registered-next = これからは、カードと数字4つの暗証番号でログインできます。
