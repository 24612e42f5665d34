signed-out-title = You are logged out
signed-out-lead = Nothing about you is left on this device.
signed-out-ended-title = You were logged out
signed-out-ended-lead = This is for your safety: it happens after { $idle } without activity, { $absolute } after you logged in, or when the card is removed from a shared device. Nothing about you is left on this device.
signed-out-records = Your access records remain with the linkage platform. Log in to see them again.
signed-out-card-reminder = Please do not leave your card in the reader.
signed-out-again = Log in again
signed-out-top = Back to the top page
