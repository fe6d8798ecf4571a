/** Small helpers to build elements. Text always becomes a text node, never markup. */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Make an element.
 * Keys beginning with "on" add listeners, `dataset` and `style` take objects, `value` and `checked` are set as
 * properties; `null`, `undefined` and `false` leave an attribute out.
 * @param {string} tag
 * @param {Record<string, any>} [props]
 * @param {...(Node|string|number|null|undefined|false|Array)} children
 * @returns {HTMLElement}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'dataset') Object.assign(element.dataset, value);
    else if (key === 'style') setStyle(element, value);
    else if (key === 'value' || key === 'checked') element[key] = value;
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

/** @param {HTMLElement} element @param {Record<string, string|number>} style */
function setStyle(element, style) {
  for (const [name, value] of Object.entries(style)) element.style.setProperty(name, String(value));
}

/** @param {Node} parent @param {Array} children */
function append(parent, children) {
  for (const child of children.flat(3)) {
    if (child === null || child === undefined || child === false || child === '') continue;
    parent.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/**
 * Replace all children.
 * @param {Element} parent
 * @param {...any} children
 */
export function fill(parent, ...children) {
  parent.replaceChildren();
  append(parent, children);
}

/**
 * A person's or chat's name: isolated, so right-to-left marks in it cannot turn the text around it.
 * @param {string} text
 * @returns {HTMLElement}
 */
export function bdi(text) {
  return h('bdi', {}, text);
}

/**
 * An SVG drawing made of stroked paths.
 * @param {string[]} paths
 * @param {string} [className]
 * @returns {SVGElement}
 */
export function svg(paths, className = 'icon') {
  const root = document.createElementNS(SVG, 'svg');
  root.setAttribute('viewBox', '0 0 24 24');
  root.setAttribute('class', className);
  root.setAttribute('aria-hidden', 'true');
  root.setAttribute('focusable', 'false');
  for (const data of paths) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', data);
    root.appendChild(path);
  }
  return root;
}

/**
 * Run a function once after the current burst of changes.
 * @param {() => void} run
 * @returns {() => void}
 */
export function batched(run) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => {
      waiting = false;
      run();
    });
  };
}
