//! A small platform for tests of several parties: real listeners with mutual TLS, real databases in memory, a clock
//! that stands still.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use domain::{FourInfo, LinkCode, OrgCode, Sex};
use jiff::{Timestamp, civil::date};
use pki::{
    SigningKey,
    issue::{Authority, AuthorityName, OrganisationProfile, OrganisationUse, Validity},
    key::KeyKind,
};
use runtime::SettableClock;
use tokio::net::TcpListener;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::{
    core::{Core, CoreFiles},
    entropy::{Entropy, seeded},
    institution::{Facts, Institution, InternalId, Occupation, SeededPerson, is_institution},
    jlis,
    party::{CORE, DataDir, Directory, IdentityKind, JLIS, JpkiHttp, PORTAL, Party, REGISTER, SecretKey, Service},
    register::{NewResident, Register, ResidentRecordCode, Status},
};

/// When tests happen.
pub(crate) const NOW: &str = "2026-11-03T05:00:00Z";

/// A folder in memory that goes when the test ends; databases in it have the real pragmas.
pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::Builder::new().prefix("linkage-").tempdir_in("/dev/shm").unwrap()
}

/// The platform. Everything stops when it is dropped.
pub(crate) struct Trial {
    pub(crate) core: Arc<Core>,
    pub(crate) register: Arc<Register>,
    pub(crate) clock: Arc<SettableClock>,
    pub(crate) data: DataDir,
    institutions: BTreeMap<OrgCode, Arc<Institution>>,
    directory: Arc<Directory>,
    people: std::sync::atomic::AtomicU64,
    _stop: DropGuard,
    _folder: tempfile::TempDir,
}

/// Somebody whom the register knows.
pub(crate) struct Resident {
    pub(crate) four_info: FourInfo,
    pub(crate) resident_record_code: ResidentRecordCode,
}

impl Trial {
    /// With the core, register, J-LIS, and these institutions.
    pub(crate) async fn open(institutions: &[&str]) -> Self {
        Self::with(institutions, Vec::new()).await
    }

    /// The same, and parties that answer as the test says.
    pub(crate) async fn with(institutions: &[&str], played: Vec<(&str, Router)>) -> Self {
        Self::build(institutions, played, |_, router| router).await
    }

    /// The same, with something between one institution and the others.
    pub(crate) async fn behind<F, Out>(institutions: &[&str], org: &str, between: F) -> Self
    where
        F: Fn(axum::extract::Request, axum::middleware::Next) -> Out + Clone + Send + Sync + 'static,
        Out: Future<Output = axum::response::Response> + Send + 'static,
    {
        let org: OrgCode = org.parse().unwrap();
        Self::build(institutions, Vec::new(), |at, router: Router| {
            if *at == org { router.layer(axum::middleware::from_fn(between.clone())) } else { router }
        })
        .await
    }

    async fn build(
        institutions: &[&str],
        played: Vec<(&str, Router)>,
        between: impl Fn(&OrgCode, Router) -> Router,
    ) -> Self {
        runtime::tls::install_provider();
        let folder = folder();
        let data = DataDir::new(folder.path());
        std::fs::create_dir_all(folder.path().join("linkage")).unwrap();
        let clock = Arc::new(SettableClock::new(NOW.parse().unwrap()));
        let stop = CancellationToken::new();

        let mut orgs: Vec<OrgCode> = [&CORE, &JLIS, &REGISTER, &PORTAL].map(|org| (**org).clone()).to_vec();
        let named = institutions.iter().chain(played.iter().map(|(org, _)| org));
        for org in named.map(|org| org.parse().unwrap()) {
            if !orgs.contains(&org) {
                orgs.push(org);
            }
        }
        let mut listeners = BTreeMap::new();
        for org in &orgs {
            let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
            listeners.insert(org.clone(), runtime::serve::bind(any).await.unwrap());
        }
        let directory = Arc::new(Directory {
            parties: listeners.iter().map(|(org, listener)| (org.clone(), listener.local_addr().unwrap())).collect(),
            jpki: JpkiHttp { http: "http://127.0.0.1:1".into() },
        });
        identities(&data, &orgs);
        let match_key = SecretKey::generate(&mut seeded(7));
        std::fs::write(jlis::key_file(&data), match_key.to_hex().as_bytes()).unwrap();

        let party = |org: &OrgCode| Party::with_directory(org, &data, Arc::clone(&directory), clock.clone()).unwrap();
        let files = CoreFiles::of(&data);
        let core = Core::open(&files, party(&CORE), Entropy::new(seeded(1))).await.unwrap();
        let register = Register::open(&data, party(&REGISTER)).await.unwrap();
        let mut services = vec![
            (CORE.clone(), core.service(stop.child_token())),
            (JLIS.clone(), jlis::service(&data, party(&JLIS), stop.child_token()).await.unwrap()),
            (REGISTER.clone(), register.service(stop.child_token())),
        ];
        let mut open = BTreeMap::new();
        for org in orgs.iter().filter(|org| is_institution(org)) {
            let institution = Institution::open(&data, party(org), Entropy::new(seeded(2))).await.unwrap();
            if played.iter().all(|(name, _)| *name != org.as_str()) {
                let router = between(org, institution.router());
                services.push((org.clone(), Service::new(router)));
            }
            open.insert(org.clone(), institution);
        }
        for (org, router) in played {
            services.push((org.parse().unwrap(), Service::new(router)));
        }
        for (org, service) in services {
            let listener = listeners.remove(&org).unwrap();
            serve(&data, &org, listener, service, &clock, stop.child_token());
        }
        Self {
            core,
            register,
            clock,
            institutions: open,
            directory,
            people: std::sync::atomic::AtomicU64::new(0),
            data,
            _stop: stop.drop_guard(),
            _folder: folder,
        }
    }

