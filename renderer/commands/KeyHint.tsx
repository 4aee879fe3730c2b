import { showKeys } from './keys.ts';
import classes from './commands.module.css';

const isMac = (): boolean => navigator.userAgent.includes('Mac');

/** A key hint beside what it does. */
export function Keys({ keys }: { readonly keys: string }) {
  return <kbd className={classes.keys}>{showKeys(keys, isMac())}</kbd>;
}
