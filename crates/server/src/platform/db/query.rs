use super::DbError;
use sqlx::query::{Query, QueryAs};
use sqlx::{AssertSqlSafe, FromRow, PgConnection, SqliteConnection};

/// A value bound to a query.
#[derive(Clone, Debug)]
pub enum Value {
    /// A number, an id, a time.
    Int(i64),
    /// A number or nothing.
    MaybeInt(Option<i64>),
    /// A text.
    Text(String),
    /// A text or nothing.
    MaybeText(Option<String>),
    /// Bytes.
    Bytes(Vec<u8>),
    /// Bytes or nothing.
    MaybeBytes(Option<Vec<u8>>),
    /// Yes or no.
    Bool(bool),
}

macro_rules! value_from {
    ($($type:ty => $arm:ident $convert:expr),+ $(,)?) => {
        $(impl From<$type> for Value { fn from(v: $type) -> Value { Value::$arm($convert(v)) } })+
    };
}
value_from! {
    i64 => Int |v| v,
    Option<i64> => MaybeInt |v| v,
    &str => Text str::to_owned,
    String => Text |v| v,
    Option<String> => MaybeText |v| v,
    Option<&str> => MaybeText |v: Option<&str>| v.map(str::to_owned),
    &[u8] => Bytes <[u8]>::to_vec,
    Vec<u8> => Bytes |v| v,
    Option<Vec<u8>> => MaybeBytes |v| v,
    bool => Bool |v| v,
}

impl Value {
    /// PostgreSQL knows no text with a NUL character. None is ever stored (what comes in is checked), so that a text
    /// with one is only looked for, and not found under this replacement either.
    fn storable(self) -> Value {
        let replaced = |text: String| if text.contains('\0') { text.replace('\0', "\u{FFFD}") } else { text };
        match self {
            Value::Text(text) => Value::Text(replaced(text)),
            Value::MaybeText(text) => Value::MaybeText(text.map(replaced)),
            other => other,
        }
    }
}

/// A query: one text for both engines (`$1` parameters) and its values.
#[derive(Clone, Debug)]
pub struct Sql {
    text: String,
    values: Vec<Value>,
}

/// A query that is written in the source.
pub fn sql(text: &'static str) -> Sql {
    Sql { text: text.to_owned(), values: Vec::new() }
}

/// A row type that both engines can fill.
pub trait Row:
    for<'r> FromRow<'r, sqlx::sqlite::SqliteRow> + for<'r> FromRow<'r, sqlx::postgres::PgRow> + Send + Unpin
{
}
impl<T> Row for T where
    T: for<'r> FromRow<'r, sqlx::sqlite::SqliteRow> + for<'r> FromRow<'r, sqlx::postgres::PgRow> + Send + Unpin
{
}

