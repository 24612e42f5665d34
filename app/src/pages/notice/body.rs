//! What the sender wrote, block by block. Text stays text: nothing of it becomes markup.

use leptos::prelude::*;
use portal::letter::{Block, Passage};
use ui::{DescriptionList, Fact};
use wording::key;

use crate::context::Here;

#[component]
pub(in crate::pages) fn Body(here: Here, blocks: Vec<Block>) -> impl IntoView {
    blocks.into_iter().map(|block| shown(&here, block)).collect_view()
}

fn shown(here: &Here, block: Block) -> AnyView {
    match block {
        Block::Heading { text } => view! { <h2>{text.as_str().to_owned()}</h2> }.into_any(),
        Block::Paragraph { text } => view! { <p class="passage">{text.as_str().to_owned()}</p> }.into_any(),
        Block::List { items } => view! { <ul class="flow-tight">{lines(items)}</ul> }.into_any(),
        Block::Steps { items } => {
            let lines = items
                .into_iter()
                .map(|item| view! { <li><span class="passage">{item.as_str().to_owned()}</span></li> })
                .collect_view();
            view! { <ol class="instructions" role="list">{lines}</ol> }.into_any()
        }
        Block::Facts { rows } => {
            let facts = rows
                .into_iter()
                .map(|row| {
                    let text = row.text.as_str().to_owned();
                    Fact::of(row.term.as_str(), view! { <span class="passage">{text}</span> })
                })
                .collect();
            view! { <DescriptionList facts/> }.into_any()
        }
        Block::Link { label, address } => {
            let host = here.format(key::NOTICE_LINK, &[("host", address.host().into())]);
            let (href, label) = (address.as_str().to_owned(), label.as_str().to_owned());
            view! {
                <p class="letter-link">
                    <a href=href rel="noreferrer noopener external">{label}</a>
                    <span class="soft small" lang=here.locale().html_lang()>{host}</span>
                </p>
            }
            .into_any()
        }
    }
}

fn lines(items: Vec<Passage>) -> impl IntoView {
    items.into_iter().map(|item| view! { <li class="passage">{item.as_str().to_owned()}</li> }).collect_view()
}
