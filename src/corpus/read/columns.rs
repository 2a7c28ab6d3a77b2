//! The names under which collectors and databases keep the parts of an article.

/// A part of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    Id,
    Outlet,
    Published,
    Title,
    Text,
    Language,
    Event,
    Url,
    File,
}

impl Column {
    pub(crate) const ALL: [Column; 9] = [
        Column::Id,
        Column::Outlet,
        Column::Published,
        Column::Title,
        Column::Text,
        Column::Language,
        Column::Event,
        Column::Url,
        Column::File,
    ];

    /// Its names, our own first: of several that occur together, the first one counts.
    pub(crate) fn names(self) -> &'static [&'static str] {
        match self {
            Column::Id => &["id", "article_id", "doc_id", "document_id", "stories_id", "guid"],
            Column::Outlet => &[
                "outlet",
                "outlet_name",
                "media_name",
                "source_name",
                "publication",
                "publisher",
                "newspaper",
                "source",
                "medium",
                "media_outlet",
                "source_domain",
            ],
            Column::Published => &[
                "published",
                "date",
                "published_at",
                "publishedat",
                "publish_date",
                "published_date",
                "publication_date",
                "date_publish",
                "date_published",
                "pub_date",
                "pubdate",
                "datetime",
            ],
            Column::Title => &["title", "headline", "heading"],
            Column::Text => &[
                "text",
                "body",
                "content",
                "maintext",
                "article_text",
                "full_text",
                "fulltext",
                "body_text",
                "article",
            ],
            Column::Language => &["language", "lang"],
            Column::Event => &["event", "event_id"],
            Column::Url => &["url", "link", "source_url"],
            Column::File => &["file", "file_name", "filename"],
        }
    }

    /// The column that a heading names, and how many names of that column come before it.
    pub(crate) fn find(heading: &str) -> Option<(Column, usize)> {
        let name = fold_heading(heading);
        let rank = |column: Column| column.names().iter().position(|known| *known == name);
        Column::ALL.into_iter().find_map(|column| Some((column, rank(column)?)))
    }
}

/// Where each column stands in a table; `None` if the table lacks it.
pub(crate) fn places<'a>(headings: impl Iterator<Item = &'a str>) -> [Option<usize>; 9] {
    let mut best: [Option<(usize, usize)>; 9] = [None; 9];
    for (place, heading) in headings.enumerate() {
        if let Some((column, rank)) = Column::find(heading) {
            let known = &mut best[column as usize];
            if known.is_none_or(|(known_rank, _)| rank < known_rank) {
                *known = Some((rank, place));
            }
        }
    }
    best.map(|found| found.map(|(_, place)| place))
}

/// A heading without case, with one underscore where blanks, dots or hyphens stood.
pub(crate) fn fold_heading(heading: &str) -> String {
    let heading = heading.trim().trim_matches(['"', '\u{feff}']).trim();
    heading.to_lowercase().replace([' ', '.', '-'], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_name_wins_over_a_collectors() {
        let places = places(["source", "Outlet", "Published At", "body"].into_iter());
        assert_eq!(places[Column::Outlet as usize], Some(1));
        assert_eq!(places[Column::Published as usize], Some(2));
        assert_eq!(places[Column::Text as usize], Some(3));
        assert_eq!(places[Column::Title as usize], None);
    }

    #[test]
    fn unknown_headings_are_ignored() {
        assert_eq!(Column::find("labels"), None);
    }
}
