//! One sending: what it says, to how many, where it is, and what can be done.

use axum::response::Response;
use domain::{Locale, NoticeState};
use leptos::prelude::*;
use ui::{Banner, ButtonLook, Chip, DescriptionList, Disclosure, Fact, Kind, LinkButton, Row, Table};

use super::acts::acts;
use super::{Done, Sheet, audit, face};
use crate::console::access::{Officer, RENEWED};
use crate::console::progress::View;
use crate::console::{Console, words};
use crate::plain_words::Warning;
use crate::store::{Role, SendingState};

/// A page on which something moves renews itself so often.
const RENEWAL: u32 = 3;

pub(in crate::console) fn sending(
    console: &Console,
    officer: &Officer,
    view: View,
    done: Option<Done>,
    still: bool,
) -> Response {
    let now = console.now();
    let id = view.row.id;
    let moves =
        view.row.state == SendingState::Released && view.row.starts_at <= now && view.row.withdrawn_at.is_none();
    let title = view.draft.text.ja.title.as_str().to_owned();
    let mut sheet = Sheet::new(console, Some(officer), title).done(done);
    if moves && !still {
        sheet.renew = Some((RENEWAL, format!("/console/sendings/{id}?{RENEWED}=1")));
    }
    let content = face::content(console, &view.draft);
    let (name, role, own) = (console.name.clone(), officer.role(), view.row.made_by == officer.id().who());
    let single = console.single_without_approval && view.row.recipients == 1;
    sheet.html(move || {
        let warnings = crate::plain_words::check(&view.draft.text, view.draft.deadline, !view.draft.attachments.is_empty());
        let text = content.map(|content| {
            let shown = face::face(&content, Locale::Ja, &name, false);
            view! {
                <section class="flow">
                    <h2>"文面"</h2>
                    <div class="face-box">{shown}</div>
                    <p><LinkButton text="見え方と、ほかの言葉を確かめる" href=format!("/console/sendings/{id}/preview") look=ButtonLook::Outline/></p>
                </section>
            }
        });
        // Whoever decides reads first; afterwards it is the progress that counts.
        let acts = acts(&view, role, own, single, now);
        let body = if view.row.issued_at.is_none() {
            view! { {advice(&warnings)} {text} {acts} }.into_any()
        } else {
            view! { {outcome(&view)} {statistics(&view, role)} {acts} {text} }.into_any()
        };
        view! {
            {renewal(moves, still, &view)}
            {standing(&view, now)}
            {list_faults(&view)}
            {body}
            <section class="flow">
                <h2>"操作の記録"</h2>
                {audit::table(&view.audit, &view.people, false)}
            </section>
        }
        .into_any()
    })
}

/// Whoever reads slowly can stop it.
fn renewal(moves: bool, still: bool, view: &View) -> AnyView {
    let address = format!("/console/sendings/{}", view.row.id);
    match (moves, still) {
        (false, _) => ().into_any(),
        (true, false) => view! {
            <p class="soft">
                {format!("この画面は{RENEWAL}秒ごとに新しくなります。")}
                <a href=format!("{address}?still=1")>"自動で新しくするのをやめる"</a>
            </p>
        }
        .into_any(),
        (true, true) => view! {
            <p class="soft">"この画面は自動では新しくなりません。" <a href=address>"自動で新しくする"</a></p>
        }
        .into_any(),
    }
}

