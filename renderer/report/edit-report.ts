import type { KeyImage, ReportBody, ReportMeasurement } from '#shared/reporting/report.ts';

/** Pure changes of a report body; what did not change stays the same object. A macro is the source only of a text that is all its own. */
export function typeText(
  sectionId: string,
  text: string,
  source: 'typed' | 'macro' | 'dictated' = 'typed',
): (body: ReportBody) => ReportBody {
  return (body) => ({
    ...body,
    sections: body.sections.map((section) =>
      section.id === sectionId ? { ...section, text, textSource: source } : section,
    ),
  });
}

export function typeField(
  sectionId: string,
  fieldId: string,
  value: string,
  source: 'typed' | 'dictated' = 'typed',
): (body: ReportBody) => ReportBody {
  return (body) => ({
    ...body,
    sections: body.sections.map((section) =>
      section.id !== sectionId
        ? section
        : {
            ...section,
            fields: section.fields.map((field) => (field.id === fieldId ? { ...field, value, source } : field)),
          },
    ),
  });
}

/** What comes from elsewhere as plain text: one kind of line end, ordinary spaces, nothing that is not seen. */
export const plainPaste = (text: string): string =>
  text
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(/[\u00A0\u2000-\u200A\u202F\u3000\t]/g, ' ')
    .replace(/[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, '')
    .replace(/(?!\n)\p{Cc}/gu, '');

type Role = ReportBody['sections'][number]['role'];

/** A sentence of our own making at the end of the impression (else of the last section), on a line of its own; who wrote the rest stays its source. */
export const addSentence = (sentence: string): ((body: ReportBody) => ReportBody) => addTo(['impression'], sentence);

/** A fact from the notes, where the template has a place for what was told: indication, else comparison, else findings. */
export const addTold = (sentence: string): ((body: ReportBody) => ReportBody) =>
  addTo(['indication', 'comparison', 'findings'], sentence);

/** What a prior report said, into the findings; only ever by an act of the reader. */
export const addPrior = (sentence: string): ((body: ReportBody) => ReportBody) =>
  addTo(['findings'], sentence, 'prior');

function addTo(
  roles: readonly Role[],
  sentence: string,
  source: 'macro' | 'prior' = 'macro',
): (body: ReportBody) => ReportBody {
  return (body) => {
    const [found] = roles.flatMap((role) => body.sections.find((section) => section.role === role) ?? []);
    const home = found ?? body.sections.at(-1);
    return {
      ...body,
      sections: body.sections.map((section) => {
        if (section !== home) return section;
        const isEmpty = section.text.trim() === '';
        const text = isEmpty ? sentence : `${section.text.trimEnd()}\n${sentence}`;
        return {
          ...section,
          text,
          textSource: isEmpty || section.textSource === 'default' ? source : section.textSource,
        };
      }),
    };
  };
}

export interface InsertedWords {
  readonly sectionId: string;
  /** Where in its text. */
  readonly at: number;
  readonly words: string;
}

/** Words with the space they need between what stands before and after them, and where the cursor is behind them. */
export function fitWords(text: string, at: number, words: string): { readonly text: string; readonly caret: number } {
  const [before, after] = [text.slice(0, at), text.slice(at)];
  const start = `${before}${/\S$/.test(before) && !/[([{]$/.test(before) ? ' ' : ''}${words}`;
  return { text: `${start}${/^[^\s.,;:)\]}]/.test(after) ? ' ' : ''}${after}`, caret: start.length };
}

/** What was said, at the cursor; it brings its own space before it. */
export function insertDictated({ sectionId, at, words }: InsertedWords): (body: ReportBody) => ReportBody {
  return (body) => ({
    ...body,
    sections: body.sections.map((section) => {
      if (section.id !== sectionId) return section;
      const [before, after] = [section.text.slice(0, at), section.text.slice(at)];
      return { ...section, text: `${before}${spaceBefore(words, after)}${after}`, textSource: 'dictated' };
    }),
  });
}

/** Words with a space behind them where the text goes on with a word. */
export const spaceBefore = (words: string, after: string): string =>
  /\S$/.test(words) && /^[^\s.,;:)\]}]/.test(after) ? `${words} ` : words;

/** What was measured, at the cursor; who wrote the rest stays its source. */
export function insertWords({ sectionId, at, words }: InsertedWords): (body: ReportBody) => ReportBody {
  return (body) => ({
    ...body,
    sections: body.sections.map((section) =>
      section.id === sectionId
        ? {
            ...section,
            text: fitWords(section.text, at, words).text,
            textSource: section.textSource === 'default' ? 'measurement' : section.textSource,
          }
        : section,
    ),
  });
}

const isSameImage = (one: KeyImage, other: KeyImage): boolean =>
  one.sopInstanceUid === other.sopInstanceUid && one.frame === other.frame;

/** The image goes with the report; one that does already keeps its note, and is kept as it is seen now. */
export function addKeyImage(image: KeyImage): (body: ReportBody) => ReportBody {
  return (body) => {
    if (body.keyImages?.some((one) => isSameImage(one, image)) !== true) return toggleKeyImage(image)(body);
    if (image.presentation === undefined) return body;
    const { presentation } = image;
    return withKeyImages(body, (one) => (isSameImage(one, image) ? { ...one, presentation } : one));
  };
}

/** The reader's word on a key image; an empty one takes it away. */
export function noteKeyImage(image: KeyImage, note: string): (body: ReportBody) => ReportBody {
  return (body) =>
    withKeyImages(body, (one) => {
      if (!isSameImage(one, image)) return one;
      const { note: _before, ...rest } = one;
      return note === '' ? rest : { ...rest, note };
    });
}

const withKeyImages = (body: ReportBody, change: (image: KeyImage) => KeyImage): ReportBody => ({
  ...body,
  keyImages: (body.keyImages ?? []).map(change),
});

/** What was drawn goes with the report as data; drawn anew, it takes the place of what it was. */
export function addReportMeasurement(measurement: ReportMeasurement): (body: ReportBody) => ReportBody {
  return (body) => ({
    ...body,
    measurements: [
      ...(body.measurements ?? []).filter(({ trackingUuid }) => trackingUuid !== measurement.trackingUuid),
      measurement,
    ],
  });
}

export function removeReportMeasurement(trackingUuid: string): (body: ReportBody) => ReportBody {
  return (body) => {
    const { measurements: before = [], ...rest } = body;
    const measurements = before.filter((one) => one.trackingUuid !== trackingUuid);
    return measurements.length === 0 ? rest : { ...rest, measurements };
  };
}

/** Marks an image to go with the report, or takes the mark away again. */
export function toggleKeyImage(image: KeyImage): (body: ReportBody) => ReportBody {
  return (body) => {
    const marked = body.keyImages ?? [];
    const others = marked.filter((one) => !isSameImage(one, image));
    const keyImages = others.length === marked.length ? [...marked, image] : others;
    const { keyImages: _before, ...rest } = body;
    return keyImages.length === 0 ? rest : { ...rest, keyImages };
  };
}
