import { Kbd, Modal } from '@mantine/core';
import classes from './help-dialog.module.css';
import { ROUTES } from './routes.tsx';

const SHORTCUTS: readonly (readonly [string, readonly string[]])[] = [
  ['Search', ['/']],
  ['Shortcuts', ['?']],
  ['Canvas and table', ['T']],
  ['Close the top layer, then clear the selection', ['Esc']],
  ['Move in a list', ['↑', '↓']],
  ['Open a row', ['Enter']],
  ['Move a window handle by a day, an hour, seven days', ['←', 'Shift ←', 'Page Up']],
  ['On the canvas: move, inspect', ['← ↑ → ↓', 'Enter']],
  ['On the canvas: fit, closer, farther, actual size', ['F', '+', '-', '0']],
];

export function HelpDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Shortcuts" size={520} closeButtonProps={{ 'aria-label': 'Close shortcuts' }}>
      <dl className={classes.list}>
        {ROUTES.map((route) => (
          <Row key={route.path} label={`Go to ${route.label}`} keys={['G', route.key]} />
        ))}
        {SHORTCUTS.map(([label, keys]) => (
          <Row key={label} label={label} keys={keys} />
        ))}
      </dl>
      <p className={classes.note}>Times are in UTC. Everything that a view shows is in its address: copy it to share what you see.</p>
    </Modal>
  );
}

function Row({ label, keys }: { readonly label: string; readonly keys: readonly string[] }) {
  return (
    <div className={classes.row}>
      <dt>{label}</dt>
      <dd>
        {keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </dd>
    </div>
  );
}
