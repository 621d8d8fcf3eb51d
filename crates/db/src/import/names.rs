//! The names import gives to relations: English singular and plural in the database's own case style.

/// Words whose plural no rule gives: (singular, plural).
const IRREGULAR: [(&str, &str); 28] = [
    ("person", "people"),
    ("child", "children"),
    ("man", "men"),
    ("woman", "women"),
    ("foot", "feet"),
    ("tooth", "teeth"),
    ("mouse", "mice"),
    ("datum", "data"),
    ("medium", "media"),
    ("criterion", "criteria"),
    ("analysis", "analyses"),
    ("index", "indexes"),
    ("quiz", "quizzes"),
    ("leaf", "leaves"),
    ("movie", "movies"),
    ("cookie", "cookies"),
    ("tie", "ties"),
    ("cache", "caches"),
    ("axis", "axes"),
    ("status", "statuses"),
    ("bus", "buses"),
    ("bonus", "bonuses"),
    ("virus", "viruses"),
    ("campus", "campuses"),
    ("census", "censuses"),
    ("corpus", "corpora"),
    ("alias", "aliases"),
    ("gas", "gases"),
];

/// Words that are their own plural, or whose ending `s` is no plural.
const UNCHANGED: [&str; 12] = [
    "series",
    "species",
    "news",
    "equipment",
    "information",
    "money",
    "sheep",
    "fish",
    "staff",
    "metadata",
    "feedback",
    "software",
];

/// The name of an object relation to a table: `albums` and `album` give `album`, `MediaTypes` gives `MediaType`.
pub fn singular(table: &str) -> String {
    with_last_word(table, |word| {
        if UNCHANGED.contains(&word) || IRREGULAR.iter().any(|(singular, _)| *singular == word) {
            return word.to_owned();
        }
        if let Some((singular, _)) = IRREGULAR.iter().find(|(_, plural)| *plural == word) {
            return (*singular).to_owned();
        }
        let ending = |suffix: &str, replacement: &str| {
            word.strip_suffix(suffix).filter(|stem| stem.len() > 1).map(|stem| format!("{stem}{replacement}"))
        };
        ending("ies", "y")
            .or_else(|| ending("sses", "ss"))
            .or_else(|| ending("shes", "sh"))
            .or_else(|| ending("ches", "ch"))
            .or_else(|| ending("xes", "x"))
            .or_else(|| {
                let keeps_s = ["ss", "us", "is"].iter().any(|suffix| word.ends_with(suffix));
                if keeps_s { None } else { ending("s", "") }
            })
            .unwrap_or_else(|| word.to_owned())
    })
}

/// The name of an array relation to a table: `album` and `albums` give `albums`, `Category` gives `Categories`.
pub fn plural(table: &str) -> String {
    with_last_word(&singular(table), |word| {
        if UNCHANGED.contains(&word) {
            return word.to_owned();
        }
        if let Some((_, plural)) = IRREGULAR.iter().find(|(singular, _)| *singular == word) {
            return (*plural).to_owned();
        }
        let before_y = word.strip_suffix('y').and_then(|stem| stem.chars().last());
        if before_y.is_some_and(|letter| !"aeiou".contains(letter)) {
            return format!("{}ies", &word[..word.len() - 1]);
        }
        let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|suffix| word.ends_with(suffix));
        if hisses { format!("{word}es") } else { format!("{word}s") }
    })
}

/// Appends the columns that tell two relations to one table apart: `user_by_sender_id`.
pub fn by_columns(name: &str, columns: &[String]) -> String {
    format!("{name}_by_{}", columns.join("_"))
}

/// Applies `change` to the last word of a name in lower case, and gives the result the word's own case.
fn with_last_word(name: &str, change: impl Fn(&str) -> String) -> String {
    let start = last_word(name);
    let (head, word) = name.split_at(start);
    let lower = word.to_lowercase();
    let changed = change(&lower);
    let all_upper = word.chars().count() > 1 && word.chars().all(|letter| !letter.is_lowercase());
    let first_upper = word.chars().next().is_some_and(char::is_uppercase);
    let cased = match (all_upper, first_upper) {
        (true, _) => changed.to_uppercase(),
        (false, true) => {
            let mut letters = changed.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
        }
        (false, false) => changed,
    };
    format!("{head}{cased}")
}

/// Byte offset of the last word: after the last `_`, or at the last capital that follows a lower-case letter.
fn last_word(name: &str) -> usize {
    let after_underscore = name.trim_end_matches('_').rfind('_').map_or(0, |index| index + 1);
    let mut start = after_underscore;
    let mut previous_lower = false;
    for (index, letter) in name.char_indices().skip_while(|(index, _)| *index < after_underscore) {
        if letter.is_uppercase() && previous_lower {
            start = index;
        }
        previous_lower = letter.is_lowercase() || letter.is_ascii_digit();
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_documentation_holds() {
        for (table, object, array) in [
            ("album", "album", "albums"),
            ("albums", "album", "albums"),
            ("Album", "Album", "Albums"),
            ("MediaType", "MediaType", "MediaTypes"),
            ("playlist_track", "playlist_track", "playlist_tracks"),
            ("PlaylistTrack", "PlaylistTrack", "PlaylistTracks"),
            ("categories", "category", "categories"),
            ("day", "day", "days"),
            ("people", "person", "people"),
            ("SalesPerson", "SalesPerson", "SalesPeople"),
            ("statuses", "status", "statuses"),
            ("address", "address", "addresses"),
            ("boxes", "box", "boxes"),
            ("branches", "branch", "branches"),
            ("houses", "house", "houses"),
            ("courses", "course", "courses"),
            ("movies", "movie", "movies"),
            ("bonus", "bonus", "bonuses"),
            ("time_series", "time_series", "time_series"),
            ("ORDERS", "ORDER", "ORDERS"),
            ("bus", "bus", "buses"),
            ("analysis", "analysis", "analyses"),
            ("s", "s", "ses"),
        ] {
            assert_eq!((singular(table).as_str(), plural(table).as_str()), (object, array), "{table}");
        }
    }

    #[test]
    fn columns_tell_relations_apart() {
        assert_eq!(by_columns("user", &["sender_id".to_owned()]), "user_by_sender_id");
        assert_eq!(by_columns("Legs", &["A".to_owned(), "B".to_owned()]), "Legs_by_A_B");
    }
}
