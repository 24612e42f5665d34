//! The programs as an operator runs them: each a process of its own, its settings in a file, its log as it comes.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tokio::process::Command;

use super::api::{Api, Registered, SAID};
use super::ground::{CITY, Ground, Look, Tables};
use crate::host::{Revocation, settings_on};
use crate::places::address;
use crate::processes::{Program, children_of, cpu_of, memory_bytes, nobody_listens};
use crate::{Failure, demo};

const API_PORT: u16 = 9310;
const ADMIN_PORT: u16 = 8082;
/// Nobody is told to wait because of how often they ask.
const QUOTA: [&str; 4] = ["--quota-per-minute", "1000000000", "--recipients-per-day", "1000000000"];
/// What is to happen happens within this time, or the measurement ends.
const PATIENCE: Duration = Duration::from_mins(10);
const LOOK: Duration = Duration::from_millis(10);

/// The city's program.
pub(super) struct City {
    program: Program,
    /// Its own process, also where another program watches it.
    pub(super) pid: u32,
    pub(super) api: Api,
    pub(super) tables: Tables,
}

/// City, linkage backend and portal.
pub(super) struct Stage {
    pub(super) city: City,
    pub(super) linkage: Program,
    pub(super) portal: Program,
}

/// What three processes have used so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Used {
    /// Peak memory in bytes: city, linkage, portal.
    pub(super) peak_bytes: [u64; 3],
    /// CPU time.
    pub(super) cpu: [Duration; 3],
}

impl Stage {
    pub(super) async fn start(ground: &Ground, city: Tables, portal: &Tables) -> Result<Self, Failure> {
        let linkage = demo::start_linkage(&ground.places, &ground.data).await?;
        let portal = self::portal(ground, portal).await?;
        let city = City::start(ground, city, None).await?;
        Ok(Self { city, linkage, portal })
    }

    pub(super) fn used(&self) -> Used {
        let pids = [self.city.pid, self.linkage.pid, self.portal.pid];
        Used { peak_bytes: pids.map(|pid| memory_bytes(&pid.to_string(), "VmHWM")), cpu: pids.map(cpu_of) }
    }

    pub(super) async fn stop(self) -> Result<(), Failure> {
        self.city.stop().await?;
        self.portal.stop().await?;
        self.linkage.stop().await
    }
}

impl City {
    /// `municipality serve`, and one of the city's systems registered; under `strace` where `trace` names a file.
    pub(super) async fn start(ground: &Ground, tables: Tables, trace: Option<&Path>) -> Result<Self, Failure> {
        let config = written(ground, &tables)?;
        let system = ground.data.join("system");
        // The same tables a second time: the system is registered in them.
        let before = if has_client(&tables).await { Registered::in_folder(&system) } else { None };
        let registered = match before {
            Some(registered) => registered,
            None => register(ground, &config, &system).await?,
        };
        nobody_listens(&[address(API_PORT), address(ADMIN_PORT)]).await?;
        let municipality = ground.places.program("municipality")?;
        let mut command = match trace {
            None => Command::new(&municipality),
            Some(file) => {
                let mut strace = Command::new("strace");
                // The filter in the kernel: only these calls stop, everything else runs at full speed.
                strace.args(["-f", "-ttt", "-y", "--seccomp-bpf", "-e", "trace=fsync,fdatasync", "-o"]).arg(file);
                strace.arg(&municipality);
                strace
            }
        };
        command.arg("--config").arg(&config).arg("serve");
        let mut program = Program::start(&mut command, &ground.places.scratch.join("municipality.log"))?;
        program.listens(&[address(API_PORT), address(ADMIN_PORT)]).await?;
        let watched = || children_of(program.pid).into_iter().find(|(_, name)| name == "municipality");
        let pid = match trace {
            None => program.pid,
            Some(_) => watched().ok_or("strace runs no program")?.0,
        };
        let api = registered.at(address(API_PORT), &ground.data)?;
        Ok(Self { program, pid, api, tables })
    }

