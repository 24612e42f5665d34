use leptos::prelude::*;

/// One row: the heading of the row, then its cells.
pub struct Row {
    /// Heads the row.
    pub head: AnyView,
    /// The rest.
    pub cells: Vec<AnyView>,
}

/// A table with a caption; it scrolls by itself where it is wider than the screen. The roles say what they are also
/// where the stylesheet shows rows as blocks.
#[component]
pub fn Table(
    /// What it shows.
    #[prop(into)]
    caption: String,
    /// Heads of the columns.
    columns: Vec<String>,
    /// Rows, each as long as `columns`.
    rows: Vec<Row>,
) -> impl IntoView {
    let heads =
        columns.into_iter().map(|text| view! { <th scope="col" role="columnheader">{text}</th> }).collect_view();
    let body = rows
        .into_iter()
        .map(|row| {
            let cells = row.cells.into_iter().map(|cell| view! { <td role="cell">{cell}</td> }).collect_view();
            view! { <tr role="row"><th scope="row" role="rowheader">{row.head}</th>{cells}</tr> }
        })
        .collect_view();
    let label = caption.clone();
    view! {
        // The region scrolls; a figure itself may have no other role.
        <div class="table-figure" role="region" aria-label=label tabindex="0">
            <figure>
                <figcaption>{caption}</figcaption>
                <table class="table" role="table">
                    <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
                    <tbody role="rowgroup">{body}</tbody>
                </table>
            </figure>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render;

    #[test]
    fn heads_say_what_they_head() {
        let rows = vec![Row { head: "きょう".into_any(), cells: vec!["成功".into_any()] }];
        let html = render(|| view! { <Table caption="履歴" columns=vec!["日時".into(), "結果".into()] rows/> });
        assert_eq!(html.matches(r#"scope="col""#).count(), 2);
        assert_eq!(html.matches(r#"scope="row""#).count(), 1);
    }
}
