import { Button } from '@mantine/core';
import { useCallback, useLayoutEffect, useRef } from 'react';
import { useTabReturn } from '../../shared/graphql/tab-returns.ts';
import { continueSession, logInHref, useSessionEnded } from '../../shared/viewer/viewer.ts';
import classes from './session-ended.module.css';

/** Covers the page once the session has ended, until its reader has logged in again. The page below keeps the text that was typed. */
export function SessionEnded() {
  return useSessionEnded() ? <Cover /> : null;
}

function Cover() {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  useTabReturn(useCallback(() => void continueSession(), []));
  // Escape would close this dialog, or one of the page below.
  const keep = { 'data-mantine-stop-propagation': 'true' };
  return (
    <dialog
      ref={dialog}
      className={classes.cover}
      tabIndex={-1}
      aria-labelledby="session-ended"
      onCancel={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.preventDefault();
      }}
      {...keep}
    >
      <h1 id="session-ended">Your session has ended</h1>
      <p>This page keeps the text that you typed. Log in in a new tab, then come back to this one.</p>
      <p className={classes.ways}>
        <Button component="a" href={logInHref()} target="_blank" {...keep}>
          Log in
        </Button>
        <Button variant="default" onClick={() => void continueSession()} {...keep}>
          I have logged in
        </Button>
        <Button variant="default" onClick={() => window.location.assign(logInHref())} {...keep}>
          Discard the text
        </Button>
      </p>
    </dialog>
  );
}
