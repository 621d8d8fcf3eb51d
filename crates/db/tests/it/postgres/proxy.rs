//! Stands between the engine and the server: knows which messages passed, and can hold answers back.

use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What passed so far.
#[derive(Clone, Debug, Default)]
pub struct Passed {
    /// Requests of clients that call for an answer: `Sync` and simple queries.
    pub requests: usize,
    /// `Execute` messages.
    pub executes: usize,
    /// Cancel requests.
    pub cancels: usize,
    /// Connections that ended, cancel requests not counted.
    pub ended: usize,
}

/// A proxy on a port of its own.
pub struct Proxy {
    port: u16,
    passed: watch::Receiver<Passed>,
    /// Answers wait until so many requests have passed.
    hold: Arc<watch::Sender<usize>>,
}

impl Proxy {
    /// Starts one before the server of `url`.
    pub async fn start(url: &str) -> Proxy {
        let target = url.split('@').nth(1).and_then(|rest| rest.split('/').next()).unwrap().to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (passed_sender, passed) = watch::channel(Passed::default());
        let passed_sender = Arc::new(passed_sender);
        let hold = Arc::new(watch::channel(0).0);
        let held = hold.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = TcpStream::connect(&target).await.unwrap();
                // Each message travels by itself; none waits for an acknowledgement.
                client.set_nodelay(true).unwrap();
                server.set_nodelay(true).unwrap();
                tokio::spawn(carry(client, server, passed_sender.clone(), held.subscribe()));
            }
        });
        Proxy { port, passed, hold }
    }

    /// The URL that leads through it.
    pub fn url(&self, url: &str) -> String {
        let (start, rest) = url.split_once('@').unwrap();
        let database = rest.split_once('/').unwrap().1;
        format!("{start}@127.0.0.1:{}/{database}?sslmode=disable", self.port)
    }

    /// What passed so far.
    pub fn passed(&self) -> Passed {
        self.passed.borrow().clone()
    }

    /// Waits until what passed is as wanted.
    pub async fn until(&self, wanted: impl FnMut(&Passed) -> bool) {
        self.passed.clone().wait_for(wanted).await.unwrap();
    }

    /// Holds back every answer until `more` requests have passed from now on.
    pub fn hold_until(&self, more: usize) {
        self.hold.send_replace(self.passed().requests + more);
    }
}

async fn carry(
    client: TcpStream,
    server: TcpStream,
    passed: Arc<watch::Sender<Passed>>,
    mut hold: watch::Receiver<usize>,
) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let seen = passed.subscribe();
    let answers = async move {
        let mut bytes = vec![0; 65536];
        let mut seen = seen;
        while let Ok(count @ 1..) = from_server.read(&mut bytes).await {
            let until = *hold.borrow_and_update();
            let _ = seen.wait_for(|passed| passed.requests >= until).await;
            if to_client.write_all(&bytes[..count]).await.is_err() {
                break;
            }
        }
        let _ = to_client.shutdown().await;
    };
    let requests = async move {
        let cancel = forward_requests(&mut from_client, &mut to_server, &passed).await;
        let _ = to_server.shutdown().await;
        if !cancel {
            passed.send_modify(|passed| passed.ended += 1);
        }
    };
    tokio::join!(answers, requests);
}

/// Forwards message by message; whether it was a cancel request.
async fn forward_requests(
    client: &mut tokio::net::tcp::OwnedReadHalf,
    server: &mut tokio::net::tcp::OwnedWriteHalf,
    passed: &watch::Sender<Passed>,
) -> bool {
    const CANCEL_REQUEST: [u8; 4] = 80_877_102i32.to_be_bytes();
    let mut started = false;
    loop {
        let mut message = vec![0; if started { 5 } else { 4 }];
        if client.read_exact(&mut message).await.is_err() {
            return false;
        }
        let tag = if started { message[0] } else { 0 };
        let length = u32::from_be_bytes(*message.last_chunk().unwrap()) as usize;
        let head = message.len();
        message.resize(head + length - 4, 0);
        if client.read_exact(&mut message[head..]).await.is_err() || server.write_all(&message).await.is_err() {
            return false;
        }
        if !started && message[4..].starts_with(&CANCEL_REQUEST) {
            passed.send_modify(|passed| passed.cancels += 1);
            return true;
        }
        started = true;
        passed.send_modify(|passed| match tag {
            b'S' | b'Q' => passed.requests += 1,
            b'E' => passed.executes += 1,
            _ => {}
        });
    }
}
