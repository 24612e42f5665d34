//! A line to PostgreSQL that breaks on a story's word.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// When the line breaks, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    /// The server never hears of the commit.
    BeforeCommit,
    /// The server has committed; its answer is lost.
    AfterCommit,
}

pub(super) struct Line {
    /// The database, through this line.
    pub(super) url: String,
    next: Arc<Mutex<Option<Break>>>,
    _tasks: JoinSet<()>,
}

impl Line {
    pub(super) async fn to(url: &str) -> Self {
        let (user, rest) = url.split_once('@').unwrap();
        let (server, database) = rest.split_once('/').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("{user}@{}/{database}", listener.local_addr().unwrap());
        let (server, next) = (server.to_owned(), Arc::new(Mutex::new(None)));
        let breaks = Arc::clone(&next);
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut conversations = JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                let server = TcpStream::connect(&server).await.unwrap();
                conversations.spawn(carries(client, server, Arc::clone(&breaks)));
            }
        });
        Self { url, next, _tasks: tasks }
    }

    pub(super) fn breaks(&self, at: Break) {
        *self.next.lock().unwrap() = Some(at);
    }
}

async fn carries(mut client: TcpStream, mut server: TcpStream, next: Arc<Mutex<Option<Break>>>) {
    let (mut asked, mut answered) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
    loop {
        tokio::select! {
            read = client.read(&mut asked) => {
                let Ok(length @ 1..) = read else { return };
                let question = &asked[..length];
                let commits = question.windows(7).any(|word| word == b"COMMIT\0");
                let broken = if commits { next.lock().unwrap().take() } else { None };
                if broken == Some(Break::BeforeCommit) || server.write_all(question).await.is_err() {
                    return;
                }
                if broken == Some(Break::AfterCommit) {
                    // The server answers when it has committed.
                    let _ = server.read(&mut answered).await;
                    return;
                }
            }
            read = server.read(&mut answered) => {
                let Ok(length @ 1..) = read else { return };
                if client.write_all(&answered[..length]).await.is_err() {
                    return;
                }
            }
        }
    }
}
