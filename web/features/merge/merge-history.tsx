import { formatInstantUtc } from '../../shared/format/instant.ts';
import { MergeHistoryDocument } from '../../shared/generated/operations.ts';
import classes from './merge.module.css';
import { useAll } from './use-all.ts';

interface MergeHistoryProps {
  readonly organizations: readonly { readonly id: string; readonly name: string }[];
}

/** The latest merges and unmerges of some organizations, the latest first. */
export function MergeHistory({ organizations }: MergeHistoryProps) {
  const { answers } = useAll(
    MergeHistoryDocument,
    organizations.map(({ id }) => ({ id })),
  );
  if (answers === null) return null;
  const changes = answers
    .flatMap(({ history }, place) =>
      history.edges.flatMap(({ node: { kind, at, by, revision, fields } }) => {
        if (kind !== 'MERGED' && kind !== 'UNMERGED') return [];
        const merge = fields.find(({ field }) => field === 'mergedInto');
        const name = organizations[place]?.name ?? '';
        return [{ name, kind, at, by, revision: revision ?? 0, other: (kind === 'MERGED' ? merge?.after : merge?.before) ?? '' }];
      }),
    )
    .sort((a, b) => b.revision - a.revision || (a.name < b.name ? -1 : 1));
  if (changes.length === 0) return null;
  return (
    <section className={classes.section} aria-labelledby="merge-history">
      <h2 id="merge-history">History</h2>
      <ol className={classes.history}>
        {changes.map(({ name, kind, at, by, revision, other }) => (
          <li key={`${name} ${revision}`}>
            {name} was {kind === 'MERGED' ? 'merged into' : 'unmerged from'} {other}
            <span className={classes.by}>
              {at !== null && formatInstantUtc(at)} by {by}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
