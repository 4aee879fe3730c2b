import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test, type Page } from '@playwright/test';

import { lacks } from '#tests/support/peers.ts';
import { startProgram, type StartedProgram } from '#tests/support/start-program.ts';
import { elementExplicit, writePart10 } from '#tests/unit/dicom-file/write-dicom.ts';

let workstation: StartedProgram;
let folder: string;
