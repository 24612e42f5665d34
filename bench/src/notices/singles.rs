//! Single posts: by sixty-four callers, by one alone, at half the rate, and four times as many as can be done; all the
//! while the city's outbox brings them to the portal.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures::future::try_join_all;
use jiff::{SignedDuration, Timestamp};
use runtime::{Clock as _, SystemClock, SystemRng};

use super::api::Told;
use super::ground::{Engine, Ground};
use super::lines::{Lines, Post};
use super::open_loop::{Shot, arrivals, fire};
use super::sizes::Sizes;
use super::stage::{City, Stage};
use super::{lone, overload, syncs, words};
use crate::figure::Figure;
use crate::measure::{Spread, median, ms};
use crate::{Failure, say};

const CALLERS: u32 = 64;
/// Connections, opened beforehand, of those who come whether or not others were answered: more than wait at a time.
const AT_HALF_RATE: usize = 512;
const SHARED_MIN: f64 = 8.0;
const RATE_MIN: f64 = 0.5;
const P99_MAX: f64 = 6.0;
/// Notices that are for another day do not go out now.
const ANOTHER_DAY: SignedDuration = SignedDuration::from_hours(24);

/// Whoever posts, to whom.
pub(super) struct Poster<'a> {
    ground: &'a Ground,
    city: &'a City,
    token: String,
    folders: usize,
    next: AtomicUsize,
    starts_at: Option<Timestamp>,
    /// Made beforehand: what making them takes is nobody's at the city.
    ready: Mutex<VecDeque<Post>>,
}

/// See the module; the city on each engine, the portal on SQLite.
pub(super) async fn measure(ground: &Ground, sizes: &Sizes) -> Result<Vec<Figure>, Failure> {
    let mut figures = Vec::new();
    for engine in Engine::BOTH {
        figures.extend(on(ground, engine, sizes).await?);
    }
    Ok(figures)
}

