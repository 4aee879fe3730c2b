import {
  IconAngle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowsMove,
  IconArrowsVertical,
  IconArrowUpLeft,
  IconAspectRatio,
  IconBone,
  IconContrast,
  IconCube,
  IconContrast2,
  IconCrosshair,
  IconFlipHorizontal,
  IconFlipVertical,
  IconLayoutBoard,
  IconLasso,
  IconLink,
  IconMarquee2,
  IconOvalVertical,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlus,
  IconRectangle,
  IconRefresh,
  IconRotateClockwise,
  IconRuler,
  IconRuler2,
  IconRulerMeasure,
  IconSquareNumber1,
  IconStairs,
  IconZoomIn,
  IconZoomScan,
  type Icon,
} from '@tabler/icons-react';
import { applyPreset, openSession, viewerCommands } from '../commands.ts';
import { LAYOUTS } from '../model/hanging.ts';
import type { MeasurementKind } from '../model/measurement.ts';
import { presetsFor } from '../model/presets.ts';
import { activePane, useViewer } from '../viewer-store.ts';
import styles from './toolbar.module.css';

const ICON_PX = 18;

const MEASURING: readonly { readonly kind: MeasurementKind; readonly icon: Icon }[] = [
  { kind: 'probe', icon: IconCrosshair },
  { kind: 'length', icon: IconRuler2 },
  { kind: 'bidirectional', icon: IconPlus },
  { kind: 'angle', icon: IconAngle },
  { kind: 'cobb', icon: IconBone },
  { kind: 'ellipse', icon: IconOvalVertical },
  { kind: 'rectangle', icon: IconRectangle },
  { kind: 'freehand', icon: IconLasso },
  { kind: 'arrow', icon: IconArrowUpLeft },
  { kind: 'vertebra', icon: IconStairs },
  { kind: 'calibration', icon: IconRulerMeasure },
];

function CommandButton({
  id,
  icon: Symbol,
  isPressed,
}: {
  readonly id: string;
  readonly icon: Icon;
  readonly isPressed?: boolean;
}) {
  const command = viewerCommands.find((one) => one.id === `viewer.${id}`);
  if (!command) return null;
  const hint =
    command.keys === ' '
      ? 'Space'
      : command.keys.length === 1
        ? command.keys.toUpperCase()
        : command.keys.replace('Shift+', '⇧').replace('Mod+', '⌃').replace('Delete', 'Del');
  return (
    <button
      type="button"
      className={styles.button}
      aria-label={command.title}
      aria-keyshortcuts={command.keys === ' ' ? 'Space' : command.keys.replace('Mod', 'Control')}
      aria-pressed={isPressed}
      title={`${command.title} (${hint})`}
      onClick={command.run}
    >
      <Symbol size={ICON_PX} stroke={1.6} aria-hidden="true" />
      <kbd>{hint === 'Space' ? '␣' : hint}</kbd>
    </button>
  );
}

function PresetChoice() {
  const facts = useViewer((state) => activePane(state)?.painted?.facts);
  const presets = facts && !facts.isColour ? presetsFor(facts) : [];
  return (
    <select
      className={styles.choice}
      aria-label="Window preset"
      title="Window preset (1 to 9)"
      value=""
      disabled={!facts || facts.isColour}
      onChange={(event) => applyPreset(event.target.value)}
    >
      <option value="" disabled>
        Window
      </option>
      <option value="1">1 As in the file</option>
      {presets.map(({ key, name, center, width }) => (
        <option key={key} value={key}>
          {key} {name} {width}/{center}
        </option>
      ))}
    </select>
  );
}

function LayoutChoice() {
  const layout = useViewer((state) => state.layout);
  const isUsual = LAYOUTS.some(({ rows, columns }) => rows === layout.rows && columns === layout.columns);
  const offered = isUsual ? LAYOUTS : [...LAYOUTS, layout];
  return (
    <select
      className={styles.choice}
      aria-label="Layout"
      title="Layout"
      value={`${layout.rows}x${layout.columns}`}
      onChange={(event) => {
        const [rows = 1, columns = 1] = event.target.value.split('x').map(Number);
        openSession()?.setLayout({ rows, columns });
      }}
    >
      {offered.map(({ rows, columns }) => (
        <option key={`${rows}x${columns}`} value={`${rows}x${columns}`}>
          {rows}×{columns}
        </option>
      ))}
    </select>
  );
}

export function Toolbar() {
  const tool = useViewer((state) => state.planes?.tool ?? state.tool);
  const isInPlanes = useViewer((state) => state.planes !== undefined);
  const isLinked = useViewer((state) => state.isLinked);
  const isPlaying = useViewer((state) => activePane(state)?.isPlaying ?? false);
  const isInverted = useViewer((state) => state.planes?.isInverted ?? activePane(state)?.isInverted ?? false);
  return (
    <div className={styles.bar} role="toolbar" aria-label="Image tools">
      <CommandButton id="window" icon={IconContrast} isPressed={tool === 'window'} />
      <CommandButton id="roi-window" icon={IconMarquee2} isPressed={tool === 'roi-window'} />
      <CommandButton id="scroll" icon={IconArrowsVertical} isPressed={tool === 'scroll'} />
      <CommandButton id="pan" icon={IconArrowsMove} isPressed={tool === 'pan'} />
      <CommandButton id="zoom" icon={IconZoomIn} isPressed={tool === 'zoom'} />
      <CommandButton id="magnifier" icon={IconZoomScan} isPressed={tool === 'magnifier'} />
      <span className={styles.gap} />
      {MEASURING.map(({ kind, icon }) => (
        <CommandButton key={kind} id={kind} icon={icon} isPressed={tool === kind} />
      ))}
      <CommandButton id="undo" icon={IconArrowBackUp} />
      <CommandButton id="redo" icon={IconArrowForwardUp} />
      <span className={styles.gap} />
      <CommandButton id="fit" icon={IconAspectRatio} />
      <CommandButton id="one-to-one" icon={IconSquareNumber1} />
      <CommandButton id="true-size" icon={IconRuler} />
      <CommandButton id="invert" icon={IconContrast2} isPressed={isInverted} />
      <CommandButton id="rotate" icon={IconRotateClockwise} />
      <CommandButton id="flip-horizontal" icon={IconFlipHorizontal} />
      <CommandButton id="flip-vertical" icon={IconFlipVertical} />
      <CommandButton id="reset" icon={IconRefresh} />
      <span className={styles.gap} />
      <CommandButton id="cine" icon={isPlaying ? IconPlayerPause : IconPlayerPlay} isPressed={isPlaying} />
      <CommandButton id="link" icon={IconLink} isPressed={isLinked} />
      <CommandButton id="planes" icon={IconCube} isPressed={isInPlanes} />
      <PresetChoice />
      <CommandButton id="hangings" icon={IconLayoutBoard} />
      <LayoutChoice />
    </div>
  );
}