    /// To speak as somebody.
    pub(crate) fn party(&self, org: &str) -> Party {
        let org: OrgCode = org.parse().unwrap();
        let directory = Arc::clone(&self.directory);
        Party::with_directory(&org, &self.data, directory, self.clock.clone()).unwrap()
    }

    pub(crate) fn now(&self) -> Timestamp {
        use runtime::Clock as _;
        self.clock.now()
    }

    pub(crate) fn institution(&self, org: &str) -> &Arc<Institution> {
        &self.institutions[&org.parse().unwrap()]
    }

    /// A new resident of 横浜市 whom the register knows.
    pub(crate) async fn resident(&self) -> Resident {
        let nth = self.people.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let four_info = FourInfo::new(
            format!("横浜　花子{nth}"),
            format!("神奈川県横浜市中区本町{nth}丁目"),
            "1980-04-01".parse().unwrap(),
            Sex::Female,
        )
        .unwrap();
        let resident_record_code = ResidentRecordCode::generate(&mut seeded(1000 + nth));
        let enrolled = NewResident {
            resident_record_code: resident_record_code.clone(),
            household_id: i64::try_from(nth).unwrap(),
            relationship: "世帯主".into(),
            four_info: four_info.clone(),
            other_name: None,
            municipality: "141003".parse().unwrap(),
            since: self.now(),
            before: None,
            status: (Status::Resident, self.now()),
            protected_since: None,
        };
        self.register.enrol(&[enrolled]).await.unwrap();
        Resident { four_info, resident_record_code }
    }

    /// Takes somebody into an institution's books, with a code.
    pub(crate) async fn knows(&self, org: &str, resident: &Resident) -> InternalId {
        self.knows_with(org, resident, facts()).await
    }

    pub(crate) async fn knows_with(&self, org: &str, resident: &Resident, facts: Facts) -> InternalId {
        let code = self.linked(org, resident).await;
        let person =
            SeededPerson { four_info: resident.four_info.clone(), facts, code: Some((code, domain::KeyIndex(1))) };
        let today = date(2026, 11, 3);
        let mut numbers = self.institution(org).seed(&[person], today).await.unwrap();
        numbers.remove(0)
    }

    /// A code of somebody at any organisation, as if it had been issued and received.
    pub(crate) async fn linked(&self, org: &str, resident: &Resident) -> LinkCode {
        let people = [resident.resident_record_code.expose()];
        let mut codes = self.core.link_in_bulk(&org.parse().unwrap(), people).await.unwrap();
        codes.remove(0).0
    }
}

/// An employee who earns well and has a child.
pub(crate) fn facts() -> Facts {
    Facts {
        occupation: Occupation::Employee,
        annual_earnings_jpy: 4_800_000,
        children_born_on: vec![date(2020, 5, 5)],
        dependants: 1,
        relation_to_head: "世帯主".into(),
        household_members: 2,
        resident_since: date(2015, 4, 1),
        disability_grade: None,
        care_level: None,
        owns_home: false,
        on_sick_leave_since: None,
        scholarship_since: None,
    }
}

fn serve(
    data: &DataDir,
    org: &OrgCode,
    listener: TcpListener,
    service: Service,
    clock: &Arc<SettableClock>,
    stop: CancellationToken,
) {
    let identity = data.tls_identity(org).unwrap();
    let anchors = data.organisation_anchors().unwrap();
    let tls = runtime::tls::server_config(&identity, Some(&anchors), clock.clone()).unwrap();
    let (router, work) = service.into_parts();
    tokio::spawn(runtime::serve::serve(listener, Some(tls), router, stop));
    for task in work {
        tokio::spawn(task);
    }
}

fn identities(data: &DataDir, orgs: &[OrgCode]) {
    let now: Timestamp = NOW.parse().unwrap();
    let day = jiff::SignedDuration::from_hours(24);
    let validity = Validity { not_before: now - day * 800, not_after: now + day * 800 };
    let mut rng = seeded(3);
    let key = || SigningKey::generate(KeyKind::P256).unwrap();
    let name = AuthorityName { organization: "Test", unit: "Organisations", common_name: "organisation CA" };
    let authority = Authority::self_signed(&name, key(), validity, Some(0), &mut rng).unwrap();
    let write = |path: std::path::PathBuf, text: &str| {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write(data.anchor("org-ca"), &authority.certificate().to_pem());
    for org in orgs {
        for kind in IdentityKind::ALL {
            let key = key();
            let host = Directory::host(org);
            let profile = OrganisationProfile {
                org,
                usage: match kind {
                    IdentityKind::Tls => OrganisationUse::Tls,
                    IdentityKind::Sign => OrganisationUse::Signing,
                    IdentityKind::Seal => OrganisationUse::Sealing,
                },
                dns: &[&host],
                ips: &[IpAddr::V4(Ipv4Addr::LOCALHOST)],
            };
            let certificate = authority.organisation(&profile, key.spki_der(), validity, &mut rng).unwrap();
            write(data.certificate(org, kind), &certificate.to_pem());
            write(data.private_key(org, kind), &key.to_pkcs8_pem().unwrap());
        }
    }
}