    /// Until nothing is on its way any more.
    pub(super) async fn rests(&self) -> Result<(), Failure> {
        let mut look = self.tables.look().await?;
        let began = Instant::now();
        while look.under_way().await? > 0 {
            patient(began, "sendings are still on their way")?;
            tokio::time::sleep(LOOK * 10).await;
        }
        Ok(())
    }

    pub(super) async fn stop(self) -> Result<(), Failure> {
        if self.pid == self.program.pid {
            return self.program.stop().await;
        }
        // Whoever watches ends when nobody is left to be watched.
        let asked = Command::new("kill").args(["-TERM", &self.pid.to_string()]).status().await?;
        if !asked.success() {
            return Err("the watched program cannot be stopped".into());
        }
        self.program.ended().await
    }
}

/// `my-portal serve`, ready.
pub(super) async fn portal(ground: &Ground, tables: &Tables) -> Result<Program, Failure> {
    nobody_listens(&[address(8080), address(8081)]).await?;
    let config = ground.data.join("portal.toml");
    let text = settings_on(&ground.places, &ground.data, &tables.url, tables.keys.as_deref(), Revocation::Ocsp);
    std::fs::write(&config, text)?;
    let mut command = Command::new(ground.places.program("my-portal")?);
    command.arg("--config").arg(&config).arg("serve");
    let mut portal = Program::start(&mut command, &ground.places.scratch.join("portal.log"))?;
    portal.listens(&[address(8081)]).await?;
    let ready = format!("http://{}/readyz", address(8081));
    let client = reqwest::Client::builder().no_proxy().build()?;
    let began = Instant::now();
    while !client.get(&ready).send().await.is_ok_and(|answer| answer.status().is_success()) {
        patient(began, "the portal is not ready")?;
        tokio::time::sleep(LOOK).await;
    }
    Ok(portal)
}

/// Until so many recipients of a notice have it in the portal's tables.
pub(super) async fn all_readable(look: &mut Look, notice: &domain::NoticeId, count: usize) -> Result<(), Failure> {
    let began = Instant::now();
    while look.readable(notice).await? < u64::try_from(count)? {
        patient(began, "not everybody has the notice")?;
        tokio::time::sleep(LOOK).await;
    }
    Ok(())
}

fn patient(since: Instant, trouble: &str) -> Result<(), Failure> {
    if since.elapsed() < PATIENCE { Ok(()) } else { Err(format!("{trouble} after {PATIENCE:?}").into()) }
}

async fn has_client(tables: &Tables) -> bool {
    let Ok(mut look) = tables.look().await else { return false };
    look.number("SELECT count(*) FROM client").await.is_ok_and(|clients| clients > 0)
}

/// `municipality client add`
async fn register(ground: &Ground, config: &Path, folder: &Path) -> Result<Registered, Failure> {
    crate::gather::forget(folder)?;
    let mut command = Command::new(ground.places.program("municipality")?);
    command.arg("--config").arg(config).args(["client", "add", "--label", "bench", "--out"]).arg(folder).args(QUOTA);
    let output = command.output().await?;
    if !output.status.success() {
        return Err(format!("municipality client add: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    std::fs::write(folder.join(SAID), &output.stdout)?;
    Registered::in_folder(folder).ok_or_else(|| "municipality client add said something else".into())
}

fn written(ground: &Ground, tables: &Tables) -> Result<PathBuf, Failure> {
    let text = |path: &Path| toml::Value::String(path.display().to_string()).to_string();
    let data = &ground.data;
    let settings = format!(
        "org = \"{CITY}\"\ndatabase = {database}\nadmin = \"{admin}\"\n\
         [party]\nidentity = {identity}\nanchor = {anchor}\ndirectory = {directory}\n\
         [api]\nlisten = \"{listen}\"\nclient_anchor = {systems}\n",
        database = toml::Value::String(tables.url.clone()),
        admin = address(ADMIN_PORT),
        identity = text(&data.join("orgs").join(CITY)),
        anchor = text(&data.join("pki/org-ca.pem")),
        directory = text(&data.join("parties.toml")),
        listen = address(API_PORT),
        systems = text(&data.join("systems-ca.pem")),
    );
    let config = data.join("municipality.toml");
    std::fs::write(&config, settings)?;
    Ok(config)
}
