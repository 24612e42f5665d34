//! Do two certificates belong to the same person (P-REG-5)?

use wire::jpki::{PAIR_PATH, PairAnswer, PairRequest};

use super::{PeerFailure, Peers};

impl Peers {
    pub(crate) async fn same_person(
        &self,
        signature_serial: &str,
        authentication_serial: &str,
    ) -> Result<bool, PeerFailure> {
        let request = PairRequest {
            signature_serial: signature_serial.to_owned(),
            authentication_serial: authentication_serial.to_owned(),
        };
        let answer: PairAnswer = self.post(&self.names.jpki, PAIR_PATH, &request).await?;
        Ok(answer.same_person)
    }
}
