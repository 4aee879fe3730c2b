import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';

import type { SpeechModels } from '#electron/ports/speech-model.ts';
import type { Log } from '#shared/kernel/log.ts';
import type { SpeechModelState, SpeechModelTrouble } from '#shared/reporting/speech/speech-model.ts';

import { copyModel, doneBytes, planCopy, readPlan, totalBytes, type CopyPlan } from './copy-model.ts';
import type { StartModelProcess } from './model-messages.ts';
import { readModelFolder } from './read-model-folder.ts';
import { runModel, type RunningModel } from './run-model.ts';

/** The model of this machine, in `folder`: `installed` is open, `incoming` is being copied. */
export async function openSpeechModels({
  folder,
  program,
  start,
  log,
}: {
  readonly folder: string;
  /** The program of the process that holds the model. */
  readonly program: string;
  readonly start: StartModelProcess;
  readonly log: Log;
}): Promise<SpeechModels> {
  const installed = join(folder, 'installed');
  const incoming = join(folder, 'incoming');
  let state: SpeechModelState = { status: 'none' };
  let running: RunningModel | undefined;
  let copying: { readonly abort: AbortController; readonly ended: Promise<void> } | undefined;
  let phrases: readonly string[] = [];
  /** What began with another model is not theirs to finish. */
  let turn = 0;

  /** A model that is open stays so. */
  const refuse = (name: string, trouble: SpeechModelTrouble): SpeechModelTrouble => {
    log.warn('speech-model.refused', { code: trouble.code });
    const refused = { name, trouble };
    state =
      state.status === 'ready' && running !== undefined ? { ...state, refused } : { status: 'refused', ...refused };
    return trouble;
  };

  async function openInstalled({ name, model }: CopyPlan): Promise<void> {
    const mine = ++turn;
    running?.stop();
    running = undefined;
    const { family, isStreaming, canBeBiased } = model;
    state = { status: 'opening', name, family };
    const gone = () => {
      if (mine !== turn) return;
      running = undefined;
      refuse(name, { code: 'not-opened' });
    };
    const opened = await runModel(start, program, { folder: installed, model }, gone);
    if (mine !== turn) return opened?.stop();
    if (opened === undefined) return void refuse(name, { code: 'not-opened' });
    running = opened;
    if (phrases.length > 0) opened.bias(phrases);
    state = { status: 'ready', name, family, isStreaming, canBeBiased };
    log.info('speech-model.opened', { code: family });
  }

  async function copy(plan: CopyPlan, signal: AbortSignal): Promise<void> {
    const { name } = plan;
    const whole = totalBytes(plan);
    let done = await doneBytes(incoming, plan);
    const showCopying = () => (state = { status: 'copying', name, doneBytes: done, totalBytes: whole });
    showCopying();
    const outcome = await copyModel(incoming, plan, signal, (more) => {
      done += more;
      showCopying();
    });
    if (outcome !== 'whole') {
      const trouble = outcome === 'stopped' ? {} : { trouble: outcome };
      state = {
        status: 'half-copied',
        name,
        doneBytes: await doneBytes(incoming, plan),
        totalBytes: whole,
        ...trouble,
      };
      return;
    }
    running?.stop();
    running = undefined;
    turn++;
    await rm(installed, { recursive: true, force: true });
    await rename(incoming, installed);
    await openInstalled(plan);
  }

  function begin(plan: CopyPlan): 'copying' {
    const abort = new AbortController();
    state = { status: 'copying', name: plan.name, doneBytes: 0, totalBytes: totalBytes(plan) };
    const ended = copy(plan, abort.signal)
      .catch(() => void refuse(plan.name, { code: 'not-written' }))
      .finally(() => (copying = undefined));
    copying = { abort, ended };
    return 'copying';
  }

  async function pause(): Promise<void> {
    copying?.abort.abort();
    await copying?.ended;
  }

  await mkdir(folder, { recursive: true, mode: 0o700 });
  const left = await readPlan(incoming);
  const here = await readPlan(installed);
  if (left !== undefined && here === undefined)
    state = {
      status: 'half-copied',
      name: left.name,
      doneBytes: await doneBytes(incoming, left),
      totalBytes: totalBytes(left),
    };
  // The back half is up before the model is: it may take seconds to read.
  if (here !== undefined) void openInstalled(here);

  return {
    state: () => state,
    async install(path) {
      await pause();
      const found = await readModelFolder(path);
      if (!found.ok) return refuse(basename(path), found.error);
      const plan: CopyPlan = { ...found.value, from: path };
      try {
        await planCopy(incoming, plan);
      } catch {
        return refuse(plan.name, { code: 'not-written' });
      }
      return begin(plan);
    },
    pause,
    async resume() {
      await pause();
      const plan = await readPlan(incoming);
      return plan === undefined ? refuse('', { code: 'no-folder' }) : begin(plan);
    },
    async remove() {
      await pause();
      turn++;
      running?.stop();
      running = undefined;
      await rm(incoming, { recursive: true, force: true });
      await rm(installed, { recursive: true, force: true });
      state = { status: 'none' };
    },
    hear: (piece) => running?.hear(piece) ?? Promise.resolve({ status: 'unavailable' }),
    drop: (utterance) => running?.drop(utterance),
    bias(next) {
      if (next.join('\n') === phrases.join('\n')) return;
      phrases = next;
      running?.bias(next);
    },
    async close() {
      await pause();
      turn++;
      running?.stop();
      running = undefined;
    },
  };
}
