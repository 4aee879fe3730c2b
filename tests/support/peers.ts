import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Real files collected from outside, beside the project; a stranger's clone does not have them. */
export const TESTDATA = fileURLToPath(new URL('../../../shared/testdata/', import.meta.url));

const PATHS = {
  testdata: TESTDATA,
  orthanc: '/usr/share/orthanc/plugins/libOrthancDicomWeb.so',
  dcmtk: '/usr/bin/dcmdump',
  gdcm: '/usr/bin/gdcmconv',
  dicom3tools: '/usr/bin/dciodvfy',
  chromium: process.env['OVERREAD_CHROMIUM'] ?? '/usr/bin/chromium',
  poppler: '/usr/bin/pdftotext',
  postgresql: '/usr/lib/postgresql',
  tesseract: '/usr/bin/tesseract',
  xvfb: '/usr/bin/Xvfb',
  openssl: '/usr/bin/openssl',
  flite: '/usr/bin/flite',
  festival: '/usr/bin/text2wave',
  'espeak-ng': '/usr/bin/espeak-ng',
} as const;

export type Peer = keyof typeof PATHS | 'python3-hl7' | 'python3-pydicom';

const isHere = (peer: Peer): boolean => {
  if (peer === 'python3-hl7' || peer === 'python3-pydicom') {
    return spawnSync('/usr/bin/python3', ['-c', `import ${peer.slice('python3-'.length)}`]).status === 0;
  }
  return existsSync(PATHS[peer]);
};

/**
 * True when a suite must be skipped: `describe.skipIf(lacks('orthanc', 'testdata'))`. Says why.
 * With CI=true nothing is skipped: the suite runs and fails on what is missing.
 */
export function lacks(...peers: readonly Peer[]): boolean {
  const missing = peers.filter((peer) => !isHere(peer));
  if (missing.length === 0 || process.env['CI'] === 'true') return false;
  process.stdout.write(`skipped, not on this machine: ${missing.join(', ')}\n`);
  return true;
}
