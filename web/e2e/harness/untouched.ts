// What a page has of its own, looked at before and after the elements came. These functions run inside the page.

/** A page with something of everything that pages have. */
export const OWN = `<article id="own"><h2>News</h2><p>Some <a href="#own">words</a>, <b>bold</b> and <code>code</code>.</p>
<ul><li>One</li><li>Two</li></ul><form><label>Name <input name="name"></label><select><option>One</option></select>
<textarea></textarea><button>Send</button></form><table><tr><td>1</td><td>2</td></tr></table>
<dialog open>A question</dialog><details open><summary>More</summary>Text</details>
<div class="bubble root panel launcher">Named like parts of the elements</div><span class="icon round button">Small</span></article>`;
export const OWN_STYLE =
  "body { font: 18px/1.6 Georgia, serif; color: #234; letter-spacing: 1px } .button { color: teal } ul { columns: 2 }";

type Kept = ReturnType<typeof remember>;

/** Everything that scripts of a page build on: the names on the window, and what the language and the browser give. */
export function remember() {
  const built = new Map<object, [string, Record<PropertyKey, PropertyDescriptor>]>();
  for (const name of Object.getOwnPropertyNames(window)) {
    const { value } = Object.getOwnPropertyDescriptor(window, name) ?? {};
    const builtIn = typeof value === "function" || /^(Math|JSON|Reflect|Intl|Atomics)$/.test(name);
    if (!builtIn) continue;
    built.set(value, [name, Object.getOwnPropertyDescriptors(value)]);
    const { prototype } = value;
    if (prototype)
      built.set(prototype, [`${name}.prototype`, Object.getOwnPropertyDescriptors(prototype)]);
  }
  return { names: new Set(Object.getOwnPropertyNames(window)), built };
}

/** What is another now. */
export function changes({ names, built }: Kept): string[] {
  const found = Object.getOwnPropertyNames(window)
    .filter((name) => !names.has(name))
    .map((name) => `window.${name} is new`);
  for (const [one, [called, before]] of built) {
    const now = Object.getOwnPropertyDescriptors(one) as typeof before;
    for (const key of new Set([...Reflect.ownKeys(before), ...Reflect.ownKeys(now)])) {
      const [was, is] = [before[key], now[key]];
      const same =
        was &&
        is &&
        ["value", "get", "set"].every((part) => Object.is(was[part as "get"], is[part as "get"]));
      if (!same) found.push(`${called}.${String(key)} is changed`);
    }
  }
  return found;
}

/** How the page's own part looks and where it is; of the page as a whole, but for its length. */
export function computed(): Record<string, string> {
  const long = /^(block-size|height|perspective-origin|transform-origin)$/;
  const look = (one: Element, except?: RegExp) => {
    const style = getComputedStyle(one);
    const said = [...style].filter((name) => !except?.test(name));
    return said.map((name) => `${name}: ${style.getPropertyValue(name)}`).join("; ");
  };
  const all: Record<string, string> = {};
  for (const one of [document.documentElement, document.body]) all[one.localName] = look(one, long);
  document.querySelectorAll("#own, #own *").forEach((one, index) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    all[`${index} ${one.localName}`] = `${[x, y, width, height]} ${look(one)}`;
  });
  return all;
}
