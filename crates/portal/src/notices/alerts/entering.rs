//! An address is entered, proved, and taken away again. Nobody is told anything before the code that was sent there was
//! typed in by the person who is logged in.

use domain::{AlertAddressId, FolderId, Locale, SecretHash};
use jiff::{SignedDuration, Timestamp};
use rand_core::CryptoRng;
use store::{AlertAddressRow, AlertChannel, NewAlertAddress, Repository, StoreError};

use super::code::{AlertCode, AlertHashes, CODE_LIFE, CODE_TRIES, CODES_A_DAY, CODES_TO_ONE_A_DAY};
use super::content::AlertContent;
use super::mail_address::{MailAddress, unseen};
use super::push::{Message, Pushed, Subscription, SubscriptionFault};
use super::{AlertError, AlertMail, DEVICES_MAX, words};
use crate::folder_key::FolderKey;
use crate::{Portal, SignedIn};

/// Marks of codes are counted for so long.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// What a person calls a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceName(String);

/// Why what was typed is no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeviceFault {
    /// Nothing.
    #[error("nothing was typed")]
    Empty,
    /// More than 30 characters.
    #[error("longer than 30 characters")]
    TooLong,
    /// Line breaks, or signs that nobody sees or that turn the writing around.
    #[error("signs that nobody sees")]
    Unprintable,
}

impl DeviceName {
    /// Most characters.
    pub const CHARS_MAX: usize = 30;

    /// Reads a name.
    pub fn parse(typed: &str) -> Result<Self, DeviceFault> {
        let typed = typed.trim();
        match typed.chars().count() {
            0 => Err(DeviceFault::Empty),
            count if count > Self::CHARS_MAX => Err(DeviceFault::TooLong),
            _ if typed.chars().any(unseen) => Err(DeviceFault::Unprintable),
            _ => Ok(Self(typed.to_owned())),
        }
    }
}

