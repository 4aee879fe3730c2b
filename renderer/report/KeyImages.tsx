import { UnstyledButton } from '@mantine/core';
import { IconPhoto, IconX } from '@tabler/icons-react';

import type { KeyImage } from '#shared/reporting/report.ts';

import classes from './report.module.css';

/** The images that go with the report, each to be taken out again. */
export function KeyImages(props: {
  readonly images: readonly KeyImage[];
  readonly onRemove: ((image: KeyImage) => void) | undefined;
}) {
  const { onRemove } = props;
  if (props.images.length === 0) return null;
  return (
    <ul aria-label="Key images" className={classes.keyImages}>
      {props.images.map((image) => (
        <li key={`${image.sopInstanceUid} ${image.frame ?? ''}`}>
          <IconPhoto size={16} aria-hidden /> {image.label}
          {onRemove !== undefined && (
            <UnstyledButton
              className={classes.keyImageRemove}
              aria-label={`Remove key image ${image.label}`}
              onClick={() => onRemove(image)}
            >
              <IconX size={16} aria-hidden />
            </UnstyledButton>
          )}
        </li>
      ))}
    </ul>
  );
}
