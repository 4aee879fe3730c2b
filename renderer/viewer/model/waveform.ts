import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { element, items, number, text } from './attributes.ts';

/** One lead of a recording, in millivolts. */
export interface Lead {
  readonly name: string;
  readonly millivolts: Float32Array;
  readonly samplesPerSecond: number;
}

export interface Recording {
  readonly name: string;
  readonly leads: readonly Lead[];
}

const MOST_LEADS = 64;
const MOST_SAMPLES = 4_000_000;
/** Channel Sensitivity Units (003A,0211) in UCUM. */
const MILLIVOLTS: Readonly<Record<string, number>> = { V: 1000, mV: 1, uV: 0.001, nV: 0.000001 };

/** Waveforms of an object (PS3.3 C.10.9), as far as they are voltages in 16-bit samples; else why not. */
export function readRecordings(data: DicomJson): readonly Recording[] | string {
  const groups = items(data, '54000100');
  if (groups.length === 0) return 'the object holds no waveform';
  const read = groups.map(readGroup);
  const recordings = read.filter((one): one is Recording => typeof one !== 'string');
  return recordings.length > 0 ? recordings : (read.find((one) => typeof one === 'string') ?? 'nothing can be read');
}

function readGroup(group: DicomJson): Recording | string {
  const channels = number(group, '003A0005') ?? 0;
  const samples = number(group, '003A0010') ?? 0;
  const samplesPerSecond = number(group, '003A001A') ?? 0;
  if (channels < 1 || channels > MOST_LEADS || samples < 1 || samplesPerSecond <= 0) return 'its header makes no sense';
  if (channels * samples > MOST_SAMPLES) return 'it is longer than can be drawn';
  const bits = number(group, '54001004');
  const kind = text(group, '54001006');
  if (bits !== 16 || (kind !== 'SS' && kind !== 'US')) return `its samples are of a kind that is not drawn (${kind})`;
  const bytes = bytesOf(element(group, '54001010')?.InlineBinary);
  if (bytes === undefined || bytes.length < channels * samples * 2) return 'its samples were not given in full';
  const view = new DataView(bytes.buffer);
  const leads = items(group, '003A0200')
    .slice(0, channels)
    .flatMap((channel, at): Lead[] => {
      const factor = millivoltsPerStep(channel);
      if (factor === undefined) return [];
      const baseline = number(channel, '003A0213') ?? 0;
      const millivolts = Float32Array.from({ length: samples }, (_, sample) => {
        const place = (sample * channels + at) * 2;
        const stored = kind === 'SS' ? view.getInt16(place, true) : view.getUint16(place, true);
        return stored * factor.step + baseline * factor.unit;
      });
      const [source] = items(channel, '003A0208');
      const name = text(channel, '003A0203') ?? (source && text(source, '00080104')) ?? `Lead ${at + 1}`;
      return [{ name: name.replace(/^Lead (\S+) \(.*\)$/, '$1').replace(/^Lead /, ''), millivolts, samplesPerSecond }];
    });
  return leads.length === 0 ? 'its channels count no voltage' : { name: text(group, '003A0020') ?? 'Recording', leads };
}

/** Stored steps to millivolts: sensitivity and its correction (C.10.9.1.4.1). */
function millivoltsPerStep(channel: DicomJson): { readonly step: number; readonly unit: number } | undefined {
  const [coded] = items(channel, '003A0211');
  const unit = MILLIVOLTS[(coded && text(coded, '00080100')) ?? ''];
  const sensitivity = number(channel, '003A0210');
  if (unit === undefined || sensitivity === undefined) return undefined;
  return { step: sensitivity * (number(channel, '003A0212') ?? 1) * unit, unit };
}

function bytesOf(base64: string | undefined): Uint8Array<ArrayBuffer> | undefined {
  if (base64 === undefined) return undefined;
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
