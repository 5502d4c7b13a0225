//! What a person's hand does in the window: pressing what has a name, writing into what has a label.

use fantoccini::Client;
use fantoccini::elements::{Element, ElementRef};
use serde_json::Value;

use crate::trouble::Trouble;
use crate::wait::until;
use crate::window::PAGE_LIMIT;

/// The member by which WebDriver hands over an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Finds what is in sight and has a name: in the uppermost dialog where there is one, else in the whole page.
const FIND: &str = "\
    const [kinds, name] = arguments; \
    const place = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document; \
    const words = (text) => (text ?? '').replace(/\\s+/g, ' ').trim(); \
    const names = (one) => [one.ariaLabel, ...[...(one.labels ?? [])].map((label) => label.innerText), one.innerText].map(words); \
    const all = [...place.querySelectorAll(kinds)].filter((one) => one.checkVisibility()); \
    const fits = [(each) => each === name, (each) => each.startsWith(name), (each) => each.includes(name)]; \
    return fits.map((fit) => all.find((one) => names(one).some(fit))).find((one) => one !== undefined) ?? null;";

/// What can be pressed.
const BUTTONS: &str = "button, a, summary, [role=menuitem], [role=option], [role=treeitem], input[type=checkbox], input[type=radio]";

/// What can be written into.
const FIELDS: &str = "input, textarea";

/// A hand on a page.
#[derive(Debug)]
pub struct Hand<'a> {
    client: &'a Client,
}

impl<'a> Hand<'a> {
    pub(crate) fn new(client: &'a Client) -> Self {
        Self { client }
    }

    /// Clicks what has this name, else one that begins so, else one that holds it; whatever covers it makes that fail.
    ///
    /// # Errors
    /// Nothing of the name came in sight, or it can't be clicked.
    pub async fn press(&self, name: &str) -> Result<(), Trouble> {
        Ok(self.find(BUTTONS, name).await?.click().await?)
    }

    /// Writes into the field with this label, in the place of what it held.
    ///
    /// # Errors
    /// No such field came in sight, or it takes no text.
    pub async fn write(&self, label: &str, text: &str) -> Result<(), Trouble> {
        let field = self.find(FIELDS, label).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    async fn find(&self, kinds: &str, name: &str) -> Result<Element, Trouble> {
        let look = async || {
            let found = self.client.execute(FIND, vec![kinds.into(), name.into()]).await.ok()?;
            found.get(ELEMENT).and_then(Value::as_str).map(|id| ElementRef::from(id.to_owned()))
        };
        let found = until(&format!("\"{name}\" in the window"), PAGE_LIMIT, look).await?;
        Ok(Element::from_element_id(self.client.clone(), found))
    }
}
