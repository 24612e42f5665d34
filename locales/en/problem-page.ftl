# Pages that say that something did not work; what happened is said by the error's own words.
problem-page-reference = Reference number
problem-page-reference-about = Give this number when you have a question. It does not tell who you are.
problem-page-top = Back to the top page
problem-page-home = Back to the home page
problem-page-login = Log in
problem-page-help = How it works
problem-page-title = That did not work
problem-page-what = The step was not completed. What is in your folder has not changed.
problem-page-next = Please try again. If it goes on, give the reference number.
problem-page-missing = What cannot be shown now
