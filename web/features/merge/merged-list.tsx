import { Button } from '@mantine/core';
import { showHidden } from '../../shared/format/hidden-characters.ts';
import { formatInstantUtc } from '../../shared/format/instant.ts';
import type { MergesQuery } from '../../shared/generated/operations.ts';
import { MergesDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { MoreRowsLine } from '../../shared/lists/more-rows.tsx';
import { useMoreRows } from '../../shared/lists/use-more-rows.ts';
import { Link } from '../../shared/ui/link.tsx';
import { mergeHref } from '../../shared/url/quality-url.ts';
import classes from './merge.module.css';

interface MergedListProps {
  readonly first: MergesQuery['merges'];
  readonly into: string | null;
  readonly isBusy: boolean;
  readonly onUnmerge: (merge: MergesQuery['merges']['edges'][number]['node']) => void;
}

/** The merges in force, each with its author and the way to end it. */
export function MergedList({ first, into, isBusy, onUnmerge }: MergedListProps) {
  const list = useMoreRows(
    first,
    async (after) => (await client.query({ query: MergesDocument, variables: { into, after } })).data?.merges ?? null,
  );
  if (list.totalCount === 0) return <p className={classes.quiet}>Nothing is merged{into === null ? '' : ' into it'}.</p>;
  return (
    <>
      <ul className={classes.merges}>
        {list.rows.map((merge) => (
          <li key={merge.id}>
            <span>
              <strong>{merge.name}</strong>
              {showHidden(merge.id) !== merge.name && <span className={classes.id}> {showHidden(merge.id)}</span>} means{' '}
              <Link href={mergeHref([merge.into.id])}>{merge.into.name}</Link>
              <span className={classes.by}>
                Merged on {formatInstantUtc(merge.at)} by {merge.by}
              </span>
            </span>
            <Button
              variant="default"
              size="compact-sm"
              disabled={isBusy}
              aria-label={`Unmerge ${merge.name}`}
              onClick={() => onUnmerge(merge)}
            >
              Unmerge
            </Button>
          </li>
        ))}
      </ul>
      <MoreRowsLine list={list} noun="merges" />
    </>
  );
}
