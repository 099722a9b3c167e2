import { splitCodeSpans } from '../../text/code-spans.ts';
import { codeSpanClass } from '../../text/unbroken.ts';

type Child = Node | string | null | undefined | false;
type Listeners = { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };

export interface ElementOptions {
  class?: string;
  /** Attributes; `true` sets an empty one, `false` and `undefined` none. */
  attributes?: Record<string, string | number | boolean | undefined>;
  on?: Listeners;
}

/** Makes an element. Strings become text, never markup. */
export function makeElement<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  options: ElementOptions = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (options.class !== undefined) element.className = options.class;
  for (const [name, value] of Object.entries(options.attributes ?? {})) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const [type, listener] of Object.entries(options.on ?? {})) {
    element.addEventListener(type, listener as EventListener);
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

/** A button; `label` is its accessible name where it shows only an icon. */
export function makeButton(
  content: Node | string,
  options: { class?: string; label?: string; onPress: (event: MouseEvent) => void },
): HTMLButtonElement {
  const { onPress, label } = options;
  return makeElement(
    'button',
    {
      class: options.class ?? 'button',
      attributes: { type: 'button', 'aria-label': label, title: label },
      on: { click: onPress },
    },
    content,
  );
}

/** Replaces an element's content by a sentence with Markdown code spans. */
export function writeSentence(element: Element, sentence: string): void {
  element.replaceChildren(
    ...splitCodeSpans(sentence).map(({ kind, text }) =>
      kind === 'code' ? makeElement('code', { class: codeSpanClass(text) }, text) : text,
    ),
  );
}

/** A line drawing on a 16 by 16 grid, from path data. */
export function makeIcon(pathData: string, size = 16): SVGSVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  const attributes = {
    viewBox: '0 0 16 16',
    width: size,
    height: size,
    fill: 'none',
    stroke: 'currentColor',
  };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, String(value));
  for (const [name, value] of [
    ['stroke-width', '1.6'],
    ['stroke-linecap', 'round'],
    ['stroke-linejoin', 'round'],
    ['aria-hidden', 'true'],
  ] as const) {
    svg.setAttribute(name, value);
  }
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', pathData);
  svg.append(path);
  return svg;
}

/** Path data of every icon. */
export const icons = {
  copy: 'M5.5 5.5h7v8h-7zM3.5 10.5v-8h7',
  done: 'M3 8.6 6.4 12 13 4.4',
  play: 'M5 3.2v9.6L12.6 8z',
  plus: 'M8 3.2v9.6M3.2 8h9.6',
  close: 'M4.2 4.2l7.6 7.6M11.8 4.2l-7.6 7.6',
  keyboard: 'M1.8 4h12.4v8H1.8zM4 6.6h.1M6.6 6.6h.1M9.2 6.6h.1M11.8 6.6h.1M5.2 9.6h5.6',
  speech: 'M2.4 6.2v3.6h2.2L8 12.6V3.4L4.6 6.2zM10.4 5.6a3.4 3.4 0 0 1 0 4.8M12.2 3.8a6 6 0 0 1 0 8.4',
  text: 'M3.5 2h6l3 3v9h-9zM5.8 7h4.4M5.8 9.4h4.4M5.8 11.8h2.6',
  search: 'M7 11.4A4.4 4.4 0 1 0 7 2.6a4.4 4.4 0 0 0 0 8.8zM10.3 10.3l3.2 3.2',
  split: 'M2 3h12v10H2zM8 3v10',
  more: 'M3 8h.6M7.7 8h.6M12.4 8h.6M3 7.9h.6M7.7 7.9h.6M12.4 7.9h.6',
  wide: 'M9.6 2.8h3.6v3.6M6.4 13.2H2.8V9.6M13 3 9.2 6.8M3 13l3.8-3.8',
  down: 'M3.4 5.8 8 10.4l4.6-4.6',
  up: 'M3.4 10.4 8 5.8l4.6 4.6',
} as const;
