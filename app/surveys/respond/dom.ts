/** Making elements without any HTML in strings: the policy of the page would allow none, and nothing can be smuggled in. */

type Child = Node | string | null
type Attributes = Record<string, string | boolean | ((event: Event) => void)>

/** An element; functions are listeners, `true` is an attribute without a value, `false` leaves it away. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes))
    if (typeof value === 'function') element.addEventListener(key, value)
    else if (value !== false) element.setAttribute(key, value === true ? '' : value)
  element.append(...children.filter(child => child !== null))
  return element
}

export function button(label: string, onClick: () => void, kind = ''): HTMLButtonElement {
  return make('button', { type: 'button', class: `btn ${kind}`.trim(), click: onClick }, label)
}

/** The element with this id. @throws Error where the page has none, which is a mistake of ours. */
export function part<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id)
  if (!element) throw new Error(`The page has no #${id}.`)
  return element as T
}
