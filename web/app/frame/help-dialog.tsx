import { Kbd, Modal } from '@mantine/core';
import { useFocusBack } from '../../shared/ui/focus-result.ts';
import { keyRoutes } from '../pages/routes.tsx';
import classes from './help-dialog.module.css';

// One part of code for both dialogs of the frame: few people open either.
export { ConnectAssistant } from './connect-assistant.tsx';

const SHORTCUTS: readonly (readonly [string, readonly string[]])[] = [
  ['Search', ['/', 'Ctrl K']],
  ['Add a search result to the current view', ['Shift Enter']],
  ['Show or hide these shortcuts', ['?']],
  ['Switch between canvas and table', ['T']],
  ['Close the open menu or dialog, then clear the selection', ['Esc']],
  ['Move through a list', ['↑', '↓']],
  ['Open a row', ['Enter']],
  ['In the inbox: mark an event as read, or as unread', ['U']],
  ['Move a time window handle by 1 day, 1 hour, or 7 days', ['←', 'Shift ←', 'Page Up']],
  ['Move a time window handle to an end of the data', ['Home', 'End']],
  ['On the canvas: move, show details', ['← ↑ → ↓', 'Enter']],
  ['On the canvas: mark a node, or all in a box', ['Space', 'Shift drag']],
  ['On the canvas of Explore: move along connections', ['Alt ← ↑ → ↓']],
  ['On the canvas: expand or open a group, hide, hide all others, pin', ['E', 'H', 'Shift H', 'P']],
  ['On the canvas of Explore: group what is marked', ['Shift G']],
  ['On the canvas: open the menu of a node', ['Shift F10']],
  ['On the canvas: show or hide the mini map', ['M']],
  ['Undo or redo a change of the canvas', ['Ctrl Z', 'Ctrl Shift Z']],
  ['On the canvas: fit, zoom in, zoom out, 100%', ['F', '+', '-', '0']],
];

export function HelpDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  useFocusBack(isOpen);
  return (
    <Modal opened={isOpen} onClose={onClose} title="Keyboard shortcuts" size={520} closeButtonProps={{ 'aria-label': 'Close shortcuts' }}>
      <dl className={classes.list}>
        {keyRoutes().map((route) => (
          <Row key={route.path} label={`Go to ${route.label}`} keys={['G', route.key]} />
        ))}
        {SHORTCUTS.map(([label, keys]) => (
          <Row key={label} label={label} keys={keys} />
        ))}
      </dl>
      <p className={classes.note}>
        All times are in UTC. To share a view, copy its address: the address holds the whole view.{' '}
        <a href="/third-party-notices.txt">Licenses of third parties</a>
      </p>
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
