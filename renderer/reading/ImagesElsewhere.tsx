import { CommandButton } from '../commands/index.ts';
import classes from './reading.module.css';

/** In place of the viewer; also where the focus goes that looks for it. */
export function ImagesElsewhere() {
  return (
    <div className={classes.elsewhere} data-region="viewer" tabIndex={-1}>
      <p role="status">Images are on the other display.</p>
      <p>Their keys work from here too.</p>
      <CommandButton id="reading.images-back" label="Bring the images back" />
    </div>
  );
}
