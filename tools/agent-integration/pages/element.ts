type Child = Node | string;

/** Makes an element: `make('p', { class: 'quiet' }, 'text')`. Texts become text, never markup. */
export const make = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

export const makeButton = (text: string, act: () => void, attributes: Record<string, string> = {}) => {
  const button = make('button', { type: 'button', ...attributes }, text);
  button.addEventListener('click', act);
  return button;
};

/** The element of the page with this id. */
export const byId = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no #${id}.`);
  return element;
};
