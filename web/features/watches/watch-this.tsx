import { ActionIcon, Modal, Tooltip } from '@mantine/core';
import { useState } from 'react';
import { useFocusBack } from '../../shared/ui/focus-result.ts';
import { lazyPart } from '../../shared/ui/lazy-part.tsx';
import type { Watchable } from '../../shared/watches/watchable.ts';
import { useWatches } from './inbox-store.ts';
import { IconBell } from './watch-icons.tsx';
import classes from './watch-this.module.css';
import { isAsking } from './watch-words.ts';

const WatchForm = lazyPart(async () => (await import('./watch-form.tsx')).WatchForm);

/** A bell beside what can be watched. Pressed where it is watched already: it opens the settings then. */
export function WatchThis({ choices }: { readonly choices: readonly Watchable[] }) {
  const watches = useWatches() ?? [];
  const [isOpen, setOpen] = useState(false);
  useFocusBack(isOpen);
  const watched = choices.find((choice) => watches.some((watch) => isAsking(watch, choice)));
  const title = (watched ?? choices[0])?.title ?? '';
  const words = watched === undefined ? `Watch this: ${title}` : `Watched: ${title}`;
  return (
    <>
      <Tooltip label={watched === undefined ? 'Watch this' : 'Watched: change or end it'} disabled={isOpen}>
        <ActionIcon
          variant="default"
          size={32}
          aria-label={words}
          aria-pressed={watched !== undefined}
          data-screen-only
          className={classes.watchThis}
          onClick={() => setOpen(true)}
        >
          <IconBell size={16} stroke={1.7} fill={watched === undefined ? 'none' : 'currentColor'} />
        </ActionIcon>
      </Tooltip>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={watched === undefined ? 'Watch this' : 'Watch settings'}
        size={520}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {isOpen && (
          <WatchForm choices={choices} watches={watches} isDialog onSaved={() => setOpen(false)} onDeleted={() => setOpen(false)} />
        )}
      </Modal>
    </>
  );
}