impl Portal {
    /// Sends a code to a mail address that the person entered. An address that is confirmed stays until the new one is.
    pub async fn enter_mail(
        &self,
        who: &SignedIn,
        typed: &str,
        locale: Locale,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(), AlertError> {
        self.alert_means().mail.as_ref().ok_or(AlertError::NotOffered)?;
        let address = MailAddress::parse(typed)?;
        let folder = who.folder_id();
        let key = self.folder_key(&folder, now, rng).await?;
        let content = AlertContent::mail(&address, locale);
        let mut repository = self.store().begin().await?;
        for row in repository.alert_addresses(&folder).await? {
            match (row.channel, row.confirmed_at) {
                (AlertChannel::Mail, None) => drop(repository.delete_alert_address(&folder, &row.id).await?),
                (AlertChannel::Mail, Some(_)) if AlertContent::open(&key, &row.id, &row.sealed)?.is_mail(&address) => {
                    return Err(AlertError::Known);
                }
                _ => {}
            }
        }
        self.enter(repository, &folder, &key, content, now, rng).await
    }

    /// Sends a code to a browser that its person allowed to show messages. The same browser again is one browser.
    pub async fn enter_device(
        &self,
        who: &SignedIn,
        subscription: &str,
        device: &DeviceName,
        locale: Locale,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(), AlertError> {
        let push = self.alert_means().push.as_ref().ok_or(AlertError::NotOffered)?;
        let subscription = Subscription::parse(subscription)?;
        if !push.may_ask(&subscription.endpoint) {
            return Err(SubscriptionFault::Host.into());
        }
        let folder = who.folder_id();
        let key = self.folder_key(&folder, now, rng).await?;
        let content = AlertContent::push(&subscription, push.public_key(), &device.0, locale);
        let mut repository = self.store().begin().await?;
        let mut devices = 0;
        for row in repository.alert_addresses(&folder).await? {
            let same = || Ok::<_, AlertError>(AlertContent::open(&key, &row.id, &row.sealed)?.is_at(&subscription));
            match (row.channel, row.confirmed_at) {
                (AlertChannel::Push, None) => drop(repository.delete_alert_address(&folder, &row.id).await?),
                (AlertChannel::Push, Some(_)) if same()? => {
                    repository.delete_alert_address(&folder, &row.id).await?;
                }
                (AlertChannel::Push, Some(_)) => devices += 1,
                (AlertChannel::Mail, _) => {}
            }
        }
        if devices >= DEVICES_MAX {
            return Err(AlertError::TooManyDevices);
        }
        self.enter(repository, &folder, &key, content, now, rng).await
    }

    /// Sends another code. The one before counts no more.
    pub async fn send_code_again(
        &self,
        who: &SignedIn,
        id: &AlertAddressId,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(), AlertError> {
        let folder = who.folder_id();
        let key = self.existing_folder_key(&folder).await?.ok_or(AlertError::NotFound)?;
        let mut repository = self.store().begin().await?;
        let row = waiting(&mut repository, &folder, id).await?.ok_or(AlertError::NotFound)?;
        let content = AlertContent::open(&key, id, &row.sealed)?;
        let hashes = self.note_code(&mut repository, &folder, &content, now).await?;
        let code = AlertCode::generate(rng);
        let until = now.saturating_add(CODE_LIFE).unwrap_or(now);
        if !repository.renew_alert_code(&folder, id, &hashes.code(id, &code), until).await? {
            return Err(AlertError::NotFound);
        }
        repository.commit().await?;
        self.send_code(&folder, id, &content, &code, now, rng).await
    }

    /// The person types the code. Each try counts; after the last one, another code must be sent.
    pub async fn confirm_alert(
        &self,
        who: &SignedIn,
        id: &AlertAddressId,
        typed: &str,
        now: Timestamp,
    ) -> Result<(), AlertError> {
        let folder = who.folder_id();
        let hashes = AlertHashes::derive(self.holding_secret())?;
        let mut repository = self.store().begin().await?;
        let row = waiting(&mut repository, &folder, id).await?.ok_or(AlertError::NotFound)?;
        let wanted: Option<SecretHash> = repository.try_alert_code(&folder, id, CODE_TRIES, now).await?;
        let wanted = wanted.ok_or(AlertError::CodeOver)?;
        if wanted != hashes.code(id, &AlertCode::typed(typed)) {
            repository.commit().await?;
            let tries_left = CODE_TRIES.saturating_sub(row.code_tries + 1);
            return Err(AlertError::WrongCode { tries_left });
        }
        repository.confirm_alert_address(&folder, id, now).await?;
        // One mail address: the one before goes.
        if row.channel == AlertChannel::Mail {
            for other in repository.alert_addresses(&folder).await? {
                if other.channel == AlertChannel::Mail && other.id != *id {
                    repository.delete_alert_address(&folder, &other.id).await?;
                }
            }
        }
        repository.commit().await?;
        tracing::info!(channel = row.channel.name(), "an address for alerts was confirmed");
        self.settle_alerts().await
    }

    /// Nobody is told there any more; the address is erased. Whether there was one.
    pub async fn remove_alert(&self, who: &SignedIn, id: &AlertAddressId) -> Result<bool, AlertError> {
        let mut repository = self.store().begin().await?;
        let removed = repository.delete_alert_address(&who.folder_id(), id).await?;
        repository.commit().await?;
        if removed {
            self.settle_alerts().await?;
        }
        Ok(removed)
    }

    async fn enter(
        &self,
        mut repository: Repository,
        folder: &FolderId,
        key: &FolderKey,
        content: AlertContent,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(), AlertError> {
        let hashes = self.note_code(&mut repository, folder, &content, now).await?;
        let (id, code) = (AlertAddressId::generate(rng), AlertCode::generate(rng));
        let new = NewAlertAddress {
            id,
            folder: *folder,
            channel: content.channel(),
            sealed: content.seal(key, &id, rng)?,
            entered_at: now,
            code_hash: hashes.code(&id, &code),
            code_expires_at: now.saturating_add(CODE_LIFE).unwrap_or(now),
        };
        repository.insert_alert_address(&new).await?;
        repository.commit().await?;
        self.send_code(folder, &id, &content, &code, now, rng).await
    }

    /// Nobody can fill a stranger's mailbox: codes are counted by who has them sent and by where they go.
    async fn note_code(
        &self,
        repository: &mut Repository,
        folder: &FolderId,
        content: &AlertContent,
        now: Timestamp,
    ) -> Result<AlertHashes, AlertError> {
        let hashes = AlertHashes::derive(self.holding_secret())?;
        let since = now.saturating_sub(DAY).unwrap_or(Timestamp::MIN);
        let mailbox = content.mail_address().map(|address| (hashes.mailbox(&address), CODES_TO_ONE_A_DAY));
        for (whose, at_most) in [Some((hashes.folder(folder), CODES_A_DAY)), mailbox].into_iter().flatten() {
            if repository.alert_codes_since(&whose, since).await? >= at_most {
                return Err(AlertError::TooManyCodes);
            }
            repository.note_alert_code(&whose, now).await?;
        }
        Ok(hashes)
    }

    /// After it is durable: what was sent and could not be typed in would be worse than what must be asked for again.
    async fn send_code(
        &self,
        folder: &FolderId,
        id: &AlertAddressId,
        content: &AlertContent,
        code: &AlertCode,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(), AlertError> {
        let means = self.alert_means();
        let locale = content.locale();
        if let Some(to) = content.mail_address() {
            let carrier = means.mail.as_ref().ok_or(AlertError::NotOffered)?;
            let mut drawn = [0; 8];
            rng.fill_bytes(&mut drawn);
            let hashes = AlertHashes::derive(self.holding_secret())?;
            let message_id = hashes.message_id(id, i64::from_be_bytes(drawn));
            let words::Letter { subject, text } = words::code(locale, code);
            let sent = carrier.carry(AlertMail { to, subject, text, message_id, at: now }).await;
            super::round::count_mail("code", sent.is_ok());
            return sent.map_err(|_| AlertError::NotSent);
        }
        let push = means.push.as_ref().ok_or(AlertError::NotOffered)?;
        let Some(subscription) = content.subscription() else { return Err(AlertError::NotFound) };
        let (subscription, key) = subscription?;
        let plain = words::push_code(locale, code);
        let message = Message { plain: &plain, topic: "code", urgent: true };
        let came = push.push(&subscription, key, &message, now).await;
        super::round::count_push("code", came);
        match came {
            Pushed::Taken => Ok(()),
            Pushed::Gone | Pushed::Refused => {
                let mut repository = self.store().begin().await?;
                repository.delete_alert_address(folder, id).await?;
                repository.commit().await?;
                Err(AlertError::NotSent)
            }
            Pushed::Later(_) => Err(AlertError::NotSent),
        }
    }

    /// What was erased stays in no file.
    async fn settle_alerts(&self) -> Result<(), AlertError> {
        if !self.store().settle().await? {
            tracing::debug!("the database's side file is in use");
        }
        Ok(())
    }

    /// Erases what nobody confirmed in time; how many addresses.
    pub async fn forget_unconfirmed_alerts(&self, now: Timestamp) -> Result<u64, StoreError> {
        let mut repository = self.store().begin().await?;
        let sent_until = now.saturating_sub(DAY).unwrap_or(Timestamp::MIN);
        let forgotten = repository.forget_alert_codes(sent_until, now).await?;
        repository.commit().await?;
        Ok(forgotten)
    }
}

async fn waiting(
    repository: &mut Repository,
    folder: &FolderId,
    id: &AlertAddressId,
) -> Result<Option<AlertAddressRow>, StoreError> {
    let rows = repository.alert_addresses(folder).await?;
    Ok(rows.into_iter().find(|row| row.id == *id && row.confirmed_at.is_none()))
}

impl AlertContent {
    fn channel(&self) -> AlertChannel {
        match self {
            Self::Mail { .. } => AlertChannel::Mail,
            Self::Push { .. } => AlertChannel::Push,
        }
    }

    fn is_mail(&self, address: &MailAddress) -> bool {
        matches!(self, Self::Mail { address: known, .. } if known == address.as_str())
    }

    fn is_at(&self, subscription: &Subscription) -> bool {
        matches!(self, Self::Push { endpoint, .. } if endpoint == subscription.endpoint.as_str())
    }

    pub(super) fn mail_address(&self) -> Option<MailAddress> {
        match self {
            Self::Mail { address, .. } => MailAddress::parse(address).ok(),
            Self::Push { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_called_as_its_person_likes() {
        assert_eq!(DeviceName::parse(" わたしのスマートフォン "), Ok(DeviceName("わたしのスマートフォン".to_owned())));
        assert_eq!(DeviceName::parse(" "), Err(DeviceFault::Empty));
        assert_eq!(DeviceName::parse(&"長".repeat(31)), Err(DeviceFault::TooLong));
        for typed in ["a\nb", "a\u{202e}b", "a\u{200b}b"] {
            assert_eq!(DeviceName::parse(typed), Err(DeviceFault::Unprintable), "{typed:?}");
        }
    }
}
