//! What is sent: as the API takes it, and as a letter that the city has signed and sealed.

use base64ct::{Base64, Encoding as _};
use bytes::Bytes;
use domain::{LinkCode, NoticeId, OrgCode};
use jiff::{SignedDuration, Timestamp};
use linkage::party::{DataDir, IdentityKind, PORTAL};
use pki::cms::{self, Form};
use pki::{Certificate, SigningKey, seal};
use runtime::{Clock as _, SystemClock, SystemRng};
use serde_json::{Value, json};
use wire::mediation::SealedPayload;
use wire::notice::{LetterContext, NoticeContent, SealedLetter};

use crate::Failure;

/// Who is in charge.
const OFFICE: &str = "横浜市 こども家庭課";
const LIFE: SignedDuration = SignedDuration::from_hours(24 * 60);
const DAYS_LEFT: SignedDuration = SignedDuration::from_hours(24 * 20);

/// One in ten has a deadline, one in twenty asks something, the others inform. Two languages, about a kilobyte.
pub(super) fn draft(title: &str, nth: usize, now: Timestamp) -> Value {
    let body = json!([
        { "block": "paragraph", "text": "児童手当を続けて受けるには、現況届が必要です。期限までに届かないと、次の支払いが遅れます。" },
        { "block": "list", "items": ["お子さんと別に暮らしている方", "受け取る方が変わった方"] },
        { "block": "paragraph", "text": "あてはまらない方は、何もしなくてかまいません。" },
    ]);
    let in_english = json!([
        { "block": "paragraph", "text": "To go on receiving the child allowance, please send in the yearly report." },
        { "block": "paragraph", "text": "Everybody else need not do anything." },
    ]);
    let (kind, more) = match nth % 20 {
        3 | 13 => ("deadline", Some(("deadline", json!(day(now + DAYS_LEFT))))),
        7 => ("sign-up", Some(("reply", questions(now + DAYS_LEFT)))),
        _ => ("information", None),
    };
    let mut draft = json!({
        "kind": kind,
        "expires_at": now + LIFE,
        "office": { "name": { "ja": OFFICE, "en": "Yokohama City, Children and Families Division" }, "phone": "045-000-0001" },
        "text": { "ja": { "title": title, "body": body }, "en": { "title": title, "body": in_english } },
    });
    if let Some(fields) = draft.as_object_mut() {
        fields.extend(more.map(|(name, value)| (name.to_owned(), value)));
    }
    draft
}

/// A post of one notice to one person.
pub(super) fn post(title: &str, nth: usize, to: &LinkCode, starts_at: Option<Timestamp>, now: Timestamp) -> Bytes {
    let mut body = json!({ "draft": draft(title, nth, now), "recipients": [{ "link_code": to.expose() }] });
    if let (Some(fields), Some(at)) = (body.as_object_mut(), starts_at) {
        fields.insert("starts_at".to_owned(), json!(at));
    }
    body.to_string().into()
}

fn questions(closes_at: Timestamp) -> Value {
    let choice = |value: &str, label: &str| json!({ "value": value, "label": { "ja": label } });
    json!({
        "closes_at": closes_at,
        "questions": [{
            "name": "place",
            "label": { "ja": "どこで受けますか" },
            "required": true,
            "form": { "as": "one", "of": [choice("naka", "中区"), choice("nishi", "西区")] },
        }],
    })
}

fn day(at: Timestamp) -> jiff::civil::Date {
    at.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(9))).date()
}

/// The city's pen: what its program does with a draft, for letters that are brought without it.
pub(super) struct Pen {
    city: OrgCode,
    certificate: Certificate,
    key: SigningKey,
    sealing: String,
    portal: Certificate,
}

impl Pen {
    pub(super) fn of(data: &DataDir, city: &OrgCode) -> Result<Self, Failure> {
        let read = |org: &OrgCode, kind| -> Result<Certificate, Failure> {
            Ok(Certificate::from_pem(&std::fs::read_to_string(data.certificate(org, kind))?)?)
        };
        let key = std::fs::read_to_string(data.private_key(city, IdentityKind::Sign))?;
        Ok(Self {
            certificate: read(city, IdentityKind::Sign)?,
            key: SigningKey::from_pkcs8_pem(&key)?,
            sealing: Base64::encode_string(read(city, IdentityKind::Seal)?.der()),
            portal: read(&PORTAL, IdentityKind::Seal)?,
            city: city.clone(),
        })
    }

    /// A letter of its own name.
    pub(super) fn letter(&self, title: &str, nth: usize) -> Result<SealedLetter, Failure> {
        let (notice, now) = (NoticeId::generate(&mut SystemRng), SystemClock.now());
        let mut content = draft(title, nth, now);
        if let Some(fields) = content.as_object_mut() {
            fields.insert("version".to_owned(), json!(wire::notice::NOTICE_VERSION));
            fields.insert("id".to_owned(), json!(notice));
            fields.insert("sender".to_owned(), json!(self.city));
            fields.insert("issued_at".to_owned(), json!(now));
            if let Some(reply) = fields.get_mut("reply").and_then(Value::as_object_mut) {
                reply.insert("sealing_certificate".to_owned(), json!(self.sealing));
            }
        }
        let content: NoticeContent = serde_json::from_value(content)?;
        content.check()?;
        let prepared = cms::prepare(&serde_json::to_vec(&content)?, &self.certificate, now)?;
        let signed = prepared.sign(&self.key, Form::Attached)?;
        let way = LetterContext { notice: &notice, sender: &self.city, attachment: None };
        let sealed = seal::seal(&self.portal, LetterContext::INFO, &way.aad(), &signed, &mut SystemRng)?;
        let sealed = SealedPayload {
            encapsulated_key: Base64::encode_string(&sealed.encapsulated_key),
            ciphertext: Base64::encode_string(&sealed.ciphertext),
        };
        Ok(SealedLetter { notice, sealed })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_of_every_kind_are_notices() {
        let now = SystemClock.now();
        for nth in 0..20 {
            let mut content = draft("お知らせ 0007", nth, now);
            let fields = content.as_object_mut().unwrap();
            for (name, value) in [
                ("version", json!(1)),
                ("id", json!("00".repeat(16))),
                ("sender", json!("141003")),
                ("issued_at", json!(now)),
            ] {
                fields.insert(name.to_owned(), value);
            }
            if let Some(reply) = fields.get_mut("reply") {
                reply.as_object_mut().unwrap().insert("sealing_certificate".to_owned(), json!("AA=="));
            }
            let content: NoticeContent = serde_json::from_value(content).unwrap();
            assert_eq!(content.check(), Ok(()), "{nth}");
            assert_eq!(content.deadline.is_some(), nth % 10 == 3, "{nth}");
            assert_eq!(content.reply.is_some(), nth == 7, "{nth}");
        }
    }
}
