//! A cell that holds HTML, as exports of collectors and feeds do, becomes the text that its reader saw.
//!
//! The crate `html5gum` cuts the cell into tags, text and character references, as browsers do. Here
//! stands which tags end a paragraph and which hold no text. Whether what is left counts is for
//! `corpus/clean`.

use std::borrow::Cow;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, State, Tokenizer};

/// Elements that begin and end a paragraph.
const BLOCKS: [&str; 47] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "title",
    "tr",
    "ul",
];

/// Elements within a line.
const INLINE: [&str; 44] = [
    "a", "abbr", "acronym", "amp-img", "audio", "b", "bdi", "bdo", "big", "button", "cite", "code",
    "data", "del", "dfn", "em", "embed", "font", "i", "iframe", "img", "ins", "kbd", "label",
    "mark", "noscript", "object", "picture", "q", "s", "samp", "script", "small", "span", "strike",
    "strong", "style", "sub", "sup", "svg", "time", "tt", "u", "video",
];

/// Elements of which a start tag alone shows markup: nobody writes them for anything else.
const TELLING: [&str; 16] = [
    "blockquote",
    "br",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "li",
    "p",
    "td",
    "tr",
    "ul",
];

/// Elements whose content is no text of the article.
const WITHOUT_TEXT: [&str; 9] =
    ["head", "iframe", "noscript", "script", "select", "style", "svg", "template", "textarea"];

/// What a reader of HTML saw.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) text: String,
    /// Its longest `h1`, a line of the text.
    headline: Option<String>,
    /// Its `title`, which is no part of the text.
    title: String,
}

impl Page {
    /// The headline, which is a line of the text from now on: the longest `h1`, as others name the
    /// site; else the `title`, put before the text. `None` if there is neither.
    pub(super) fn take_headline(&mut self) -> Option<String> {
        let title = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.headline.is_none() && !title.is_empty() {
            self.text.insert_str(0, &format!("{title}\n\n"));
            return Some(title);
        }
        self.headline.take()
    }
}

/// The text of a cell or page that holds HTML; `None` if it holds none: a mere `<`, as in `<3` or
/// `x < y`, or a word between angle brackets is text.
pub(super) fn text_of_html(cell: &str) -> Option<Page> {
    let cell = without_cdata(cell);
    let first = match (reduced(&cell), &cell) {
        (Some(page), _) => page,
        (None, Cow::Owned(text)) => Page { text: text.clone(), ..Page::default() },
        (None, Cow::Borrowed(_)) => return None,
    };
    // Feeds wrap HTML in HTML: what was only written with references may be tags now.
    let wrapped = !has_tags(&cell);
    Some(wrapped.then(|| reduced(&first.text)).flatten().unwrap_or(first))
}

/// The cell without the marks `<![CDATA[` and `]]>`, between which feeds put HTML as it is; a browser
/// would drop what follows the first of them as a comment. An end without a start is text.
fn without_cdata(cell: &str) -> Cow<'_, str> {
    const MARKS: (&str, &str) = ("<![CDATA[", "]]>");
    let Some((before, mut rest)) = cell.split_once(MARKS.0) else { return Cow::Borrowed(cell) };
    if !rest.contains(MARKS.1) && !has_tags(cell) {
        return Cow::Borrowed(cell);
    }
    let mut text = before.to_string();
    loop {
        let (within, after) = rest.split_once(MARKS.1).unwrap_or((rest, ""));
        text += within;
        let Some((between, next)) = after.split_once(MARKS.0) else { break text += after };
        text += between;
        rest = next;
    }
    Cow::Owned(text)
}

fn reduced(cell: &str) -> Option<Page> {
    if !has_tags(cell) && !has_reference(cell) {
        return None;
    }
    let mut writer = Writer { keeps_lines: !has_blocks(cell), ..Writer::default() };
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| writer.take(&event));
    let mut tokenizer = Tokenizer::new_with_emitter(cell, emitter);
    while let Some(Ok(state)) = tokenizer.next() {
        tokenizer.set_state(state);
    }
    drop(tokenizer);
    Some(writer.finish()).filter(|page| page.text != cell)
}

/// Whether there is a tag that nobody writes by accident.
fn has_tags(text: &str) -> bool {
    tags(text).any(|tag| {
        let known = |names: &[&str]| names.contains(&tag.name.as_str());
        known(&TELLING) || tag.is_end && (known(&BLOCKS) || known(&INLINE))
    })
}

/// Whether a tag ends a line.
fn has_blocks(text: &str) -> bool {
    tags(text).any(|tag| tag.name == "br" || BLOCKS.contains(&tag.name.as_str()))
}

