# Suspending and closing the folder
folder-title = Suspend or close your folder
folder-suspend = Suspend it for a while
folder-suspend-what = Nobody can log in, and nothing can be fetched. You are logged out now, and notices that you have read are erased.
folder-suspend-keeps = Your login history stays.
folder-suspend-resume = To resume, open a folder once more with your card: the same folder opens again.
folder-suspend-do = Suspend the folder
folder-close = Close it
folder-close-what = The folder, its login history, the certificates bound to it, your notices, kept ones too, and the places where you are told are erased. This cannot be undone.
folder-close-stays = Your access records stay at the linkage platform, and what institutions hold does not change.
folder-close-again = If you want to come back, open a folder again: it will be a new one.
folder-close-save = Fetch and save your information before you close the folder
folder-close-understood = I understand what is erased
folder-close-understood-support = Please tick this before you close the folder.
folder-close-do = Close the folder
