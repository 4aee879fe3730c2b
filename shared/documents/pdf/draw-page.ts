import { readFont, type PdfFont } from './fonts.ts';
import { colorOf, multiply, samplesOf, UNIT, type Matrix } from './page-parts.ts';
import { bytesOf, isKind, type PdfFile, type PdfPage } from './open-pdf.ts';
import { readPdf, type PdfValue } from './syntax.ts';

export type PageMark =
  | {
      readonly kind: 'text';
      readonly text: string;
      /** From text space with one unit a size, y up, to the page. */
      readonly matrix: Matrix;
      /** What the text takes in units of the size; the drawn letters are fitted to it. */
      readonly width: number;
      readonly font: Pick<PdfFont, 'family' | 'isBold' | 'isItalic'>;
      readonly color: string;
    }
  | {
      readonly kind: 'path';
      readonly steps: readonly PathStep[];
      readonly fill?: string;
      readonly stroke?: string;
      readonly isEvenOdd: boolean;
      readonly lineWidth: number;
    }
  /** Drawn into the unit square of `matrix`. */
  | { readonly kind: 'jpeg'; readonly matrix: Matrix; readonly bytes: Uint8Array }
  | {
      readonly kind: 'samples';
      readonly matrix: Matrix;
      readonly width: number;
      readonly height: number;
      readonly rgba: Uint8ClampedArray;
    };

export type PathStep =
  | { readonly to: 'move' | 'line'; readonly x: number; readonly y: number }
  | { readonly to: 'curve'; readonly points: readonly [number, number, number, number, number, number] }
  | { readonly to: 'close' };

export interface DrawnPage {
  readonly marks: readonly PageMark[];
  /** Things on the page that are not drawn (shadings, pictures in other codings). */
  readonly leftOut: number;
}

const MOST_OPERATORS = 400_000;
const MOST_MARKS = 100_000;
const DEEPEST_FORM = 8;
const LARGEST_PICTURE = 40_000_000;

interface State {
  readonly matrix: Matrix;
  readonly fill: string;
  readonly stroke: string;
  readonly lineWidth: number;
  readonly font: PdfFont | undefined;
  readonly size: number;
  readonly charSpace: number;
  readonly wordSpace: number;
  readonly scale: number;
  readonly leading: number;
  readonly rise: number;
  readonly isHidden: boolean;
}

