import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { items, personName, text } from '../model/attributes.ts';
import type { Origin } from './work.ts';

const dateWords = (date: string | undefined): string | undefined => {
  const parts = /^(\d{4})(\d{2})(\d{2})/.exec(date ?? '');
  return parts === null ? undefined : `${parts[1]}-${parts[2]}-${parts[3]}`;
};

/** Maker and model as one name; the model alone where it says the maker already. */
export function equipmentName(data: DicomJson): string | undefined {
  const maker = text(data, '00080070') ?? '';
  const model = text(data, '00081090') ?? '';
  const name = model.toLowerCase().startsWith(maker.toLowerCase()) ? model : `${maker} ${model}`.trim();
  return name === '' ? undefined : name;
}

/** Content creator, else equipment, else institution; the algorithm from Algorithm Identification (PS3.3 10.16) where it stands at the top. */
export function originOf(data: DicomJson): Origin {
  const [algorithm] = items(data, '00660036').concat(items(data, '00189004'));
  const [version] = [algorithm && text(algorithm, '00660031'), text(data, '00181020')].filter(
    (said) => said !== undefined,
  );
  const by = [personName(data, '00700084'), equipmentName(data)].filter((said) => said !== undefined);
  return {
    source: by.length > 0 ? by.join(' · ') : (text(data, '00080080') ?? 'source not stated'),
    algorithm: algorithm && text(algorithm, '00660032'),
    version,
    date: dateWords(
      text(data, '00700082') ?? text(data, '00080023') ?? text(data, '30060008') ?? text(data, '00080021'),
    ),
  };
}
