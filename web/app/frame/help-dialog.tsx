import { Button, Kbd, Modal } from '@mantine/core';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { useFocusBack } from '../../shared/ui/focus-result.ts';
import { currentViewer, isLoggedIn } from '../../shared/viewer/viewer.ts';
import { keyRoutes } from '../pages/routes.tsx';
import classes from './help-dialog.module.css';

// One part of code for both dialogs of the frame: few people open either.

const SHORTCUTS: readonly (readonly [string, readonly string[]])[] = [
  ['Search', ['/', 'Ctrl K']],
  ['Add a search result to the current view', ['Shift Enter']],
  ['Show or hide these shortcuts', ['?']],
  ['Switch between canvas and table', ['T']],
  ['Tick from the last ticked notice to here', ['Shift Space']],
  ['Record or assign the ticked notices', ['D', 'A']],
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

const NINETY_DAYS_MS = 90 * 86_400_000;

/** How an assistant is connected: a token of the least rights, and the configuration, both to copy. */
export function ConnectAssistant({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  useFocusBack(isOpen);
  const needsToken = isLoggedIn();
  return (
    <Modal opened={isOpen} onClose={onClose} title="Connect an assistant" size={620} closeButtonProps={{ 'aria-label': 'Close' }}>
      <p className={classes.note}>
        An assistant that speaks the Model Context Protocol gets the figures of this page. It sees what its token sees, and each of its
        calls is in the audit trail.
      </p>
      {needsToken && (
        <Copied label="A token" text={tokenCommand()}>
          An administrator makes it, beside the server. It reads, cannot export, and ends in 90 days.
        </Copied>
      )}
      <Copied label="The configuration" text={configuration(needsToken)}>
        {needsToken ? 'Put the token in the place of TOKEN, and let nobody else read the file.' : 'For an assistant on this machine.'}
      </Copied>
      <p className={classes.note}>
        An assistant with other tools can carry off what it reads. A name in a file may be written so that an assistant takes it for an
        instruction. Give it no more rights than it needs, and let a person confirm what it does elsewhere.
      </p>
    </Modal>
  );
}

/** The least rights: those of a viewer, of the same labs, without export, for 90 days. */
function tokenCommand(): string {
  const { name, labs } = currentViewer();
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const bound = labs === null || labs.length === 0 ? '' : ` --lab ${labs.map(({ id }) => quoted(id)).join(' ')}`;
  const end = new Date(Date.now() + NINETY_DAYS_MS).toISOString().slice(0, 10);
  return `npx exposure token create ${quoted(`assistant of ${name}`)} --role viewer${bound} --expires ${end}`;
}

function configuration(needsToken: boolean): string {
  const headers = needsToken ? { headers: { Authorization: 'Bearer TOKEN' } } : {};
  return JSON.stringify({ mcpServers: { exposure: { url: `${window.location.origin}/mcp`, ...headers } } }, null, 2);
}

function Copied({ label, text, children }: { readonly label: string; readonly text: string; readonly children: string }) {
  const announce = useAnnounce();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      announce('Copied.');
    } catch {
      announce('The browser did not allow copying. Select the text.');
    }
  };
  return (
    <section aria-label={label}>
      <p className={classes.note}>{children}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is reached with the keyboard. */}
      <pre className={classes.code} tabIndex={0}>
        {text}
      </pre>
      <Button variant="default" size="xs" onClick={() => void copy()}>
        Copy {label === 'A token' ? 'the command' : 'the configuration'}
      </Button>
    </section>
  );
}
