// Finds the peers that the tests talk to. On Debian as root it installs what is missing; elsewhere it says what to install.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Debian package and how to tell that it is there. */
const PEERS = [
  { debian: 'chromium', has: () => existsSync('/usr/bin/chromium') },
  { debian: 'orthanc', has: () => existsSync('/usr/sbin/Orthanc') },
  {
    debian: 'orthanc-dicomweb',
    has: () => existsSync('/usr/share/orthanc/plugins/libOrthancDicomWeb.so'),
  },
  { debian: 'dcmtk', has: () => existsSync('/usr/bin/dcmdump') },
  { debian: 'libgdcm-tools', has: () => existsSync('/usr/bin/gdcmconv') },
  { debian: 'dicom3tools', has: () => existsSync('/usr/bin/dciodvfy') },
  {
    debian: 'python3-hl7',
    has: () => spawnSync('/usr/bin/python3', ['-c', 'import hl7']).status === 0,
  },
  {
    debian: 'python3-pydicom',
    has: () => spawnSync('/usr/bin/python3', ['-c', 'import pydicom']).status === 0,
  },
  { debian: 'postgresql', has: () => existsSync('/usr/lib/postgresql') },
  { debian: 'xvfb', has: () => existsSync('/usr/bin/Xvfb') },
  { debian: 'poppler-utils', has: () => existsSync('/usr/bin/pdftotext') },
  { debian: 'espeak-ng', has: () => existsSync('/usr/bin/espeak-ng') },
  { debian: 'festival', has: () => existsSync('/usr/bin/text2wave') },
  { debian: 'festvox-kallpc16k', has: () => existsSync('/usr/share/festival/voices/english/kal_diphone') },
  { debian: 'flite', has: () => existsSync('/usr/bin/flite') },
  { debian: 'tesseract-ocr', has: () => existsSync('/usr/bin/tesseract') },
  { debian: 'fonts-dejavu-core', has: () => existsSync('/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf') },
];

const missing = () => PEERS.filter((peer) => !peer.has()).map((peer) => peer.debian);

/** Returns the names of the peers that are still missing afterwards. */
export function provision() {
  const absent = missing();
  if (absent.length === 0) return [];
  const isDebianRoot = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (!isDebianRoot) {
    process.stdout.write(`peers not found, their tests are skipped; install: ${absent.join(' ')}\n`);
    return absent;
  }
  process.stdout.write(`installing by apt: ${absent.join(' ')}\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...absent], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  });
  return missing();
}
