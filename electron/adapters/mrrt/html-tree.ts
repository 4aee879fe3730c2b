import type { DefaultTreeAdapterTypes } from 'parse5';

export type HtmlNode = DefaultTreeAdapterTypes.ChildNode;
export type HtmlElement = DefaultTreeAdapterTypes.Element;
type HtmlParent = DefaultTreeAdapterTypes.ParentNode;

export const isElement = (node: HtmlNode): node is HtmlElement => 'tagName' in node;
export const lineOf = (node: HtmlNode): number => node.sourceCodeLocation?.startLine ?? 1;
export const attribute = (element: HtmlElement, name: string): string | undefined =>
  element.attrs.find((candidate) => candidate.name === name)?.value;

/** Every element below, in document order. */
export function* descendants(parent: HtmlParent): Generator<HtmlElement> {
  for (const node of parent.childNodes) {
    if (!isElement(node)) continue;
    yield node;
    yield* descendants(node);
  }
}

const CONTROLS: ReadonlySet<string> = new Set([
  'input',
  'select',
  'textarea',
  'button',
  'script',
  'style',
  'template',
  'datalist',
]);
export const isControl = (element: HtmlElement): boolean => ['input', 'select', 'textarea'].includes(element.tagName);

const rawText = (parent: HtmlParent, leaveOut: ReadonlySet<string>): string =>
  parent.childNodes
    .map((node) => {
      if (isElement(node)) {
        if (leaveOut.has(node.tagName)) return ' ';
        return node.tagName === 'br' || node.tagName === 'p' || node.tagName === 'div'
          ? `\n${rawText(node, leaveOut)}`
          : rawText(node, leaveOut);
      }
      return node.nodeName === '#text' && 'value' in node ? node.value : '';
    })
    .join('');

/** Text as read, on one line, without what stands in controls. */
export const textOf = (element: HtmlParent): string =>
  rawText(element, CONTROLS)
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();

/** Text with its line breaks, without headings and controls. */
export const proseOf = (element: HtmlParent): string =>
  rawText(element, new Set([...CONTROLS, 'header', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'legend']))
    .split('\n')
    .map((line) => line.replace(/[\s\u00a0]+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');

export function ancestor(element: HtmlElement, ...tagNames: readonly string[]): HtmlElement | undefined {
  for (let node = element.parentNode; node !== null && 'tagName' in node; node = node.parentNode) {
    if (tagNames.includes(node.tagName)) return node;
    if (node.parentNode === null) return undefined;
  }
  return undefined;
}
