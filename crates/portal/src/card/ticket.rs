//! The starting browser comes back with its code.

use domain::{AccessRecordId, CardPurpose, FolderId, FolderState, LoginFailure, LoginOutcome, SecretHash, TicketCode};
use jiff::{SignedDuration, Timestamp};
use rand_core::CryptoRng;
use store::{
    Binding, Entrance, Folder, LoginEvent, NewChallenge, NewSession, RegistrationState, Repository, StoreError, Ticket,
};
use wire::access_records::ViewingId;

use super::CardRefusal;
use super::answer::ACCEPTED;
use crate::folder_own::resume;
use crate::visitor::SignedInState;
use crate::{Flash, Portal, PurgeError, PurgeReason, SessionState};

/// So long before its end a certificate's owner is warned at each login (P-RNW-5).
const WARNED_BEFORE_END: SignedDuration = SignedDuration::from_hours(24 * 90);

/// What the browser may do next.
#[derive(Debug)]
pub enum Redeemed {
    /// Logged in: the session of this state stands under its new id, and the one before is gone.
    LoggedIn {
        /// Of the session.
        session: Box<SessionState>,
        /// A path of this site, if one was asked for.
        return_to: Option<String>,
    },
    /// The application is signed and the person identified: the link code is on its way.
    Applied,
}

