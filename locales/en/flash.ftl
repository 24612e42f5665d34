# What a form left for the next page; refusals are worded as errors.
flash-registered = Your folder is open
flash-registered-next = From now on you log in with your card and its 4-digit PIN.
