//! Messages between the parties, and the forms of the card reader.

use serde::{Serialize, de::DeserializeOwned};
use wire::{access_records, issuance, jpki, mediation, reader};

/// What is read can be written, and is read again as the same.
fn json<T: Serialize + DeserializeOwned>(bytes: &[u8]) {
    if let Ok(message) = serde_json::from_slice::<T>(bytes) {
        let written = serde_json::to_vec(&message).expect("what was read can be written");
        let again: T = serde_json::from_slice(&written).expect("what was written can be read");
        assert_eq!(serde_json::to_vec(&again).expect("again"), written);
    }
}

fn form<T: Serialize + DeserializeOwned>(bytes: &[u8]) {
    if let Ok(message) = serde_urlencoded::from_bytes::<T>(bytes) {
        let written = serde_urlencoded::to_string(&message).expect("what was read can be written");
        let again: T = serde_urlencoded::from_str(&written).expect("what was written can be read");
        assert_eq!(serde_urlencoded::to_string(&again).expect("again"), written);
    }
}

pub(super) fn messages(bytes: &[u8]) {
    json::<mediation::MediationRequest>(bytes);
    json::<mediation::MediationAnswer>(bytes);
    json::<mediation::Inquiry>(bytes);
    json::<mediation::InquiryAnswer>(bytes);
    json::<mediation::AnswerContent>(bytes);
    json::<access_records::RecordsRequest>(bytes);
    json::<access_records::RecordsAnswer>(bytes);
    json::<access_records::RecordRequest>(bytes);
    json::<issuance::LinkCodeRequest>(bytes);
    json::<issuance::FourInfoMessage>(bytes);
    json::<issuance::MatchAnswer>(bytes);
    json::<issuance::IssuanceOrder>(bytes);
    json::<issuance::LinkCodeDelivery>(bytes);
    json::<issuance::LinkCodeReplacements>(bytes);
    json::<jpki::PairRequest>(bytes);
    json::<jpki::PairAnswer>(bytes);
    json::<jpki::HistoryRequest>(bytes);
    json::<jpki::HistoryAnswer>(bytes);
    json::<wire::code_end::CodeEnded>(bytes);
    json::<jpki::CertificateOrder>(bytes);
    json::<jpki::CertificatePair>(bytes);
    json::<wire::Problem>(bytes);
}

pub(super) fn message_seeds() -> Vec<Vec<u8>> {
    let code = "A".repeat(43);
    [
        format!(r#"{{"bp":"resident-tax","requester":"141003","provider":"NTA","link_code":"{code}","info_kind":"income","sealing_certificate":"MIIB"}}"#),
        format!(r#"{{"link_code":"{code}"}}"#),
        r#"{"earlier":["0a1b","0c"]}"#.to_owned(),
        r#"{"records":[],"total":0,"own_views":0,"kept_since":null,"institutions":["NTA"],"info_kinds":["income"]}"#.to_owned(),
        r#"{"type":"about:blank#no-such-code","title":"no such code","status":404,"instance":"01a"}"#.to_owned(),
        format!(r#"{{"replacements":[{{"old":"{code}","new":"{code}"}}]}}"#),
        r#"{"name":"山田花子","address":"横浜市","birth_date":"1980-04-01","sex":"female"}"#.to_owned(),
    ]
    .map(String::into_bytes)
    .into()
}

pub(super) fn forms(bytes: &[u8]) {
    form::<reader::Ask>(bytes);
    form::<reader::Answer>(bytes);
    form::<reader::Removed>(bytes);
}

pub(super) fn form_seeds() -> Vec<Vec<u8>> {
    let opaque = "A".repeat(43);
    [
        format!("purpose=login&challenge={opaque}&document=&removal_token={opaque}"),
        format!("purpose=register&challenge={opaque}&document=%E5%90%8C%E6%84%8F&removal_token={opaque}"),
        format!("challenge={opaque}&kind=signed&certificate=MIIB&signature=AAAA"),
        format!("removal_token={opaque}"),
    ]
    .map(String::into_bytes)
    .into()
}
