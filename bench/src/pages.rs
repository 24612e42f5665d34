//! CPU of the portal process per page, against a bare handler in the same process that sends the same bytes.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};

use crate::citizen::Citizen;
use crate::figure::Figure;
use crate::host::{Bare, Host, Revocation, origin, set_up};
use crate::measure::{cpu, median, real, us};
use crate::places::Places;
use crate::processes::{Program, cpu_of};
use crate::{Failure, demo, records, say, wrk};

const ROUNDS: usize = 5;
const ROUND_S: u32 = 4;
const CONNECTIONS: u32 = 8;
const HOME_MAX: f64 = 12.0;
const RECORDS_MAX: f64 = 30.0;

/// Home, and a page of fifty among ten thousand access records.
pub(crate) async fn measure(places: &Places) -> Result<Vec<Figure>, Failure> {
    let data = demo::world(places).await?;
    let metrics = set_up()?;
    let linkage = demo::start_linkage(places, &data).await?;
    let host = Host::start(places, &data, Revocation::Ocsp, metrics).await?;
    let mut citizen = Citizen::start(&origin(), &data, None)?;
    say("a citizen registers, and gets ten thousand access records");
    let cookie = citizen.registers().await?;
    citizen.opens("/records").await?;
    let records = records::fill(&data).await?;

    let bench = Bench { cookie, linkage: &linkage };
    let home = bench.page("/home").await?;
    let list = bench.page("/records").await?;
    let history = bench.page("/history").await?;
    host.stop().await?;
    linkage.stop().await?;
    Ok(vec![
        home.ratio("/home: CPU of the portal a request, against a bare handler of the same bytes", Some(HOME_MAX)),
        list.ratio(&format!("/records: 50 of {records} access records, the same"), Some(RECORDS_MAX)),
        list.backend("/records: CPU of the linkage backend (core) a request, apart"),
        history.ratio("/history, the same", None),
    ])
}

struct Bench<'a> {
    cookie: String,
    linkage: &'a Program,
}

/// One page, its rounds.
struct Measured {
    portal: Vec<f64>,
    bare: Vec<f64>,
    ratios: Vec<f64>,
    backend: Vec<f64>,
    rate: Vec<f64>,
    bytes: usize,
}

impl Bench<'_> {
    async fn page(&self, path: &str) -> Result<Measured, Failure> {
        say(&format!("{path}, {ROUNDS} rounds"));
        let url = format!("{}{path}", origin());
        let (headers, body) = self.once(&url).await?;
        let bytes = body.len();
        let bare = Bare::start(headers, body).await?;
        let bare_url = format!("http://{}/", bare.address);
        let mut measured = Measured {
            portal: Vec::new(),
            bare: Vec::new(),
            ratios: Vec::new(),
            backend: Vec::new(),
            rate: Vec::new(),
            bytes,
        };
        // Warm both: caches, pools, connections.
        wrk::run(&url, &self.cookie, CONNECTIONS, 1).await?;
        wrk::run(&bare_url, &self.cookie, CONNECTIONS, 1).await?;
        for _ in 0..ROUNDS {
            let floor = self.round(&bare_url).await?;
            let page = self.round(&url).await?;
            measured.portal.push(us(page.cpu));
            measured.bare.push(us(floor.cpu));
            measured.ratios.push(page.cpu.div_duration_f64(floor.cpu));
            measured.backend.push(us(page.backend));
            measured.rate.push(page.rate);
        }
        bare.stop().await?;
        Ok(measured)
    }

    /// What the bare handler is to send.
    async fn once(&self, url: &str) -> Result<(HeaderMap, Bytes), Failure> {
        let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build()?;
        let request = client.get(url).header(header::COOKIE, &self.cookie).header(header::ACCEPT_LANGUAGE, "ja");
        let response = request.send().await?;
        if response.status() != StatusCode::OK {
            return Err(format!("{url} answers {}", response.status()).into());
        }
        Ok((response.headers().clone(), response.bytes().await?))
    }

    async fn round(&self, url: &str) -> Result<Round, Failure> {
        let (before, backend_before) = (cpu(), cpu_of(self.linkage.pid));
        let run = wrk::run(url, &self.cookie, CONNECTIONS, ROUND_S).await?;
        let each = |time: Duration| time.div_f64(real(run.requests));
        Ok(Round {
            cpu: each(cpu().saturating_sub(before)),
            backend: each(cpu_of(self.linkage.pid).saturating_sub(backend_before)),
            rate: run.rate,
        })
    }
}

struct Round {
    cpu: Duration,
    backend: Duration,
    rate: f64,
}

impl Measured {
    fn ratio(&self, name: &str, target: Option<f64>) -> Figure {
        let ratio = median(self.ratios.clone());
        let figure = match target {
            Some(target) => Figure::at_most(name, ratio, target, "×"),
            None => Figure::plain(name, format!("{ratio:.1} ×")),
        };
        figure.because(format!(
            "{:.0} µs against {:.0} µs; {} bytes; {:.0} requests a second with {CONNECTIONS} connections",
            median(self.portal.clone()),
            median(self.bare.clone()),
            self.bytes,
            median(self.rate.clone()),
        ))
    }

    fn backend(&self, name: &str) -> Figure {
        let against = median(self.backend.clone()) / median(self.bare.clone());
        Figure::plain(name, format!("{:.0} µs", median(self.backend.clone())))
            .because(format!("{against:.1} × the bare handler; all parties of the backend are one process"))
    }
}
