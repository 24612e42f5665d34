//! Own information, files of it, a report, and the folder itself.

use domain::Locale;
use leptos::prelude::*;
use portal::{Flash, Takeout, TakeoutFailure, TakeoutFormat, TakeoutState, WordsFault};

use super::{Shown, with_flash};
use crate::context::{Here, testing};
use crate::pages::file::File;
use crate::pages::leaving::{Goes, Leaving};
use crate::pages::report::{self, Report, ReportDraft, ReportFault};
use crate::pages::{folder, information, notices};

pub(super) fn pages_in(locale: Locale) -> Vec<Shown> {
    let personal = |address: &str| testing::here(locale, address, true);
    let shown = |name, html| Shown { name, locale, html };
    vec![
        shown("information-before", ui::render(|| view! { <information::Before here=personal("/information")/> })),
        shown("information", {
            let gathered = information::tests::gathered(information::tests::sources());
            let here = personal("/information");
            ui::render(
                || view! { <information::Information here gathered arriving=None files=Vec::new() shared_device=true/> },
            )
        }),
        shown("information-none", {
            let gathered = information::tests::gathered(Vec::new());
            let here = personal("/information");
            ui::render(
                || view! { <information::Information here gathered arriving=None files=Vec::new() shared_device=true/> },
            )
        }),
        shown("report", report_page(personal("/information/3/report"), None)),
        shown("report-wrong", {
            let fault = ReportFault::Words(WordsFault::TooLong);
            let draft = report::tests::draft(fault, &"It is too much. ".repeat(80));
            report_page(personal("/information/3/report"), Some(draft))
        }),
        shown("report-failed", {
            let draft = report::tests::draft(ReportFault::Unreachable, "It is too much.");
            report_page(personal("/information/3/report"), Some(draft))
        }),
        shown("information-reported", {
            let flash = Flash::success("report-sent").with("institution", "NTA").with("number", "7K3M-9QXP");
            let here = with_flash(personal("/information"), flash);
            let gathered = information::tests::gathered(information::tests::sources());
            ui::render(
                || view! { <information::Information here gathered arriving=None files=Vec::new() shared_device=true/> },
            )
        }),
        shown("leaving", {
            let here = personal("/leaving");
            ui::render(
                || view! { <Leaving here goes=Goes { answers: 14, notices: 4, read: notices::tests::read() } files=Vec::new() shared_device=false/> },
            )
        }),
        shown("folder", ui::render(|| view! { <folder::Folder here=personal("/folder")/> })),
        shown("file-making", one_file(personal("/information/files/1"), TakeoutState::Making { done: 4, of: 20 })),
        shown("file-ready", one_file(personal("/information/files/1"), TakeoutState::Ready { bytes: 300_000 })),
        shown(
            "file-failed",
            one_file(personal("/information/files/1"), TakeoutState::Failed(TakeoutFailure::Typesetter)),
        ),
    ]
}

fn report_page(here: Here, draft: Option<ReportDraft>) -> String {
    ui::render(|| view! { <Report here about=report::tests::about() draft/> })
}

fn one_file(here: Here, state: TakeoutState) -> String {
    let file = Takeout { place: 1, format: TakeoutFormat::Archive, state };
    ui::render(|| view! { <File here file/> })
}