/// The browser stays where it was.
#[derive(Debug, thiserror::Error)]
pub enum RedeemError {
    /// The code is unknown, used or more than 30 s old.
    #[error("no such ticket")]
    Unknown,
    /// Another browser started this; the code is spoilt now.
    #[error("another browser started this")]
    OtherBrowser,
    /// The card's answer was refused, and why.
    #[error("the card's answer was refused")]
    Refused(CardPurpose, #[source] CardRefusal),
    /// The store failed.
    #[error("the ticket could not be read or written")]
    Store(#[from] StoreError),
}

impl Portal {
    /// Redeems a code, once, in the browser that started. Everything that follows from it is one transaction, the session
    /// included: after a crash there is either no folder or a whole one, and nobody was logged in whom no session knows.
    /// Where somebody was logged in before, what is held for them and what they read is erased next, or by the sweep.
    pub async fn redeem(
        &self,
        session: &SessionState,
        code: &TicketCode,
        seat: NewSeat<impl FnOnce(&SessionState) -> Result<NewSession, StoreError>>,
        now: Timestamp,
        rng: &mut (impl CryptoRng + Send + ?Sized),
    ) -> Result<Redeemed, RedeemError> {
        let visitor = session.visitor();
        let left = seat.replaces.clone().filter(|_| visitor.signed_in().is_some());
        let mut repository = self.store().begin().await?;
        let Some(ticket) = repository.redeem_ticket(&code.hash(), &visitor.browser().0, now).await? else {
            return Err(spoil(repository, code, now, rng).await?);
        };
        if ticket.outcome != ACCEPTED {
            let refusal = CardRefusal::from_name(&ticket.outcome).unwrap_or(CardRefusal::Internal);
            repository.commit().await?;
            return Err(RedeemError::Refused(ticket.challenge.purpose, refusal));
        }
        let outcome = match ticket.challenge.purpose {
            CardPurpose::Register => Ok(Redeemed::Applied),
            CardPurpose::Login => log_in(&mut repository, session, &ticket, now, rng).await?,
            CardPurpose::Bind => open_folder(&mut repository, session, &ticket, now, rng).await?,
            CardPurpose::Sign => Err(CardRefusal::OutOfOrder),
        };
        let logged_in = matches!(outcome, Ok(Redeemed::LoggedIn { .. }));
        if let Ok(Redeemed::LoggedIn { session, .. }) = &outcome {
            take(&mut repository, seat, left.as_ref(), session, now).await?;
        }
        repository.commit().await?;
        if let Some(left) = left.filter(|_| logged_in)
            && let Err(error) = self.purge(&left, PurgeReason::Logout, now, rng).await
        {
            tracing::warn!(error = &error as &dyn std::error::Error, "what was read before is left to the sweep");
        }
        outcome.map_err(|refusal| RedeemError::Refused(ticket.challenge.purpose, refusal))
    }
}

/// Where the session of a login is to stand.
pub struct NewSeat<Row> {
    /// The session that this browser had before: its id is worth nothing afterwards.
    pub replaces: Option<SecretHash>,
    /// The row, under an id that nobody knows yet.
    pub row: Row,
}

/// `left` is the session that is replaced where somebody was logged in: nobody gets in by it any more, and its row stays
/// until what they read has gone.
async fn take(
    repository: &mut Repository,
    seat: NewSeat<impl FnOnce(&SessionState) -> Result<NewSession, StoreError>>,
    left: Option<&SecretHash>,
    session: &SessionState,
    now: Timestamp,
) -> Result<(), StoreError> {
    if let Some(left) = left {
        repository.end_session(left).await?;
    } else if let Some(replaced) = &seat.replaces {
        repository.delete_session(replaced).await?;
    }
    // An id that was drawn twice is a broken generator's: nobody is logged in with it.
    let taken = repository.insert_session(&(seat.row)(session)?, now).await?;
    taken.then_some(()).ok_or(StoreError::Corrupt { table: "session", column: "id_hash" })
}

type Outcome = Result<Result<Redeemed, CardRefusal>, StoreError>;

async fn log_in(
    repository: &mut Repository,
    session: &SessionState,
    ticket: &Ticket,
    now: Timestamp,
    rng: &mut (impl CryptoRng + Send + ?Sized),
) -> Outcome {
    let Some(serial) = &ticket.serial else { return Ok(Err(CardRefusal::Internal)) };
    let Some(entrance) = repository.entrance_by_serial(serial).await? else {
        return Ok(Err(CardRefusal::NotRegistered));
    };
    let folder = &entrance.folder;
    if folder.state != FolderState::Open {
        let event = LoginEvent { at: now, outcome: LoginOutcome::Failed(LoginFailure::FolderNotOpen) };
        note(repository, &folder.id, event, rng).await?;
        return Ok(Err(CardRefusal::of_folder(folder.state)));
    }
    let signed_in = enter(repository, &entrance, &ticket.challenge, now, rng).await?;
    Ok(Ok(Redeemed::LoggedIn {
        session: Box::new(session.signed_in(signed_in)),
        return_to: ticket.challenge.return_to.clone(),
    }))
}

/// Step 10: the folder of this link code is opened, or found again (P-REG-7), and the certificate bound to it.
async fn open_folder(
    repository: &mut Repository,
    session: &SessionState,
    ticket: &Ticket,
    now: Timestamp,
    rng: &mut (impl CryptoRng + Send + ?Sized),
) -> Outcome {
    let (Some(id), Some(serial)) = (ticket.challenge.registration_id, &ticket.serial) else {
        return Ok(Err(CardRefusal::Internal));
    };
    let registration = repository.registration_to_finish(&id).await?;
    let Some(RegistrationState::Linked { link_code, key_index, .. }) = registration.map(|r| r.state) else {
        return Ok(Err(CardRefusal::OutOfOrder));
    };
    if !repository.registration_bound(&id).await? {
        return Ok(Err(CardRefusal::OutOfOrder));
    }
    let folder = match repository.folder_by_link_code(&link_code).await? {
        Some(folder) if folder.state == FolderState::Suspended && resume(repository, &folder.id, now).await? => {
            Folder { state: FolderState::Open, ..folder }
        }
        Some(folder) if folder.state != FolderState::Open => return Ok(Err(CardRefusal::of_folder(folder.state))),
        Some(folder) => folder,
        None => {
            let id = FolderId::generate(rng);
            let folder = Folder { id, link_code, key_index, state: FolderState::Open, opened_at: now };
            repository.insert_folder(&folder).await?;
            folder
        }
    };
    repository.unbind_other_certificates(&folder.id, serial, now).await?;
    match repository.folder_by_serial(serial).await? {
        Some(bound) if bound.id == folder.id => {}
        Some(_) => return Ok(Err(CardRefusal::OtherPerson)),
        None => {
            let binding = Binding { serial: serial.clone(), folder_id: folder.id, bound_at: now };
            if !repository.bind_certificate(&binding).await? {
                return Ok(Err(CardRefusal::OtherPerson));
            }
        }
    }
    let Some(entrance) = repository.entrance_by_serial(serial).await? else { return Ok(Err(CardRefusal::Internal)) };
    let mut session = session.signed_in(enter(repository, &entrance, &ticket.challenge, now, rng).await?);
    session.set_flash(Flash::success("registered"));
    Ok(Ok(Redeemed::LoggedIn { session: Box::new(session), return_to: None }))
}

async fn enter(
    repository: &mut Repository,
    entrance: &Entrance,
    challenge: &NewChallenge,
    now: Timestamp,
    rng: &mut (impl CryptoRng + Send + ?Sized),
) -> Result<SignedInState, StoreError> {
    let folder_id = entrance.folder.id;
    note(repository, &folder_id, LoginEvent { at: now, outcome: LoginOutcome::Succeeded }, rng).await?;
    Ok(SignedInState {
        folder_id,
        logged_in_at: now,
        previous_login_at: entrance.entered_at,
        failed_logins_since: entrance.failures_since,
        certificate_ends_at: entrance.certificate_ends_at.filter(|end| end.duration_since(now) <= WARNED_BEFORE_END),
        shared_device: challenge.shared_device,
        viewing: ViewingId(AccessRecordId::generate(rng).to_string()),
        removal_token_hash: challenge.removal_token.hash(),
    })
}

/// A code shown by another browser is spoilt, and the folder's owner is told in the login history.
async fn spoil(
    mut repository: Repository,
    code: &TicketCode,
    now: Timestamp,
    rng: &mut (impl CryptoRng + Send + ?Sized),
) -> Result<RedeemError, StoreError> {
    let Some(ticket) = repository.spoil_ticket(&code.hash(), now).await? else { return Ok(RedeemError::Unknown) };
    if let Some(serial) = ticket.serial.filter(|_| ticket.outcome == ACCEPTED)
        && let Some(folder) = repository.folder_by_serial(&serial).await?
    {
        let event = LoginEvent { at: now, outcome: LoginOutcome::Failed(LoginFailure::OtherBrowser) };
        note(&mut repository, &folder.id, event, rng).await?;
    }
    repository.commit().await?;
    Ok(RedeemError::OtherBrowser)
}

/// A refused answer of a card that has a folder: its owner is told, whether or not any browser comes back (P-AUT-6).
pub(super) async fn note_failure(
    repository: &mut Repository,
    serial: &str,
    refusal: CardRefusal,
    now: Timestamp,
    rng: &mut (impl CryptoRng + Send + ?Sized),
) -> Result<(), StoreError> {
    let failure = match refusal {
        CardRefusal::Expired => LoginFailure::Expired,
        CardRefusal::Revoked => LoginFailure::Revoked,
        CardRefusal::ValidityUnreachable => LoginFailure::ValidityUnknown,
        CardRefusal::WithoutPin => LoginFailure::WithoutPin,
        CardRefusal::FolderRetained => LoginFailure::FolderNotOpen,
        _ => return Ok(()),
    };
    let Some(folder) = repository.folder_by_serial(serial).await? else { return Ok(()) };
    note(repository, &folder.id, LoginEvent { at: now, outcome: LoginOutcome::Failed(failure) }, rng).await
}

async fn note(
    repository: &mut Repository,
    folder_id: &FolderId,
    event: LoginEvent,
    rng: &mut (impl CryptoRng + Send + ?Sized),
) -> Result<(), StoreError> {
    let mut id = [0; 16];
    rng.fill_bytes(&mut id);
    repository.insert_login_event(&id, folder_id, &event).await
}

impl Portal {
    /// The reader says that the card was removed: ends the session on a device that the person called shared, and erases
    /// what is held for it (P-INF-6, P-DEV-2).
    pub async fn card_removed(
        &self,
        token: &domain::RemovalToken,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<u64, PurgeError> {
        let sessions = self.store().read().await?.sessions_by_removal(&token.hash()).await?;
        for session in &sessions {
            self.purge(session, PurgeReason::CardRemoved, now, rng).await?;
        }
        let mut repository = self.store().begin().await?;
        // A session that began with this token while the others were erased.
        let ended = repository.delete_sessions_by_removal(&token.hash()).await?;
        repository.commit().await?;
        Ok(ended + sessions.len() as u64)
    }
}
