import type { SpeechModelFamily, SpeechModelState, SpeechModelTrouble } from '#shared/reporting/speech/speech-model.ts';

const FAMILIES: Readonly<Record<SpeechModelFamily, string>> = {
  'streaming-transducer': 'streaming transducer',
  transducer: 'transducer',
  'nemo-transducer': 'Parakeet transducer',
  'nemo-ctc': 'Parakeet',
  medasr: 'MedASR',
  whisper: 'Whisper',
  moonshine: 'Moonshine',
};

const TROUBLES: Readonly<Record<SpeechModelTrouble['code'], (file: string) => string>> = {
  'no-folder': () => 'There is no such folder, or it cannot be read.',
  'not-a-model': () => 'The folder holds no model: no file ends in .onnx.',
  'missing-file': (file) => `${file} is missing. Choose the folder that holds the whole model.`,
  'half-copied': (file) => `${file} is not whole: it was only half copied or fetched. Fetch it again.`,
  'broken-file': (file) => `${file} is broken: it is not what its name or its checksum says. Fetch it again.`,
  'wrong-kind': () => 'This is a model for something else, or of a kind that is not known here.',
  'no-space': () => 'The disk is full. Make room, then go on.',
  'not-written': () => 'The copy could not be written.',
  'not-opened': () => 'The model is whole, but the speech engine cannot open it. Choose another.',
};

const troubleWords = ({ code, file = 'A file' }: SpeechModelTrouble): string => TROUBLES[code](file);

const MEGABYTE = 1_000_000;
const megabytes = (bytes: number): string => (bytes / MEGABYTE).toFixed(bytes < 10 * MEGABYTE ? 1 : 0);

/** Where the model stands, in a sentence. */
export function modelWords(model: SpeechModelState): string {
  switch (model.status) {
    case 'none':
      return 'No model is installed.';
    case 'refused':
      return `${model.name}: ${troubleWords(model.trouble)}`;
    case 'copying':
      return `Copying ${model.name}: ${megabytes(model.doneBytes)} of ${megabytes(model.totalBytes)} MB`;
    case 'half-copied': {
      const why = model.trouble === undefined ? '' : ` ${troubleWords(model.trouble)}`;
      return `${model.name} is half copied: ${megabytes(model.doneBytes)} of ${megabytes(model.totalBytes)} MB.${why}`;
    }
    case 'opening':
      return `Opening ${model.name} (${FAMILIES[model.family]})…`;
    case 'ready': {
      const refused =
        model.refused === undefined ? '' : ` ${model.refused.name}: ${troubleWords(model.refused.trouble)}`;
      return `${model.name} (${FAMILIES[model.family]}) is ready.${refused}`;
    }
  }
}