async fn on(ground: &Ground, engine: Engine, sizes: &Sizes) -> Result<Vec<Figure>, Failure> {
    let [folders, ..] = sizes.folders;
    let portal = ground.portal_tables(Engine::Sqlite, folders).await?;
    let city = ground.empty_tables(engine, "municipality").await?;
    let mut stage = Stage::start(ground, city, &portal).await?;
    say(&format!("single posts, the city on {engine}"));
    let poster = Poster::to(ground, &stage.city, folders).await?;
    poster.by_callers(CALLERS * 4)?;
    stage.city.rests().await?;

    let (mut rates, mut lone_rates, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..sizes.rounds {
        let lone = lone::commits(ground, engine, sizes.lone_commits).await?;
        let rate = poster.by_callers(sizes.posts)?;
        stage.city.rests().await?;
        rates.push(rate);
        lone_rates.push(lone);
        ratios.push(rate / lone);
    }
    let another_day = Poster::to(ground, &stage.city, folders).await?.for_another_day().by_callers(sizes.posts)?;
    let capacity = median(rates);
    say(&format!("{capacity:.0} posts a second; now one caller alone, and half the rate"));
    let poster = Poster::to(ground, &stage.city, folders).await?;
    let alone = poster.alone(sizes.alone_posts)?;
    stage.city.rests().await?;
    let dues = poster.due(capacity / 2.0, sizes.half_rate)?;
    let half = poster.over(AT_HALF_RATE, async |lines| Ok(poster.fire(lines, dues).await))?;
    let half = taken(&half, |shot| shot.from_due)?;
    stage.city.rests().await?;
    let floor = Floor { lone: median(lone_rates), ratio: median(ratios), another_day };
    let mut figures = told(engine, capacity, &floor, alone, half);
    figures.extend(overload::measure(engine, &poster, capacity, sizes.overload)?);
    stage.city.rests().await?;
    drop(poster);

    say("the same posts, counting how often the database is made durable");
    let (syncs, posts) = match engine {
        Engine::Sqlite => {
            let trace = ground.places.scratch.join("municipality.strace");
            let tables = stage.city.tables.clone();
            stage.city.stop().await?;
            stage.city = City::start(ground, tables, Some(&trace)).await?;
            let poster = Poster::to(ground, &stage.city, folders).await?;
            poster.by_callers(CALLERS * 4)?;
            let from = SystemClock.now();
            poster.by_callers(sizes.posts)?;
            let to = SystemClock.now();
            drop(poster);
            stage.city.rests().await?;
            stage.stop().await?;
            (syncs::of_file(&trace, from, to)?, sizes.posts)
        }
        Engine::Postgres => {
            // The server counts for all; what the outbox commits, after the last post too, would be among it.
            let before = syncs::of_server(&stage.city.tables).await?;
            let poster = Poster::to(ground, &stage.city, folders).await?.for_another_day();
            poster.by_callers(sizes.posts)?;
            drop(poster);
            let after = syncs::of_server(&stage.city.tables).await?;
            stage.stop().await?;
            (after.saturating_sub(before), sizes.posts)
        }
    };
    figures.insert(0, shared(engine, posts, syncs));
    Ok(figures)
}

/// What the rate is compared with.
struct Floor {
    lone: f64,
    ratio: f64,
    /// The rate while the outbox has nothing to do.
    another_day: f64,
}

fn shared(engine: Engine, posts: u32, syncs: u64) -> Figure {
    let (what, how) = match engine {
        Engine::Sqlite => {
            ("fdatasync", "by strace while they came, checkpoints and what the outbox settled meanwhile included")
        }
        Engine::Postgres => ("WAL sync", "by pg_stat_wal; posts for another day, so that the outbox is not among it"),
    };
    let name = format!("single posts from {CALLERS} callers, the city on {engine}: posts a {what}");
    Figure::at_least(&name, f64::from(posts) / crate::measure::real(syncs.max(1)), SHARED_MIN, "")
        .because(format!("{syncs} in {posts} posts, {how}"))
}

fn told(engine: Engine, capacity: f64, floor: &Floor, alone: Spread, half: Spread) -> Vec<Figure> {
    let name = format!("single posts from {CALLERS} callers, the city on {engine}");
    vec![
        Figure::at_least(&format!("{name}: rate, against lone durable commits"), floor.ratio, RATE_MIN, "×").because(
            format!(
                "{capacity:.0} posts a second against {:.0} commits of a sending's row by one caller; the outbox, core and \
                 portal bring them on meanwhile on the same cores; notices for another day, which nobody brings on: {:.0} a second",
                floor.lone, floor.another_day
            ),
        ),
        Figure::at_most(
            &format!("{name}: 99th percentile at half that rate, against one caller alone"),
            half.p99 / alone.p99,
            P99_MAX,
            "×",
        )
        .because(format!(
            "{half} against {alone}, median / 90th / 99th percentile; callers come independently of each other, timed from \
             when they were due"
        )),
    ]
}

/// How long those took that were taken; all must have been.
fn taken(shots: &[Shot], of: impl Fn(&Shot) -> Duration) -> Result<Spread, Failure> {
    match shots.iter().find(|shot| !shot.told.taken()) {
        Some(refused) => Err(format!("at half the rate a post was answered {:?}", refused.told).into()),
        None => Ok(Spread::of(shots.iter().map(|shot| ms(of(shot))))),
    }
}

impl<'a> Poster<'a> {
    pub(super) async fn to(ground: &'a Ground, city: &'a City, folders: usize) -> Result<Self, Failure> {
        let token = city.api.token().await?;
        let ready = Mutex::default();
        Ok(Self { ground, city, token, folders, next: AtomicUsize::new(0), starts_at: None, ready })
    }

    fn for_another_day(self) -> Self {
        Self { starts_at: Some(SystemClock.now() + ANOTHER_DAY), ..self }
    }

    /// So many posts are made ready.
    fn prepare(&self, posts: usize) -> Result<(), Failure> {
        let made: Vec<Post> = (0..posts).map(|_| self.make()).collect::<Result<_, _>>()?;
        self.held().extend(made);
        Ok(())
    }

    /// A post of a new notice to the next person.
    async fn once(&self, lines: &Lines<'_>) -> Told {
        let ready = self.held().pop_front();
        match ready.map_or_else(|| self.make(), Ok) {
            Ok(post) => lines.post(post).await,
            Err(_) => Told { status: 0, retry_after: false },
        }
    }

    fn make(&self) -> Result<Post, Failure> {
        let nth = self.next.fetch_add(1, Ordering::Relaxed);
        let to = self.ground.codes.city(nth.wrapping_mul(7) % self.folders)?;
        let body = words::post(&format!("お知らせ {nth:05}"), nth, to, self.starts_at, SystemClock.now());
        self.city.api.ready(&self.token, body)
    }

    fn held(&self) -> MutexGuard<'_, VecDeque<Post>> {
        self.ready.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// When posts are due of callers who know nothing of each other, so many a second; they are made ready.
    pub(super) fn due(&self, a_second: f64, during: Duration) -> Result<Vec<Duration>, Failure> {
        let dues = arrivals(a_second, during, &mut SystemRng);
        self.prepare(dues.len())?;
        Ok(dues)
    }

    /// What is done over so many connections, opened beforehand.
    pub(super) fn over<T>(
        &self,
        connections: usize,
        work: impl AsyncFnOnce(&Lines<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.city.api.way.with(connections, work)
    }

    /// They come.
    pub(super) async fn fire(&self, lines: &Lines<'_>, dues: Vec<Duration>) -> Vec<Shot> {
        fire(dues, || self.once(lines)).await
    }

    /// So many by all callers, each of whom waits for the answer; how many a second.
    fn by_callers(&self, posts: u32) -> Result<f64, Failure> {
        self.prepare(usize::try_from(posts)?)?;
        let left = AtomicU32::new(posts);
        let take = || left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok();
        self.over(CALLERS as usize, async |lines| {
            let began = Instant::now();
            try_join_all((0..CALLERS).map(async |_| {
                while take() {
                    let told = self.once(lines).await;
                    if !told.taken() {
                        return Err(Failure::from(format!("a post was answered {told:?}")));
                    }
                }
                Ok(())
            }))
            .await?;
            Ok(f64::from(posts) / began.elapsed().as_secs_f64())
        })
    }

    /// One after the other.
    fn alone(&self, posts: usize) -> Result<Spread, Failure> {
        self.prepare(posts)?;
        self.over(1, async |lines| {
            let mut took_ms = Vec::with_capacity(posts);
            for _ in 0..posts {
                let began = Instant::now();
                let told = self.once(lines).await;
                if !told.taken() {
                    return Err(format!("a post was answered {told:?}").into());
                }
                took_ms.push(ms(began.elapsed()));
            }
            Ok(Spread::of(took_ms))
        })
    }
}
