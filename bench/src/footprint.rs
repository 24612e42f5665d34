//! The demo as `make run` starts it: how soon it is there, how much memory its programs take, how much a browser loads.

mod first_page;

use std::path::Path;
use std::time::{Duration, Instant};

use serde::Deserialize;
use tokio::process::Command;

use crate::citizen::Citizen;
use crate::figure::Figure;
use crate::measure::{median, real};
use crate::places::{Places, SHIFT, address};
use crate::processes::{Program, children_of, memory_bytes, nobody_listens};
use crate::{Failure, demo, say};

const STARTS: usize = 3;
const START_MAX_S: f64 = 3.0;
const PORTAL_AT_REST_MAX_MB: f64 = 60.0;
const WASM_GZIP_MAX_KB: f64 = 80.0;
const FIRST_PAGE_MAX_KB: f64 = 60.0;
const PORTAL: &str = "my-portal";
/// Tokio's and sqlx's pools have settled by then.
const REST: Duration = Duration::from_secs(3);
/// Below the limit of card steps a minute that the demo has.
const LOGINS: u32 = 10;

/// Start-up, memory and sizes.
pub(crate) async fn measure(places: &Places) -> Result<Vec<Figure>, Failure> {
    let data = demo::world(places).await?;
    let mut starts = Vec::new();
    for _ in 1..STARTS {
        let (program, took) = start(places, &data).await?;
        starts.push(took.as_secs_f64());
        program.stop().await?;
    }
    let (demo, took) = start(places, &data).await?;
    starts.push(took.as_secs_f64());
    let mut figures = vec![
        Figure::at_most("start-up of the built demo", median(starts), START_MAX_S, "s")
            .because("from the call of `xtask demo` over a world that is there to the portal's /readyz; linkage, reader and portal one after the other"),
    ];
    tokio::time::sleep(REST).await;
    let programs = children_of(demo.pid);
    let rest: Vec<(u32, String, u64)> =
        programs.into_iter().map(|(pid, name)| (pid, name, memory(pid, "VmRSS"))).collect();
    let portal = rest.iter().find(|(_, name, _)| name == PORTAL).ok_or("the portal is not among the programs")?;
    figures.push(
        Figure::at_most("portal at rest: resident memory", real(portal.2) / 1e6, PORTAL_AT_REST_MAX_MB, "MB")
            .because(format!("peak so far {:.1} MB", real(memory(portal.0, "VmHWM")) / 1e6)),
    );
    let first = first_page::load(&portal_url()).await?;
    let used = use_it(&data).await;
    for (pid, name, at_rest) in &rest {
        let peak = real(memory(*pid, "VmHWM")) / 1e6;
        let note = match &used {
            Ok(()) => {
                format!("after one registration, {LOGINS} logins and 40 pages; {:.1} MB at rest", real(*at_rest) / 1e6)
            }
            Err(error) => format!("unused: {error}; {:.1} MB at rest", real(*at_rest) / 1e6),
        };
        figures.push(Figure::plain(&format!("{name}: peak memory (VmHWM)"), format!("{peak:.1} MB")).because(note));
    }
    demo.stop().await?;
    figures.push(wasm(&places.site())?);
    figures.push(
        Figure::at_most(
            "first page without script: all bodies, brotli asked for",
            real(first.bytes()) / 1e3,
            FIRST_PAGE_MAX_KB,
            "kB",
        )
        .because(first.describe()),
    );
    Ok(figures)
}

fn memory(pid: u32, line: &str) -> u64 {
    memory_bytes(&pid.to_string(), line)
}

/// As the demo has it.
fn portal_url() -> String {
    format!("http://localhost:{}", address(8080).port())
}

async fn start(places: &Places, data: &Path) -> Result<(Program, Duration), Failure> {
    let xtask = places.programs.with_file_name("debug").join("xtask");
    if !xtask.is_file() {
        return Err(format!("{} is not built", xtask.display()).into());
    }
    nobody_listens(&[address(8080), address(8081), address(8790)]).await?;
    say("starting the demo");
    let mut command = Command::new(xtask);
    command.arg("demo").arg("--data").arg(data).args(["--shift", &SHIFT.to_string()]).current_dir(&places.root);
    let began = Instant::now();
    let mut program = Program::start(&mut command, &places.scratch.join("demo.log"))?;
    // The portal comes last; its admin port is open before its store is, so it is asked as well.
    program.listens(&[address(8081)]).await?;
    let ready = format!("http://{}/readyz", address(8081));
    let client = reqwest::Client::builder().no_proxy().build()?;
    while !client.get(&ready).send().await.is_ok_and(|answer| answer.status().is_success()) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    Ok((program, began.elapsed()))
}

/// Everything a person does, some times.
async fn use_it(data: &Path) -> Result<(), Failure> {
    let reader = format!("http://{}", address(8790));
    let mut citizen = Citizen::start(&portal_url(), data, Some(&reader))?;
    citizen.registers().await?;
    for _ in 0..10 {
        for page in ["/home", "/records", "/history", "/help"] {
            citizen.opens(page).await?;
        }
    }
    citizen.logs_in(LOGINS, 1).await
}

#[derive(Deserialize)]
struct Assets {
    js: String,
    wasm: String,
    files: Vec<Asset>,
}

#[derive(Deserialize)]
struct Asset {
    path: String,
    gzip_bytes: Option<u64>,
    brotli_bytes: Option<u64>,
}

fn wasm(site: &Path) -> Result<Figure, Failure> {
    let assets: Assets = serde_json::from_slice(&std::fs::read(site.join("assets.json"))?)?;
    let file = |path: &str| assets.files.iter().find(|file| file.path == path).ok_or("assets.json is incomplete");
    let (wasm, js) = (file(&assets.wasm)?, file(&assets.js)?);
    let kb = |bytes: Option<u64>| real(bytes.unwrap_or_default()) / 1e3;
    Ok(Figure::at_most("WebAssembly loaded with every page, gzip", kb(wasm.gzip_bytes), WASM_GZIP_MAX_KB, "kB")
        .because(format!(
            "{:.1} kB as it is served (brotli); its JavaScript beside it {:.1} kB gzip, {:.1} kB brotli",
            kb(wasm.brotli_bytes),
            kb(js.gzip_bytes),
            kb(js.brotli_bytes)
        )))
}
