import { Enums, init, RenderingEngine } from '@cornerstonejs/core';

/** So many of so many CSS pixels, with nothing in them. */
export interface EmptyViewports {
  show(count: number, width: number, height: number): void;
  /** Asks for all to be painted once more. */
  render(): void;
}

let engine: RenderingEngine | undefined;

function show(count: number, width: number, height: number): void {
  init();
  engine?.destroy();
  document.body.replaceChildren();
  engine = new RenderingEngine(`empty-${count}`);
  for (let at = 0; at < count; at += 1) {
    const element = document.createElement('div');
    element.dataset['pane'] = `pane-${at + 1}`;
    Object.assign(element.style, { width: `${width}px`, height: `${height}px` });
    document.body.append(element);
    engine.enableElement({ viewportId: `empty-${at}`, type: Enums.ViewportType.STACK, element });
  }
}

Object.assign(window, { viewports: { show, render: () => engine?.render() } satisfies EmptyViewports });
