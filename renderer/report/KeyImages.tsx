import { TextInput, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { IconPhoto, IconRuler2, IconX } from '@tabler/icons-react';

import type { KeyImage, ReportMeasurement } from '#shared/reporting/report.ts';

import classes from './report.module.css';

const LONGEST_NOTE = 1024;

/** The images that go with the report, each with the reader's word on it, and to be taken out again. */
export function KeyImages(props: {
  readonly images: readonly KeyImage[];
  readonly onShow: (image: KeyImage) => void;
  /** Undefined: only to look. */
  readonly onRemove: ((image: KeyImage) => void) | undefined;
  readonly onNote: (image: KeyImage, note: string) => void;
}) {
  const { onRemove, onNote } = props;
  if (props.images.length === 0) return null;
  return (
    <ul aria-label="Key images" className={classes.keyImages}>
      {props.images.map((image) => (
        <li key={`${image.sopInstanceUid} ${image.frame ?? ''}`}>
          <WayBack to={image.label} onClick={() => props.onShow(image)}>
            <IconPhoto size={16} aria-hidden />
          </WayBack>
          {onRemove === undefined ? (
            image.note !== undefined && <span className={classes.quiet}>{image.note}</span>
          ) : (
            <>
              <TextInput
                size="xs"
                data-key-image-note
                aria-label={`Note on ${image.label}`}
                placeholder="Note"
                maxLength={LONGEST_NOTE}
                value={image.note ?? ''}
                onChange={(event) => onNote(image, event.currentTarget.value)}
              />
              <RemoveButton label={`Remove key image ${image.label}`} onClick={() => onRemove(image)} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What was drawn and goes with the report as data. */
export function DrawnMeasurements(props: {
  readonly measurements: readonly ReportMeasurement[];
  readonly onShow: (measurement: ReportMeasurement) => void;
  readonly onRemove: ((measurement: ReportMeasurement) => void) | undefined;
}) {
  const { onRemove } = props;
  if (props.measurements.length === 0) return null;
  return (
    <ul aria-label="Measurements sent as data" className={classes.keyImages}>
      {props.measurements.map((one) => (
        <li key={one.trackingUuid}>
          <WayBack to={one.words} onClick={() => props.onShow(one)}>
            <IconRuler2 size={16} aria-hidden />
          </WayBack>
          {onRemove !== undefined && (
            <RemoveButton label={`Do not send ${one.words} as data`} onClick={() => onRemove(one)} />
          )}
        </li>
      ))}
    </ul>
  );
}

/** Brings on screen what the line speaks of. */
function WayBack(props: { readonly to: string; readonly onClick: () => void; readonly children: ReactNode }) {
  return (
    <UnstyledButton className={classes.wayBack} aria-label={`Show ${props.to}`} onClick={props.onClick}>
      {props.children} {props.to}
    </UnstyledButton>
  );
}

function RemoveButton({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <UnstyledButton className={classes.keyImageRemove} aria-label={label} onClick={onClick}>
      <IconX size={16} aria-hidden />
    </UnstyledButton>
  );
}