/// A connection on which a query runs.
pub enum Link<'c> {
    /// SQLite.
    Sqlite(&'c mut SqliteConnection),
    /// PostgreSQL.
    Postgres(&'c mut PgConnection),
}

macro_rules! bind_all {
    ($query:expr, $values:expr) => {{
        let mut query = $query;
        for value in $values {
            query = match value {
                Value::Int(v) => query.bind(v),
                Value::MaybeInt(v) => query.bind(v),
                Value::Text(v) => query.bind(v),
                Value::MaybeText(v) => query.bind(v),
                Value::Bytes(v) => query.bind(v),
                Value::MaybeBytes(v) => query.bind(v),
                Value::Bool(v) => query.bind(v),
            };
        }
        query
    }};
}

impl Sql {
    /// A query put together from parts written in the source (lists of placeholders, dialect words);
    /// never from anything a caller gave.
    pub fn assembled(text: String) -> Sql {
        Sql { text, values: Vec::new() }
    }

    /// Binds the next value.
    pub fn bind(mut self, value: impl Into<Value>) -> Sql {
        self.values.push(value.into().storable());
        self
    }

    /// Binds several values of one kind.
    pub fn bind_each<V: Into<Value>>(mut self, values: impl IntoIterator<Item = V>) -> Sql {
        self.values.extend(values.into_iter().map(|value| value.into().storable()));
        self
    }

    /// Runs it; how many rows it touched.
    pub async fn run(self, on: impl Into<Link<'_>>) -> Result<u64, DbError> {
        // Boxed: the driver's futures are kilobytes, and would be part of every future that might ask the database.
        Box::pin(self.run_on(on.into())).await
    }

    async fn run_on(self, link: Link<'_>) -> Result<u64, DbError> {
        Ok(match link {
            Link::Sqlite(c) => {
                let text = AssertSqlSafe(for_sqlite(self.text, self.values.len()));
                let query: Query<'_, sqlx::Sqlite, _> = bind_all!(sqlx::query(text), self.values);
                query.execute(c).await?.rows_affected()
            }
            Link::Postgres(c) => {
                let text = AssertSqlSafe(self.text);
                let query: Query<'_, sqlx::Postgres, _> = bind_all!(sqlx::query(text), self.values);
                query.execute(c).await?.rows_affected()
            }
        })
    }

    /// All its rows.
    pub async fn all<T: Row>(self, on: impl Into<Link<'_>>) -> Result<Vec<T>, DbError> {
        Box::pin(self.all_on(on.into())).await
    }

    async fn all_on<T: Row>(self, link: Link<'_>) -> Result<Vec<T>, DbError> {
        Ok(match link {
            Link::Sqlite(c) => {
                let text = AssertSqlSafe(for_sqlite(self.text, self.values.len()));
                let query: QueryAs<'_, sqlx::Sqlite, T, _> = bind_all!(sqlx::query_as(text), self.values);
                query.fetch_all(c).await?
            }
            Link::Postgres(c) => {
                let text = AssertSqlSafe(self.text);
                let query: QueryAs<'_, sqlx::Postgres, T, _> = bind_all!(sqlx::query_as(text), self.values);
                query.fetch_all(c).await?
            }
        })
    }

    /// Its row, if there is one.
    pub async fn maybe<T: Row>(self, on: impl Into<Link<'_>>) -> Result<Option<T>, DbError> {
        Ok(self.all(on).await?.into_iter().next())
    }

    /// Its one number (a count, a maximum), 0 if there is none.
    pub async fn number(self, on: impl Into<Link<'_>>) -> Result<i64, DbError> {
        let row: Option<(Option<i64>,)> = self.maybe(on).await?;
        Ok(row.and_then(|(n,)| n).unwrap_or(0))
    }
}

/// From so many parameters on, their numbers are worth dropping.
const MANY: usize = 16;

/// sqlx asks SQLite for each parameter's name, and SQLite walks the list of names for it: the square of a long list.
/// Parameters that are used once each, in order, need no names.
fn for_sqlite(text: String, parameters: usize) -> String {
    if parameters < MANY {
        return text;
    }
    let mut nameless = String::with_capacity(text.len());
    for (number, part) in text.split('$').enumerate() {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        if number > 0 {
            if part[..digits].parse() != Ok(number) {
                return text;
            }
            nameless.push('?');
        }
        nameless.push_str(if number > 0 { &part[digits..] } else { part });
    }
    nameless
}

/// `($1,$2,$3),($4,$5,$6)…`: the placeholders of `rows` rows of `columns` columns, from `$first` on.
pub fn placeholders(first: usize, rows: usize, columns: usize) -> String {
    let mut text = String::with_capacity(rows * columns * 5);
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ",(" });
        for column in 0..columns {
            if column > 0 {
                text.push(',');
            }
            text.push('$');
            text.push_str(&(first + row * columns + column).to_string());
        }
        text.push(')');
    }
    text
}

/// `$2,$3,$4…`: a list of `count` placeholders from `$first` on.
pub fn list(first: usize, count: usize) -> String {
    (first..first + count).map(|n| format!("${n}")).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_lose_their_numbers_if_they_are_in_order() {
        let in_order = format!("INSERT INTO t (a, b) VALUES {} RETURNING a", placeholders(1, 9, 2));
        assert_eq!(for_sqlite(in_order.clone(), 2), in_order, "a short list is left alone");
        let expected = format!("INSERT INTO t (a, b) VALUES {} RETURNING a", ["(?,?)"; 9].join(","));
        assert_eq!(for_sqlite(in_order, 18), expected);
        let twice = format!("SELECT $1 FROM t WHERE a IN ({}) AND b = $1", list(2, 20));
        assert_eq!(for_sqlite(twice.clone(), 21), twice, "a parameter that is used twice needs its number");
    }
}
