//! Do two certificates belong to the same person (P-REG-5)? Which did a person have before (P-RNW-3)?

use wire::jpki::{HISTORY_PATH, HistoryAnswer, HistoryRequest, PAIR_PATH, PairAnswer, PairRequest};

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

    /// Serials of the authentication certificates that the owner of this one had before, the newest first.
    pub(crate) async fn earlier_serials(&self, authentication_serial: &str) -> Result<Vec<String>, PeerFailure> {
        let request = HistoryRequest { authentication_serial: authentication_serial.to_owned() };
        let answer: HistoryAnswer = self.post(&self.names.jpki, HISTORY_PATH, &request).await?;
        Ok(answer.earlier)
    }
}
