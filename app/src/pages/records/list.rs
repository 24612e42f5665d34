//! The records of one page, and the way to the others.

use domain::{AccessRecord, Outcome};
use leptos::prelude::*;
use portal::{RecordsFilter, RecordsPage};
use ui::{Kind, LongList, Markup, Pager};
use wording::key;

use super::filter_form::conditions;
use crate::context::Here;
use crate::paths;

#[component]
pub(super) fn RecordList(here: Here, filter: RecordsFilter, page: RecordsPage) -> impl IntoView {
    if page.records.is_empty() {
        return empty(&here, &filter).into_any();
    }
    let mut items = Markup::with_capacity(page.records.len() * ITEM_BYTES);
    for record in &page.records {
        push_item(&mut items, &here, record);
    }
    let to = |number: u32| match filter.to_query(number) {
        query if query.is_empty() => paths::RECORDS.to_owned(),
        query => format!("{}?{query}", paths::RECORDS),
    };
    let before = (page.page > 1).then(|| (here.text(key::RECORDS_PAGER_BEFORE), to(page.page - 1)));
    let after = (page.page < page.pages).then(|| (here.text(key::RECORDS_PAGER_AFTER), to(page.page + 1)));
    let place = here.format(key::RECORDS_PAGER_PLACE, &[("page", page.page.into()), ("pages", page.pages.into())]);
    view! {
        <p class="soft">{count(&here, &page)}</p>
        <LongList class="records" items/>
        <Pager label=here.text(key::RECORDS_PAGER) place before after/>
    }
    .into_any()
}

/// About as long as the HTML of a record gets.
const ITEM_BYTES: usize = 1024;

fn push_item(items: &mut Markup, here: &Here, record: &AccessRecord) {
    let line = wording::record_line_in(here.locale(), record, here.years());
    let more_of = here.format(key::RECORDS_MORE_OF, &[("when", line.when.as_str().into())]);
    let (at, href) = (record.accessed_at.to_string(), format!("{}/{}", paths::RECORDS, record.id));
    items.element("li", &[("class", "record")], |item| {
        item.element("div", &[("class", "record-head")], |head| {
            head.text_element("time", &[("datetime", &at)], &line.when);
            head.chip(kind(record.outcome), &line.outcome);
        });
        item.text_element("p", &[("class", "record-sentence")], &line.sentence);
        item.element("div", &[("class", "record-foot")], |foot| {
            foot.text_element("p", &[("class", "record-basis")], &line.basis_line);
            let more = [("href", href.as_str()), ("aria-label", &more_of), ("class", "record-more")];
            foot.text_element("a", &more, &here.text(key::RECORDS_MORE));
        });
    });
}

/// Only a colour; the words say it.
pub(in crate::pages) fn kind(outcome: Outcome) -> Kind {
    match outcome {
        Outcome::Provided => Kind::Info,
        Outcome::NoDataHeld => Kind::Neutral,
        Outcome::Refused | Outcome::Unanswered => Kind::Warning,
    }
}

fn count(here: &Here, page: &RecordsPage) -> String {
    if page.pages == 1 {
        return here.format(key::RECORDS_COUNT, &[("total", page.total.into())]);
    }
    let shown = page.records.len() as u64;
    let last = if page.page == page.pages { page.total } else { u64::from(page.page) * shown };
    let first = (last + 1).saturating_sub(shown);
    let values = [("total", page.total.into()), ("first", first.into()), ("last", last.into())];
    here.format(key::RECORDS_COUNT_PLACE, &values)
}