/** What stands on a page, as marks to draw. Text, lines, areas, pictures; what would act (annotations, forms, scripts) is no content and is not read. */
export async function drawPage(page: PdfPage, file: PdfFile): Promise<DrawnPage> {
  const marks: PageMark[] = [];
  let [leftOut, operators] = [0, 0];
  const fonts = new Map<PdfValue, PdfFont>();

  async function fontNamed(name: string, resources: PdfValue): Promise<PdfFont | undefined> {
    const held = file.entry(file.entry(resources, 'Font'), name);
    if (!isKind(held, 'dict')) return undefined;
    const known = fonts.get(held) ?? (await readFont(held, file));
    fonts.set(held, known);
    return known;
  }

  async function picture(stream: PdfValue, matrix: Matrix): Promise<void> {
    const [width, height] = [file.entry(stream, 'Width'), file.entry(stream, 'Height')];
    const filter = file.entry(stream, 'Filter');
    const names = (isKind(filter, 'list') ? filter.items.map(file.resolve) : [filter]).flatMap((each) =>
      isKind(each, 'name') ? each.name : [],
    );
    if (isKind(stream, 'stream') && names.length === 1 && (names[0] === 'DCTDecode' || names[0] === 'DCT')) {
      marks.push({ kind: 'jpeg', matrix, bytes: bytesOf(stream.raw) });
      return;
    }
    const isDrawable =
      typeof width === 'number' &&
      typeof height === 'number' &&
      width > 0 &&
      height > 0 &&
      width * height <= LARGEST_PICTURE;
    const raw = isDrawable ? await file.content(stream) : undefined;
    const rgba =
      raw === undefined || typeof width !== 'number' || typeof height !== 'number'
        ? undefined
        : samplesOf(raw, {
            width,
            height,
            bits: file.entry(stream, 'BitsPerComponent'),
            space: file.entry(stream, 'ColorSpace'),
          });
    if (rgba === undefined || typeof width !== 'number' || typeof height !== 'number') leftOut += 1;
    else marks.push({ kind: 'samples', matrix, width, height, rgba });
  }

  async function run(content: string, resources: PdfValue, start: State, depth: number): Promise<void> {
    const reader = readPdf(content);
    const outer: State[] = [];
    let state = start;
    let [textMatrix, lineMatrix] = [UNIT, UNIT];
    let steps: PathStep[] = [];
    let args: PdfValue[] = [];
    let at: readonly [number, number] = [0, 0];

    const onPage = (x: number, y: number): readonly [number, number] => {
      const [, , , , e, f] = multiply([1, 0, 0, 1, x, y], state.matrix);
      return [e, f];
    };
    const step = (to: 'move' | 'line', x: number, y: number) => {
      at = [x, y];
      const [px, py] = onPage(x, y);
      steps.push({ to, x: px, y: py });
    };
    const curve = (...n: readonly [number, number, number, number, number, number]) => {
      const [a, b, c] = [onPage(n[0], n[1]), onPage(n[2], n[3]), onPage(n[4], n[5])];
      at = [n[4], n[5]];
      steps.push({ to: 'curve', points: [...a, ...b, ...c] as [number, number, number, number, number, number] });
    };
    const paint = (isFilled: boolean, isStroked: boolean, isEvenOdd = false) => {
      const lineWidth =
        state.lineWidth * Math.sqrt(Math.abs(state.matrix[0] * state.matrix[3] - state.matrix[1] * state.matrix[2]));
      if (steps.length > 0 && (isFilled || isStroked))
        marks.push({
          kind: 'path',
          steps,
          ...(isFilled ? { fill: state.fill } : {}),
          ...(isStroked ? { stroke: state.stroke } : {}),
          isEvenOdd,
          lineWidth,
        });
      steps = [];
    };
    const show = (shown: string) => {
      const { font, size, scale } = state;
      if (font === undefined) return;
      const glyphs = font.glyphs(shown);
      const units = glyphs.reduce((sum, { width }) => sum + width / 1000, 0);
      const spaces = glyphs.filter(({ isSpace }) => isSpace).length;
      const text = glyphs.map((glyph) => glyph.text).join('');
      const advance = (units * size + glyphs.length * state.charSpace + spaces * state.wordSpace) * scale;
      const matrix = multiply(multiply([size * scale, 0, 0, size, 0, state.rise], textMatrix), state.matrix);
      if (text.trim() !== '' && !state.isHidden)
        marks.push({
          kind: 'text',
          text,
          matrix,
          width: size === 0 ? 0 : advance / scale / size,
          font,
          color: state.fill,
        });
      textMatrix = multiply([1, 0, 0, 1, advance, 0], textMatrix);
    };
    const nextLine = (x: number, y: number) => {
      lineMatrix = multiply([1, 0, 0, 1, x, y], lineMatrix);
      textMatrix = lineMatrix;
    };

    for (let value = reader.next(); value !== undefined; value = reader.next()) {
      operators += 1;
      if (operators > MOST_OPERATORS || marks.length > MOST_MARKS) return;
      if (!isKind(value, 'operator')) {
        if (args.length < 64) args.push(value);
        continue;
      }
      const n = args.filter((each) => typeof each === 'number');
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = n;
      const [first] = args;
      const name = args.flatMap((each) => (isKind(each, 'name') ? each.name : []))[0];
      switch (value.word) {
        case 'q':
          if (outer.length < 100) outer.push(state);
          break;
        case 'Q':
          state = outer.pop() ?? state;
          break;
        case 'cm':
          if (n.length === 6) state = { ...state, matrix: multiply([a, b, c, d, e, f], state.matrix) };
          break;
        case 'w':
          state = { ...state, lineWidth: a };
          break;
        case 'g':
        case 'rg':
        case 'k':
        case 'sc':
        case 'scn':
          state = { ...state, fill: colorOf(n) ?? state.fill };
          break;
        case 'G':
        case 'RG':
        case 'K':
        case 'SC':
        case 'SCN':
          state = { ...state, stroke: colorOf(n) ?? state.stroke };
          break;
        case 'm':
          step('move', a, b);
          break;
        case 'l':
          step('line', a, b);
          break;
        case 'c':
          curve(a, b, c, d, e, f);
          break;
        case 'v':
          curve(at[0], at[1], a, b, c, d);
          break;
        case 'y':
          curve(a, b, c, d, c, d);
          break;
        case 'h':
          steps.push({ to: 'close' });
          break;
        case 're':
          step('move', a, b);
          step('line', a + c, b);
          step('line', a + c, b + d);
          step('line', a, b + d);
          steps.push({ to: 'close' });
          break;
        case 'f':
        case 'F':
          paint(true, false);
          break;
        case 'f*':
          paint(true, false, true);
          break;
        case 'S':
          paint(false, true);
          break;
        case 's':
          steps.push({ to: 'close' });
          paint(false, true);
          break;
        case 'B':
        case 'b':
          paint(true, true);
          break;
        case 'B*':
        case 'b*':
          paint(true, true, true);
          break;
        case 'n':
          steps = [];
          break;
        case 'BT':
          [textMatrix, lineMatrix] = [UNIT, UNIT];
          break;
        case 'Tf':
          state = { ...state, size: a, font: name === undefined ? undefined : await fontNamed(name, resources) };
          break;
        case 'Tc':
          state = { ...state, charSpace: a };
          break;
        case 'Tw':
          state = { ...state, wordSpace: a };
          break;
        case 'Tz':
          state = { ...state, scale: a / 100 };
          break;
        case 'TL':
          state = { ...state, leading: a };
          break;
        case 'Ts':
          state = { ...state, rise: a };
          break;
        case 'Tr':
          state = { ...state, isHidden: a === 3 };
          break;
        case 'Td':
          nextLine(a, b);
          break;
        case 'TD':
          state = { ...state, leading: -b };
          nextLine(a, b);
          break;
        case 'Tm':
          lineMatrix = [a, b, c, d, e, f];
          textMatrix = lineMatrix;
          break;
        case 'T*':
          nextLine(0, -state.leading);
          break;
        case 'Tj':
          if (isKind(first, 'string')) show(first.text);
          break;
        case "'":
        case '"': {
          const shown = args.at(-1);
          if (value.word === '"') state = { ...state, wordSpace: a, charSpace: b };
          nextLine(0, -state.leading);
          if (isKind(shown, 'string')) show(shown.text);
          break;
        }
        case 'TJ':
          for (const each of isKind(first, 'list') ? first.items : []) {
            if (isKind(each, 'string')) show(each.text);
            else if (typeof each === 'number')
              textMatrix = multiply([1, 0, 0, 1, (-each / 1000) * state.size * state.scale, 0], textMatrix);
          }
          break;
        case 'Do': {
          const object = file.entry(file.entry(resources, 'XObject'), name ?? '');
          const subtype = file.entry(object, 'Subtype');
          const kind = isKind(subtype, 'name') ? subtype.name : '';
          if (kind === 'Image') await picture(object, state.matrix);
          const inner = kind === 'Form' && depth < DEEPEST_FORM ? await file.content(object) : undefined;
          if (inner !== undefined) {
            const told = file.entry(object, 'Matrix');
            const parts = isKind(told, 'list')
              ? told.items.map(file.resolve).filter((each) => typeof each === 'number')
              : [];
            const own = parts.length === 6 ? (parts as unknown as Matrix) : UNIT;
            const formResources = file.entry(object, 'Resources');
            await run(inner, formResources ?? resources, { ...state, matrix: multiply(own, state.matrix) }, depth + 1);
          }
          break;
        }
        case 'sh':
          leftOut += 1;
          break;
        case 'ID': {
          // An inline picture (8.9.7) is passed over.
          const end = /\sEI(?=\s|$)/.exec(content.slice(reader.at()));
          reader.moveTo(end === null ? content.length : reader.at() + end.index + 3);
          leftOut += 1;
          break;
        }
        default:
          break;
      }
      args = [];
    }
  }

  const contents = file.entry(page.dict, 'Contents');
  const parts = isKind(contents, 'list') ? contents.items.map(file.resolve) : [contents];
  const texts: string[] = [];
  for (const part of parts) texts.push((await file.content(part)) ?? '');
  const start: State = {
    matrix: UNIT,
    fill: 'rgb(0 0 0)',
    stroke: 'rgb(0 0 0)',
    lineWidth: 1,
    font: undefined,
    size: 0,
    charSpace: 0,
    wordSpace: 0,
    scale: 1,
    leading: 0,
    rise: 0,
    isHidden: false,
  };
  await run(texts.join('\n'), page.resources, start, 0);
  return { marks, leftOut };
}
