import { Button } from '@mantine/core';
import { errorSentence } from '../../../shared/graphql/error-sentence.ts';
import { Link } from '../../../shared/ui/link.tsx';
import { blastHref } from '../../../shared/url/blast-radius-url.ts';
import { navigate } from '../../../shared/url/location.ts';
import classes from './choose-origin.module.css';
import type { OriginPicker } from './origin-picker.ts';

interface RadiusFailedProps {
  readonly error: unknown;
  readonly onRetry: () => void;
  /** Null if the address names no dates. */
  readonly onOtherDates: (() => void) | null;
  readonly OriginPicker: OriginPicker;
}

/** The page after the first request failed: the error, and the ways to continue. */
export function RadiusFailed({ error, onRetry, onOtherDates, OriginPicker }: RadiusFailedProps) {
  return (
    <div className={classes.page}>
      <div className={classes.column}>
        <h1>This blast radius cannot be shown</h1>
        <p className={classes.lead} role="alert">
          {errorSentence(error)}
        </p>
        <p className={classes.ways}>
          <Button onClick={onRetry}>Retry</Button>
          {onOtherDates !== null && (
            <Button variant="default" onClick={onOtherDates}>
              Enter other dates
            </Button>
          )}
        </p>
        <OriginPicker label="Choose another organization" onPick={(id) => navigate(blastHref([id]))} />
        <p className={classes.lead}>
          Or <Link href="/blast">open a saved incident</Link>.
        </p>
      </div>
    </div>
  );
}