struct Tag {
    name: String,
    is_end: bool,
}

/// What looks like a tag: `<name>`, `<name ...>`, `<name/>`, `</name>`.
fn tags(text: &str) -> impl Iterator<Item = Tag> + '_ {
    let last_end = text.rfind('>').unwrap_or(0);
    text.match_indices('<').filter_map(move |(at, _)| {
        let rest = &text[at + 1..];
        let (is_end, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let length = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
        let ends = |byte: &u8| matches!(byte, b'>' | b'/') || byte.is_ascii_whitespace();
        let closed = rest.as_bytes().get(length).is_some_and(ends) && at < last_end;
        let name = || rest[..length].to_ascii_lowercase();
        (length > 0 && closed).then(|| Tag { name: name(), is_end })
    })
}

/// Whether there is a character reference such as `&amp;` or `&#8217;`.
fn has_reference(text: &str) -> bool {
    text.match_indices('&').any(|(at, _)| {
        let rest = &text.as_bytes()[at + 1..];
        let rest = rest.strip_prefix(b"#").unwrap_or(rest);
        let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        length > 0 && rest.get(length) == Some(&b';')
    })
}

/// What stands between the text so far and the text that comes next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

/// Content that is no text of the article, and the element that holds it.
struct Dropped {
    element: String,
    /// Elements of that name that are open.
    depth: usize,
    text: String,
}

/// Writes the text.
#[derive(Default)]
struct Writer {
    text: String,
    gap: Gap,
    /// Whether line breaks are meant: where no tag ends a line.
    keeps_lines: bool,
    /// Whether a `p` is open: a blank line within it means nothing.
    in_p: bool,
    /// Open `pre`, in which line breaks are meant.
    n_pre: usize,
    dropped: Option<Dropped>,
    /// A script, style or title within what is dropped.
    within: Option<String>,
    title: String,
    /// Where the text of an open `h1` begins; `None` if none is open.
    h1: Option<Option<usize>>,
    headline: Option<String>,
    /// The start tag that is being read.
    starting: String,
}

impl Writer {
    /// Takes in what comes next; the state in which what follows it is to be read, if it is another.
    fn take(&mut self, event: &CallbackEvent<'_>) -> Option<State> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.starting = String::from_utf8_lossy(name).into_owned();
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                let element = std::mem::take(&mut self.starting);
                return self.start(element, *self_closing);
            }
            CallbackEvent::EndTag { name } => self.end(&String::from_utf8_lossy(name)),
            CallbackEvent::String { value } => self.string(&String::from_utf8_lossy(value)),
            _ => {}
        }
        None
    }

    fn start(&mut self, element: String, self_closing: bool) -> Option<State> {
        if element == "body" && self.dropped.as_ref().is_some_and(|it| it.element == "head") {
            // The end tag of the head may be left out.
            self.dropped = None;
        }
        if let Some(dropped) = &mut self.dropped {
            dropped.depth += usize::from(dropped.element == element && !self_closing);
            let state = state_within(&element).filter(|_| !self_closing);
            self.within = state.is_some().then_some(element);
            return state;
        }
        if WITHOUT_TEXT.contains(&element.as_str()) {
            if self_closing {
                return None;
            }
            let state = state_within(&element);
            self.dropped = Some(Dropped { element, depth: 1, text: String::new() });
            return state;
        }
        match element.as_str() {
            "br" => self.line_break(),
            "q" => self.words("“"),
            "td" | "th" => self.gap = self.gap.max(Gap::Space),
            _ => {}
        }
        if BLOCKS.contains(&element.as_str()) {
            self.gap = Gap::Paragraph;
            self.in_p = element == "p";
            self.h1 = (element == "h1").then_some(None).or(self.h1);
            self.n_pre += usize::from(element == "pre");
        }
        None
    }

    fn end(&mut self, element: &str) {
        if self.within.take_if(|within| within == element).is_some() {
            return;
        }
        if let Some(dropped) = &mut self.dropped {
            dropped.depth -= usize::from(dropped.element == element);
            if dropped.depth == 0 {
                self.dropped = None;
            }
            return;
        }
        match element {
            "br" => self.line_break(),
            "q" => self.words("”"),
            "h1" => self.end_headline(),
            _ => {}
        }
        if BLOCKS.contains(&element) {
            self.gap = Gap::Paragraph;
            self.in_p = false;
            self.n_pre = self.n_pre.saturating_sub(usize::from(element == "pre"));
        }
    }

    fn end_headline(&mut self) {
        let Some(start) = self.h1.take().flatten() else { return };
        let headline = &self.text[start..];
        let longer = self.headline.as_ref().is_none_or(|known| known.len() < headline.len());
        if longer && !headline.contains('\n') {
            self.headline = Some(headline.to_string());
        }
    }

    /// A second break in a row is a blank line.
    fn line_break(&mut self) {
        self.gap = if self.gap < Gap::Line { Gap::Line } else { Gap::Paragraph };
    }

    fn string(&mut self, value: &str) {
        if let Some(dropped) = &mut self.dropped {
            match self.within.as_deref() {
                Some("title") if dropped.element == "head" => self.title.push_str(value),
                Some("script" | "style") => {}
                _ => dropped.text.push_str(value),
            }
            return;
        }
        if self.keeps_lines || self.n_pre > 0 {
            self.words(value);
            return;
        }
        let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0C');
        let mut rest = value;
        while !rest.is_empty() {
            let words = rest.trim_start_matches(is_space);
            let space = &rest[..rest.len() - words.len()];
            if !space.is_empty() {
                let is_blank_line = space.matches('\n').count() > 1 && !self.in_p;
                let gap = if is_blank_line { Gap::Paragraph } else { Gap::Space };
                self.gap = self.gap.max(gap);
            }
            let end = words.find(is_space).unwrap_or(words.len());
            if end > 0 {
                self.words(&words[..end]);
            }
            rest = &words[end..];
        }
    }

    /// Writes words behind the gap that is due.
    fn words(&mut self, words: &str) {
        let gap = match std::mem::take(&mut self.gap) {
            _ if self.text.is_empty() => "",
            Gap::None => "",
            Gap::Space => " ",
            Gap::Line => "\n",
            Gap::Paragraph => "\n\n",
        };
        self.text.push_str(gap);
        if let Some(start) = &mut self.h1 {
            start.get_or_insert(self.text.len());
        }
        self.text.push_str(words);
    }

    /// The whole text. What stands in an element that is never closed is text after all, but for
    /// scripts and styles.
    fn finish(mut self) -> Page {
        let unclosed = self.dropped.take();
        if let Some(dropped) = unclosed.filter(|d| !matches!(&*d.element, "script" | "style")) {
            self.gap = Gap::Paragraph;
            self.string(&dropped.text);
        }
        Page { text: self.text, headline: self.headline, title: self.title }
    }
}