fn standing(view: &View, now: jiff::Timestamp) -> AnyView {
    let row = &view.row;
    let (state, look) = super::list::standing(row);
    let mut facts = vec![
        Fact::of("状態", view! { <Chip kind=look text=state/> }),
        Fact::new("種類", words::kind_short(view.draft.kind)),
        Fact::new("宛先", recipients(view)),
        Fact::new("書いた人", format!("{}（{}）", view.people.who(&row.made_by), words::time(row.made_at))),
    ];
    if let Some(by) = &row.released_by {
        let at = row.issued_at.map(words::time).unwrap_or_default();
        facts.push(Fact::new("送ることを決めた人", format!("{}（{at}）", view.people.who(by))));
    }
    let starts = if row.starts_at > now { words::time(row.starts_at) } else { "承認のあと、すぐ".to_owned() };
    if row.issued_at.is_none() || row.starts_at > now {
        facts.push(Fact::new("送り始める日時", starts));
    }
    facts.push(Fact::new("読める期間", words::until(row.expires_at)));
    let rejection = view.rejection.as_ref().map(|rejection| {
        let by = format!("{}が{}に差し戻しました", view.people.officer(rejection.officer), words::time(rejection.at));
        let reason = rejection.reason.clone();
        view! {
            <Banner kind=Kind::Warning kind_label="注意" title=by>
                <p class="passage">{reason}</p>
            </Banner>
        }
    });
    let trouble = row.trouble.as_ref().filter(|_| row.state == SendingState::Released).map(|code| {
        let (what, next) = (words::trouble(code), format!("次に試すのは{}です。", words::time(row.try_at)));
        view! {
            <Banner kind=Kind::Warning kind_label="注意" title="いま、送れていません">
                <p>{what}</p>
                <p>{next}</p>
            </Banner>
        }
    });
    view! { {rejection} {trouble} <DescriptionList facts/> }.into_any()
}

fn recipients(view: &View) -> String {
    let count = format!("{}人", words::grouped(view.row.recipients));
    let source = view.list.as_ref().map(|list| format!("（{}）", list.source)).unwrap_or_default();
    let twice = view.list.as_ref().filter(|list| list.twice > 0);
    let twice = twice.map(|list| format!("。同じ人の行が{}行あり、一度だけ送ります", words::grouped(list.twice)));
    format!("{count}{source}{}", twice.unwrap_or_default())
}

/// Lines of the list that nobody can send to.
fn list_faults(view: &View) -> AnyView {
    let Some(list) = &view.list else { return ().into_any() };
    let broken = (list.whole_at.is_none() && view.row.state == SendingState::Open).then(|| {
        let what = match list.broken.as_deref() {
            Some("too-much") => "一覧が大きすぎるか、行に分かれていません。一覧は1GB、500万人、1行16KBまでです。",
            Some("program") => "名簿を作るしくみが、途中で止まりました。管理者に知らせてください。",
            _ => "一覧を最後まで読み込めませんでした。通信が切れたようです。",
        };
        view! {
            <Banner kind=Kind::Error kind_label="エラー" title="この一覧は使えません">
                <p>{what}</p>
                <p>"だれにも送っていません。宛先を選び直してください。"</p>
            </Banner>
        }
    });
    let faults = (list.faults > 0).then(|| {
        let title = format!("使えない行が{}行あります", words::grouped(list.faults));
        let rows = view
            .faults
            .iter()
            .map(|(line, fault)| Row {
                head: format!("{}行目", words::grouped(*line)).into_any(),
                cells: vec![fault_words(fault).into_any()],
            })
            .collect();
        let columns = ["行", "なおすところ"].map(str::to_owned).to_vec();
        view! {
            <Banner kind=Kind::Error kind_label="エラー" title=title>
                <p>"だれにも送っていません。一覧をなおして、宛先を選び直してください。"</p>
            </Banner>
            <Table caption="使えない行（はじめの100行まで）" columns rows/>
        }
    });
    view! { {broken} {faults} }.into_any()
}

fn fault_words(fault: &str) -> String {
    let (word, name) = fault.split_once(':').unwrap_or((fault, ""));
    match word {
        "charset" => "文字コードがUTF-8ではありません。".to_owned(),
        "json" => "行の形が {\"link_code\":\"…\"} ではありません。".to_owned(),
        "head" => "1行目の最初の列は link_code と書いてください。".to_owned(),
        "columns" => "列の数が1行目とちがいます。".to_owned(),
        "link-code" => "リンクコードの形ではありません。".to_owned(),
        "field-missing" => format!("差し込みの {name} がありません。"),
        "field-unknown" => format!("文面にない差し込み {name} があります。"),
        "field-text" => "差し込みの文字が長すぎるか、使えない文字があります。".to_owned(),
        other => other.to_owned(),
    }
}

