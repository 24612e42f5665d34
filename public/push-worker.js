// Shows that there is something new, when the portal says so. Nothing else: no page is kept, nothing is fetched, and what is
// shown says nothing of what has arrived.

const NOTICES = "/notices";

function told(event) {
  try {
    return event.data ? event.data.json() : {};
  } catch {
    return {};
  }
}

const text = (value, otherwise) => (typeof value === "string" ? value : otherwise);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const { title, body, lang, tag } = told(event);
  event.waitUntil(
    self.registration.showNotification(text(title, "マイ・ポータル"), {
      body: text(body, "新しいお知らせがあります。"),
      lang: text(lang, "ja"),
      tag: text(tag, "notice"),
      icon: "/icon-192.png",
    }),
  );
});

// The code is typed in on the page that lies open; everything else is read among the notices, after a login.
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const path = event.notification.tag === "code" ? "/folder/alerts" : NOTICES;
  event.waitUntil(
    self.clients.matchAll({ type: "window", includeUncontrolled: true }).then((pages) => {
      const there = pages.find((page) => new URL(page.url).pathname === path);
      return there ? there.focus() : self.clients.openWindow(path);
    }),
  );
});