/// How what stands in an element is to be read: no tags are in it.
fn state_within(element: &str) -> Option<State> {
    match element {
        "script" => Some(State::ScriptData),
        "style" => Some(State::RawText),
        "title" => Some(State::RcData),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, text: &str) {
        let page = text_of_html(html);
        assert_eq!(page.map(|page| page.text).as_deref(), Some(text), "{html}");
    }

    /// The headline of a page and its text with it.
    fn headed(html: &str) -> (Option<String>, String) {
        let mut page = text_of_html(html).unwrap();
        (page.take_headline(), page.text)
    }

    #[test]
    fn the_longest_h1_is_the_headline_else_the_title_before_the_text() {
        let site = "<head><title>Ice comes - Vox</title></head><body><h1>Vox</h1><p>Menu</p>";
        let (headline, text) =
            headed(&format!("{site}<h1>Ice\n <i>comes</i></h1><p>They met.</p>"));
        assert_eq!(headline.as_deref(), Some("Ice comes"));
        assert_eq!(text, "Vox\n\nMenu\n\nIce comes\n\nThey met.");
        let (headline, text) =
            headed("<head><title>Ice\n&amp; <b> - Vox</title></head><p>Met.</p>");
        assert_eq!(headline.as_deref(), Some("Ice & <b> - Vox"));
        assert_eq!(text, "Ice & <b> - Vox\n\nMet.");
        assert_eq!(headed("<p>Met.</p><svg><title>x</title></svg>"), (None, "Met.".into()));
        assert_eq!(headed("<h1><p>a</p><p>b</p></h1><h1></h1>").0, None, "no single line");
    }

    #[test]
    fn what_stands_in_a_head_swallows_nothing() {
        let script = "<script>if (a<b) { x = '<p title=\"' + \"</head>\"; }</script>";
        check(&format!("<html><head>{script}<title>x</title></head><body><p>Met.</p>"), "Met.");
        check("<html><head><title>x</title><body><p>Met.</p></body>", "Met.");
        check("<head><style>p > a {}</style><script>a<b</script><p>Met.", "Met.");
    }

    #[test]
    fn blocks_are_paragraphs_and_white_space_means_nothing() {
        check("<p>The envoys\n  met.</p><p>They left.</p>", "The envoys met.\n\nThey left.");
        check("<div><h2>Ice</h2>\n<div>Talks  began.</div></div>", "Ice\n\nTalks began.");
        check("One.<br>Two.<br/><br />Three.", "One.\nTwo.\n\nThree.");
        check("<ul><li>Grain</li><li>Ice</li></ul>After.", "Grain\n\nIce\n\nAfter.");
        check(
            "<table><tr><td>Grain</td><td>5</td></tr><tr><td>Ice</td></tr></table>",
            "Grain 5\n\nIce",
        );
        check("<p>a</p><pre>x\n  y</pre>", "a\n\nx\n  y");
    }

    #[test]
    fn blank_lines_between_paragraphs_without_tags_are_kept() {
        check(
            "First.\n\nSecond\nline.\n\n<h3>Ice</h3>\n\nThird.",
            "First.\n\nSecond line.\n\nIce\n\nThird.",
        );
        check("<p>One\n\nparagraph.</p>", "One paragraph.");
        check("First <b>line</b>.\n\nSecond.\nThird.", "First line.\n\nSecond.\nThird.");
    }

    #[test]
    fn words_of_links_stay_and_words_are_not_torn() {
        check(
            "<p>The <a href=\"https://example.org/?a=1&amp;b=2\">envoy <em>Li</em></a>, a <b>W</b>est.</p>",
            "The envoy Li, a West.",
        );
        check("<p>He said <q>no</q>.</p>", "He said “no”.");
    }

    #[test]
    fn scripts_styles_comments_and_pictures_hold_no_text() {
        check("<p>Met.</p><script>if (a<b) { p('</p>') }</script><p>Left.</p>", "Met.\n\nLeft.");
        check("<style>p { color: red }</style><p>Met.</p><!-- more -->", "Met.");
        check(
            "<p>Met.</p><noscript><img src=x> pixel</noscript><img alt=\"A port\" src=y>",
            "Met.",
        );
        check("<html><head><title>Site</title></head><body>Met.</body></html>", "Met.");
        check("<svg><svg>a</svg>b</svg><p>Met.</p><iframe src=x/>", "Met.");
    }

    #[test]
    fn an_element_that_is_never_closed_swallows_nothing() {
        check("<p>Met.</p><noscript>They left.", "Met.\n\nThey left.");
        check("<p>Met.<p>They left.", "Met.\n\nThey left.");
        check("<p>Met.</p></div></noscript><p>They left.", "Met.\n\nThey left.");
    }

    #[test]
    fn references_are_decoded_with_or_without_tags() {
        check(
            "<p>Grain &amp; ice&nbsp;&#8211; &ldquo;no&rdquo; &#x2019;s</p>",
            "Grain & ice\u{a0}– “no” ’s",
        );
        check("Grain &amp; ice\nand &quot;more&quot;.", "Grain & ice\nand \"more\".");
        check(
            "&lt;p&gt;Met.&lt;/p&gt;&lt;p&gt;Left &amp;amp; right.&lt;/p&gt;",
            "Met.\n\nLeft & right.",
        );
        check("<p>The tag &lt;b&gt; is bold.</p>", "The tag <b> is bold.");
    }

    #[test]
    fn what_stands_in_cdata_is_read() {
        check("<![CDATA[First. <p>Then.</p>]]>", "First.\n\nThen.");
        check("<![CDATA[They met & left.]]>", "They met & left.");
        check(
            "<p>A.</p><![CDATA[<p>B.</p>]]> and <![CDATA[C &amp; d.]]>",
            "A.\n\nB.\n\nand C & d.",
        );
        check("<![CDATA[First. <p>Then.</p>", "First.\n\nThen.");
        check("<p>a[b[0]]> c</p>", "a[b[0]]> c");
        assert_eq!(text_of_html("The mark `<![CDATA[` opens it."), None);
    }

    #[test]
    fn text_that_only_looks_like_html_is_left_alone() {
        for text in [
            "They met. I <3 ice.",
            "x < y and y > z, <3 and <-",
            "The command <name> or <Link> is meant.",
            "He wrote <laughs> and <br without an end",
            "AT&T and R&D; so be it & more.",
            "a <b and c> d",
            "",
        ] {
            assert_eq!(text_of_html(text), None, "{text}");
        }
    }

    #[test]
    fn nothing_is_too_broken_to_be_read() {
        for html in [
            "<p",
            "<p>",
            "</p>",
            "<p><",
            "<p>&#",
            "<p>&#xFFFFFFFF;</p>",
            "<p>\0</p>",
            "<p a=\"",
            "<![CDATA[<p>a</p>]]>",
        ] {
            let _ = text_of_html(html);
        }
        check("<p>“Δ” 中文</p>", "“Δ” 中文");
    }
}
