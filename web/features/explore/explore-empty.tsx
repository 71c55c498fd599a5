import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { navigate } from '../../shared/url/location.ts';
import classes from './explore-view.module.css';

/** The page for an empty store: how to begin. */
export function ExploreEmpty({ finder }: { readonly finder: ReactNode }) {
  return (
    <div className={classes.empty}>
      <h1>Search for an organization or an artifact to begin</h1>
      <div className={classes.emptySearch}>{finder}</div>
      <p>No data is recorded yet. Import an inventory of who sent which artifact to whom.</p>
      <div className={classes.emptyActions}>
        <Button onClick={() => navigate('/import')}>Import a CSV file</Button>
      </div>
      <p className={classes.hint}>
        To see sample data, start the server with <code>exposure serve --demo</code> and a new store.
      </p>
    </div>
  );
}
