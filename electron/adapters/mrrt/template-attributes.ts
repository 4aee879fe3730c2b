import type { Complaints } from './complaints.ts';

/** One `<code>` of the `template_attributes` XML block, with where it was said. */
export interface TemplateCode {
  readonly value: string;
  readonly scheme: string;
  readonly meaning: string;
  /** `type` of the enclosing `<term>` (`modality`, `body part` …). */
  readonly term: string | undefined;
  /** Id of the element that an enclosing `<entry ORIGTXT>` speaks of. */
  readonly element: string | undefined;
}

const TAG = /<(\/?)(template_attributes|coded_content|term|entry|code)\b([^>]*)>/gi;
const ATTRIBUTE = /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

const attributesOf = (text: string): Map<string, string> =>
  new Map(
    [...text.matchAll(ATTRIBUTE)].map((match) => [(match[1] ?? '').toLowerCase(), plain(match[2] ?? match[3] ?? '')]),
  );

/** XML 1.0, 4.6: the five entities every document may use; and the apostrophe by its number, as HTML writes it. */
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'" };
const plain = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole);

/**
 * The block is XML in name only: published templates leave `<code>` open and hide it in a comment. Its tags are therefore
 * read one by one, and what is not as it should be is complained about instead of refused.
 */
export function readTemplateAttributes(text: string, firstLine: number, complaints: Complaints): TemplateCode[] {
  const codes: TemplateCode[] = [];
  let blocks = 0;
  let term: string | undefined;
  let isInTerm = false;
  let codesInTerm = 0;
  let element: string | undefined;
  for (const match of text.matchAll(TAG)) {
    const line = firstLine + text.slice(0, match.index).split('\n').length - 1;
    const isEnd = match[1] === '/';
    const attributes = attributesOf(match[3] ?? '');
    switch ((match[2] ?? '').toLowerCase()) {
      case 'template_attributes':
        if (!isEnd && (blocks += 1) > 1) complaints.add(line, 'more than one template_attributes element');
        break;
      case 'entry':
        element = isEnd ? undefined : attributes.get('origtxt');
        break;
      case 'term':
        isInTerm = !isEnd;
        codesInTerm = 0;
        term = isEnd ? undefined : attributes.get('type')?.toLowerCase();
        break;
      case 'code': {
        if (isEnd) break;
        codesInTerm += 1;
        if (isInTerm && codesInTerm > 1) complaints.add(line, 'more than one code in a term');
        const [value, scheme, meaning] = [attributes.get('value'), attributes.get('scheme'), attributes.get('meaning')];
        if (value === undefined || scheme === undefined || meaning === undefined) {
          complaints.add(line, 'a code lacks value, scheme or meaning');
        }
        codes.push({ value: value ?? '', scheme: scheme ?? '', meaning: meaning ?? '', term, element });
        break;
      }
      default:
    }
  }
  if (blocks === 0) complaints.add(firstLine, 'no template_attributes element');
  return codes;
}
