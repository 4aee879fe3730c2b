import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { items, text, texts } from './attributes.ts';
import { frameAttributes } from './read-image-facts.ts';

/** What a series' header says of itself beyond its pixels: read by hangings. */
export interface SeriesHeader {
  /** Body Part Examined, else the meaning of the anatomic region's code. */
  readonly bodyPart: string;
  readonly protocolName: string;
  /** Convolution kernel, sequence name: what makers write instead of a description. */
  readonly makerWords: string;
  /** PS3.3 C.7.6.1.1.2: `ORIGINAL`, `LOCALIZER`, `MPR`… */
  readonly imageType: readonly string[];
  readonly contrastAgent: string;
  readonly sopClassUid: string;
}

const meaning = (data: DicomJson, tag: string): string | undefined => {
  const [item] = items(data, tag);
  return item && text(item, '00080104');
};

export function readSeriesHeader(whole: DicomJson): SeriesHeader {
  const data = frameAttributes(whole, 1);
  return {
    bodyPart: text(data, '00180015') ?? meaning(data, '00082218') ?? '',
    protocolName: text(data, '00181030') ?? '',
    makerWords: [texts(data, '00181210').join(' '), text(data, '00180024') ?? '', text(data, '00189005') ?? '']
      .filter((part) => part !== '')
      .join(' '),
    imageType: texts(data, '00080008').map((value) => value.toUpperCase()),
    contrastAgent: text(data, '00180010') ?? meaning(data, '00180012') ?? '',
    sopClassUid: text(data, '00080016') ?? '',
  };
}
