//! A door between two parties: lets their bytes through, or keeps them back on a story's word. So a story stops the
//! world at a moment of its choice without looking at a clock.

use std::net::{Ipv4Addr, SocketAddr};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What the door lets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Everything.
    Open,
    /// Nothing of what is asked.
    KeepsQuestions,
    /// Nothing of what is answered.
    KeepsAnswers,
}

/// Stands before one party. Gone with the value.
pub struct Gate {
    /// Where the others come to.
    pub address: SocketAddr,
    door: watch::Sender<Door>,
    kept: watch::Sender<u32>,
    _tasks: tokio::task::JoinSet<()>,
}

impl Gate {
    /// A door at `address` (port 0: any) to whoever listens at `party` when somebody comes.
    pub async fn before(address: SocketAddr, party: SocketAddr) -> Self {
        let listener = TcpListener::bind(address).await.expect("a port");
        let (door, kept) = (watch::Sender::new(Door::Open), watch::Sender::new(0));
        let address = listener.local_addr().expect("an address");
        let mut tasks = tokio::task::JoinSet::new();
        tasks.spawn(passes(listener, party, door.clone(), kept.clone()));
        Self { address, door, kept, _tasks: tasks }
    }

    /// A door at any port of this machine.
    pub async fn anywhere_before(party: SocketAddr) -> Self {
        Self::before(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), party).await
    }

    /// From now on.
    pub fn set(&self, door: Door) {
        self.kept.send_replace(0);
        self.door.send_replace(door);
    }

    /// Waits until something was kept back since the door was last set.
    pub async fn keeps_something_back(&self) {
        self.kept.subscribe().wait_for(|kept| *kept > 0).await.expect("the gate stands");
    }
}

async fn passes(listener: TcpListener, party: SocketAddr, door: watch::Sender<Door>, kept: watch::Sender<u32>) {
    let mut conversations = tokio::task::JoinSet::new();
    while let Ok((asking, _)) = listener.accept().await {
        // Nobody is at home: whoever came finds the line cut.
        let Ok(answering) = TcpStream::connect(party).await else { continue };
        let ((from_asking, to_asking), (from_answering, to_answering)) = (asking.into_split(), answering.into_split());
        let hand = |keeps| Hand { keeps, door: door.subscribe(), kept: kept.clone() };
        let (questions, answers) = (hand(Door::KeepsQuestions), hand(Door::KeepsAnswers));
        conversations.spawn(async move {
            tokio::select! {
                () = questions.carries(from_asking, to_answering) => {}
                () = answers.carries(from_answering, to_asking) => {}
            }
        });
    }
}

/// One direction of one conversation.
struct Hand {
    keeps: Door,
    door: watch::Receiver<Door>,
    kept: watch::Sender<u32>,
}

impl Hand {
    async fn carries(mut self, mut from: OwnedReadHalf, mut to: OwnedWriteHalf) {
        let mut bytes = vec![0; 64 * 1024];
        while let Ok(read @ 1..) = from.read(&mut bytes).await {
            if *self.door.borrow() == self.keeps {
                self.kept.send_modify(|kept| *kept += 1);
            }
            let keeps = self.keeps;
            if self.door.wait_for(|door| *door != keeps).await.is_err() {
                return;
            }
            let chunk = bytes.get(..read).unwrap_or_default();
            if to.write_all(chunk).await.is_err() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Somebody who repeats every word.
    async fn echo() -> SocketAddr {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let (mut from, mut to) = stream.split();
                    tokio::io::copy(&mut from, &mut to).await
                });
            }
        });
        address
    }

    #[tokio::test]
    async fn what_is_kept_back_arrives_when_the_door_opens() {
        let gate = Gate::anywhere_before(echo().await).await;
        for door in [Door::KeepsQuestions, Door::KeepsAnswers] {
            gate.set(door);
            let mut stream = TcpStream::connect(gate.address).await.unwrap();
            stream.write_all(b"word").await.unwrap();
            gate.keeps_something_back().await;
            let mut heard = [0; 4];
            assert!(stream.try_read(&mut heard).is_err(), "{door:?}");
            gate.set(Door::Open);
            stream.read_exact(&mut heard).await.unwrap();
            assert_eq!(&heard, b"word");
        }
    }
}