/// How far it is, and to whom it did not come.
fn outcome(view: &View) -> AnyView {
    let row = &view.row;
    if row.issued_at.is_none() {
        return ().into_any();
    }
    let settled = view.settled();
    let share = (settled * 100).checked_div(row.recipients).unwrap_or(0);
    let words =
        format!("{}人のうち{}人まで進みました（{share}％）", words::grouped(row.recipients), words::grouped(settled));
    let facts = [
        ("届けました", row.accepted),
        ("受け取る箱がない人", row.undeliverable),
        ("この団体の番号ではない行", row.unknown),
        ("まだの人", row.recipients.saturating_sub(settled)),
    ]
    .map(|(term, count)| Fact::new(term, format!("{}人", words::grouped(count))))
    .into();
    let rows: Vec<Row> = view
        .unreached
        .iter()
        .map(|(place, outcome)| Row {
            head: format!("{}番目", words::grouped(u64::from(*place) + 1)).into_any(),
            cells: vec![words::outcome(*outcome).into_any()],
        })
        .collect();
    let unreached = (!rows.is_empty()).then(|| {
        let columns = ["一覧の何人目", "結果"].map(str::to_owned).to_vec();
        view! {
            <Disclosure summary="届かなかった行">
                <p class="measured">"名前は、この画面には出しません。届かなかった人には、郵便などで知らせてください。"</p>
                <Table caption="届かなかった行（はじめの100行まで）" columns rows/>
            </Disclosure>
        }
    });
    view! {
        <section class="flow">
            <h2>"進みぐあい"</h2>
            <p>{words}</p>
            <progress class="progress-bar" max=row.recipients value=settled aria-label="進みぐあい"></progress>
            <DescriptionList facts/>
            {unreached}
        </section>
    }
    .into_any()
}

/// R21: numbers of people, and few people not at all.
fn statistics(view: &View, role: Role) -> AnyView {
    if view.row.issued_at.is_none() {
        return ().into_any();
    }
    if view.states.is_none() {
        return view! {
            <section class="flow">
                <h2>"届いたかどうか"</h2>
                <p class="measured">"一人ひとり文面がちがう大きなお知らせでは、人数を数えていません。"</p>
            </section>
        }
        .into_any();
    }
    let states = view.draft.wants_states.then(|| {
        let all = [
            NoticeState::Arrived,
            NoticeState::OpenedByPerson,
            NoticeState::OpenedByRepresentative,
            NoticeState::NotReceived,
        ];
        let facts =
            all.map(|state| Fact::new(words::notice_state(state), words::people(view.reached(Some(state))))).into();
        view! {
            <p class="measured">"知らせてもよいと決めた人だけの人数です。少ない人数は「5人未満」とだけ表示します。"</p>
            <DescriptionList facts/>
        }
    });
    let replies = view.draft.reply.is_some().then(|| {
        let count = format!("届いた回答: {}", words::people(view.reached(None)));
        let link = (role != Role::View).then(|| {
            let href = format!("/console/sendings/{}/replies", view.row.id);
            view! { <p><LinkButton text="回答を見る" href look=ButtonLook::Outline/></p> }
        });
        view! { <p>{count}</p>{link} }
    });
    if states.is_none() && replies.is_none() {
        return ().into_any();
    }
    view! {
        <section class="flow">
            <h2>"受け取った人のようす"</h2>
            {states}
            {replies}
        </section>
    }
    .into_any()
}

/// What the checker says; to the drafter and to the approver.
pub(super) fn advice(warnings: &[Warning]) -> AnyView {
    if warnings.is_empty() {
        return ().into_any();
    }
    let title = format!("読みやすさの気づきが{}つあります", warnings.len());
    let lines = warnings
        .iter()
        .map(|warning| {
            let (what, next) = warning.words();
            let place = super::draft::place(warning);
            view! { <li><strong>{place}</strong>" "{what}{next}</li> }
        })
        .collect_view();
    view! {
        <Banner kind=Kind::Warning kind_label="注意" title=title>
            <p>"このままでも送れます。読む人のために、なおせるところをなおしてください。"</p>
            <ul class="flow-tight">{lines}</ul>
        </Banner>
    }
    .into_any()
}
