//! Who looks at the portal hears at once that something arrived.

use tokio::sync::watch;

/// Rung when notices were stored, whoever they are for: nobody who hears it learns for whom it rang, and a delivery to
/// thousands rings once. Who hears it looks whether there is something of their own. Knows only this process: a portal
/// beside it on the same database has a bell of its own.
#[derive(Debug, Default)]
pub(crate) struct NoticeBell(watch::Sender<()>);

impl NoticeBell {
    pub(crate) fn ring(&self) {
        self.0.send_replace(());
    }

    pub(crate) fn listen(&self) -> watch::Receiver<()> {
        self.0.subscribe()
    }
}

impl crate::Portal {
    /// Changes when notices were stored, for anybody.
    pub fn notice_arrivals(&self) -> watch::Receiver<()> {
        self.notice_bell().listen()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_listens_hears_several_rings_as_one() {
        let bell = NoticeBell::default();
        bell.ring();
        let mut heard = bell.listen();
        assert!(!heard.has_changed().unwrap(), "what rang before is none of theirs");
        bell.ring();
        bell.ring();
        assert!(heard.has_changed().unwrap());
        heard.borrow_and_update();
        assert!(!heard.has_changed().unwrap());
    }
}