fn empty(here: &Here, filter: &RecordsFilter) -> impl IntoView + use<> {
    let (title, text) = if filter.own_views {
        (key::RECORDS_OWN_NONE, None)
    } else if conditions(filter) > 0 {
        (key::RECORDS_EMPTY_FILTER_TITLE, Some(key::RECORDS_EMPTY_FILTER_TEXT))
    } else {
        (key::RECORDS_EMPTY_TITLE, Some(key::RECORDS_EMPTY_TEXT))
    };
    let text = text.map(|text| here.text(text));
    let clear = (conditions(filter) > 0).then(|| {
        view! { <p><a class="way" href=paths::RECORDS>{here.text(key::RECORDS_FILTER_CLEAR)}</a></p> }
    });
    view! {
        <section class="empty">
            <h2>{here.text(title)}</h2>
            {text.map(|text| view! { <p>{text}</p> })}
            {clear}
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::testing;
    use domain::{Circumstance, Dictionary, Locale};

    pub(super) fn record(outcome: Outcome) -> AccessRecord {
        AccessRecord {
            id: [0xab; 16].into(),
            accessed_at: "2026-11-03T05:05:00Z".parse().unwrap(),
            bp: "nhi-premium-reduction".parse().unwrap(),
            whitelist_version: Some(1),
            circumstance: Circumstance::ByLaw,
            requester: "141003".parse().unwrap(),
            provider: "NTA".parse().unwrap(),
            info_kind: "income".parse().unwrap(),
            outcome,
            dictionary: Dictionary::CURRENT,
        }
    }

    fn records_page(records: Vec<AccessRecord>, total: u64, page: u32, pages: u32) -> RecordsPage {
        RecordsPage {
            records,
            total,
            own_views: 0,
            kept_since: None,
            institutions: vec![],
            info_kinds: vec![],
            page,
            pages,
        }
    }

    fn html(filter: RecordsFilter, page: RecordsPage) -> String {
        let here = testing::here(Locale::Ja, "/records", true);
        ui::render(|| view! { <RecordList here filter page/> })
    }

    #[test]
    fn a_record_is_a_sentence_with_its_basis_on_a_line_of_its_own() {
        let html = html(RecordsFilter::default(), records_page(vec![record(Outcome::Provided)], 1, 1, 1));
        let sentence = "2026年11月3日14時5分、横浜市が、国民健康保険料の軽減に関する事務のため、あなたの所得の情報を国税庁に照会し、提供を受けました。";
        assert!(html.contains(sentence), "{html}");
        assert!(html.contains("根拠："));
    }

    #[test]
    fn no_internal_code_reaches_the_screen() {
        let html = html(RecordsFilter::default(), records_page(vec![record(Outcome::Refused)], 1, 1, 1));
        for code in ["141003", "NTA", "nhi-premium-reduction", "refused", "ByLaw"] {
            assert!(!html.contains(code), "{code} in {html}");
        }
    }

    #[test]
    fn each_record_leads_to_its_own_page() {
        let html = html(RecordsFilter::default(), records_page(vec![record(Outcome::Provided)], 1, 1, 1));
        assert!(html.contains(&format!(r#"href="/records/{}""#, "ab".repeat(16))), "{html}");
        assert!(html.contains(r#"aria-label="くわしく見る：2026年11月3日（火）14時5分の記録""#), "{html}");
    }

    #[test]
    fn the_count_says_which_records_of_how_many() {
        let here = testing::here(Locale::Ja, "/records", true);
        let shown = vec![record(Outcome::Provided); 50];
        assert_eq!(count(&here, &records_page(shown.clone(), 120, 2, 3)), "120件のうち、51〜100件目");
        assert_eq!(count(&here, &records_page(shown[..20].to_vec(), 120, 3, 3)), "120件のうち、101〜120件目");
        assert_eq!(count(&here, &records_page(shown[..7].to_vec(), 7, 1, 1)), "7件");
    }

    #[test]
    fn other_pages_keep_the_filter() {
        let filter = RecordsFilter { outcome: Some(Outcome::Refused), page: 2, ..RecordsFilter::default() };
        let html = html(filter, records_page(vec![record(Outcome::Refused); 50], 150, 2, 3));
        assert!(html.contains("/records?outcome=refused\""), "{html}");
        assert!(html.contains("/records?outcome=refused&amp;page=3\""), "{html}");
    }

    #[test]
    fn an_empty_list_says_what_will_appear_or_how_to_see_more() {
        let none = || records_page(vec![], 0, 1, 1);
        assert!(html(RecordsFilter::default(), none()).contains("ここに表示します"));
        let filter = RecordsFilter { outcome: Some(Outcome::Refused), ..RecordsFilter::default() };
        assert!(html(filter, none()).contains("条件を消す"));
    }
}
