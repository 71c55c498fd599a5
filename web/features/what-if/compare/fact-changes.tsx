import { CHANGE_COLUMNS } from '../../../shared/changes/fact-history.tsx';
import {
  type ChangeOfFactFragment,
  type CompareRadiusQueryVariables,
  MoreComparedFactsDocument,
} from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { PagedTable } from '../../../shared/lists/data-table.tsx';
import type { Connection } from '../../../shared/lists/use-more-rows.ts';
import classes from './compare.module.css';

interface FactChangesProps {
  readonly changes: Connection<ChangeOfFactFragment>;
  readonly variables: CompareRadiusQueryVariables;
  /** The sentence if no fact changed. */
  readonly reason: string;
}

/** The changes of facts behind a difference, the latest first, each with its source. */
export function FactChanges({ changes, variables, reason }: FactChangesProps) {
  return (
    <section className={classes.part} aria-labelledby="changed-facts">
      <h2 id="changed-facts">Facts that made the difference</h2>
      <PagedTable
        first={changes}
        load={async (after) => {
          const { data } = await client.query({ query: MoreComparedFactsDocument, variables: { ...variables, after } });
          return data?.compareRadius?.factChanges ?? null;
        }}
        isStacked
        label="Changed facts"
        noun="changes"
        columns={CHANGE_COLUMNS}
        keyOf={({ factKind, factId, revision }) => `${factKind} ${factId} ${revision}`}
        none={reason}
      />
    </section>
  );
}
