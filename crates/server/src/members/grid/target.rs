//! Whom something in the back-office is done to: a selection, a view, a filter.

use super::filter::FilterForm;
use super::matching::{Matching, read_ids};
use crate::app::App;
use crate::members::{populations, views};
use crate::operators::SignedInOperator;
use crate::platform::http::{Answer, Problem, id_of};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whom: `members`, or a `view`, or a `filter`. Each member counts once.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TargetForm {
    /// These members, by their ids.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<String>>,
    /// All whom a view shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view: Option<String>,
    /// All whom a filter describes; `{}` is everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter: Option<FilterForm>,
}

/// Whom, read and found to be of this site.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Target {
    /// These.
    Members(Vec<i64>),
    /// All whom these filters describe.
    Filter(Box<FilterForm>),
}

impl TargetForm {
    /// Reads it; a view is taken as it is now.
    pub async fn read(self, app: &App, me: &SignedInOperator) -> Answer<Target> {
        match (self.members, self.view, self.filter) {
            (Some(members), None, None) => Ok(Target::Members(read_ids(&members)?)),
            (None, Some(view), None) => {
                let unknown = || Problem::invalid("view: none of this site");
                let id = id_of(&view).map_err(|_| unknown())?;
                let view = views::one(&mut app.db.read().await?, me.site.id, id).await?;
                let view = view.filter(|view| view.is_for(me.operator.id)).ok_or_else(unknown)?;
                Ok(Target::Filter(Box::new(view.filter)))
            }
            (None, None, Some(filter)) => {
                filter.check(&populations::by_slug(&mut app.db.read().await?, me.site.id).await?)?;
                Ok(Target::Filter(Box::new(filter)))
            }
            _ => Err(Problem::invalid("members, view or filter: one of them")),
        }
    }
}

impl Target {
    /// Their ids, in order.
    pub async fn ids(&self, app: &App, site: crate::sites::SiteId) -> Answer<Vec<i64>> {
        let matching = match self {
            Target::Members(members) => Matching::of(app, site, &[], Some(members)).await?,
            Target::Filter(filter) => Matching::of(app, site, std::slice::from_ref(&**filter), None).await?,
        };
        Ok(matching.ids(&mut app.db.read().await?).await?)
    }
}
