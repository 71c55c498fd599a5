import { useMemo, useState } from 'react';
import { ArtifactMark, OrganizationMark } from '../../canvas/cytoscape/kind-mark.tsx';
import { countOf, formatCount, joinNames } from '../../shared/format/count.ts';
import { formatDay } from '../../shared/format/instant.ts';
import { COPY_FORM_WORDS, capitalize, rolesInWords } from '../../shared/format/words.ts';
import { SharedCopiesDocument, SharedHoldersDocument, type SharedHoldersQuery } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import type { Column } from '../../shared/lists/data-table.tsx';
import { MoreRowsLine, Paged } from '../../shared/lists/more-rows.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { SourceNote } from '../../shared/ui/source-note.tsx';
import { exploreHref } from '../../shared/url/explore-url.ts';
import { radiusHref } from '../../shared/url/rankings-url.ts';
import { RankingTab } from './ranking-tab.tsx';
import classes from './rankings.module.css';
import type { RankingsView } from './rankings-frame.tsx';
import { RowName } from './row-name.tsx';

type Row = SharedHoldersQuery['sharedHolders']['edges'][number]['node'];

const VALUES = {
  name: (row: Row) => row.holder.name,
  labs: (row: Row) => row.labCount,
  artifacts: (row: Row) => row.artifactCount,
};
const NAMED_LABS = 3;

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'name',
    title: 'Holder',
    isName: true,
    cell: ({ holder }) => (
      <RowName
        mark={<OrganizationMark roles={holder.roles} size={24} />}
        name={holder.name}
        detail={capitalize(rolesInWords(holder.roles))}
      />
    ),
  },
  { key: 'labs', title: 'Labs', isNumber: true, cell: (row) => <strong>{formatCount(row.labCount)}</strong> },
  {
    key: 'whose',
    title: 'Whose artifacts',
    isExtra: true,
    cell: ({ labs, labCount }) => {
      const names = labs.slice(0, NAMED_LABS).map(({ name }) => name);
      return joinNames(labCount > names.length ? [...names, `${formatCount(labCount - names.length)} more`] : names);
    },
  },
  { key: 'artifacts', title: 'Artifacts', isNumber: true, cell: (row) => formatCount(row.artifactCount) },
];

const listOf = ({ sharedHolders }: SharedHoldersQuery) => sharedHolders;

/** The organizations that hold artifacts of several labs. */
export function SharedTab({ view }: { readonly view: RankingsView }) {
  const { state, asOf } = view;
  return (
    <RankingTab
      view={view}
      document={SharedHoldersDocument}
      variables={{ asOf }}
      listOf={listOf}
      waiting="Looking for shared holders"
      none="No organization holds artifacts of two labs."
      label="Shared holders"
      noun="holders"
      columns={COLUMNS}
      keyOf={(row) => row.holder.id}
      values={VALUES}
      first={{ key: 'labs', isDescending: true }}
      file={{
        name: 'shared-holders',
        header: ['holder', 'name', 'lab_count', 'artifact_count', 'labs'],
        valuesOf: ({ holder, labCount, artifactCount, labs }) => [
          holder.id,
          holder.name,
          labCount,
          artifactCount,
          labs.map(({ id }) => id).join(';'),
        ],
      }}
      panelLabel="Copies of the selected holder"
      panel={() => <SharedCopies key={state.selection} holder={state.selection} view={view} />}
    />
  );
}

function SharedCopies({ holder, view }: { readonly holder: string | null; readonly view: RankingsView }) {
  // Without a chosen instant, the instant at which the panel opened.
  const [now] = useState(() => new Date().toISOString());
  const asOf = view.asOf ?? now;
  const variables = useMemo(() => (holder === null ? null : { holder, asOf }), [holder, asOf]);
  const asked = useQuestion(SharedCopiesDocument, variables);
  if (holder === null || variables === null) {
    return (
      <section className={classes.block}>
        <h2>What it holds</h2>
        <p className={classes.note}>Select a holder to list its copies, each with its source.</p>
      </section>
    );
  }
  return (
    <AnswerFrame asked={asked} waiting="Listing copies">
      {({ organization, copies }) => (
        <section className={classes.block}>
          <h2>
            {countOf(copies.totalCount, 'copy', 'copies')} that may exist at {organization?.name ?? holder}
          </h2>
          <p className={classes.links}>
            <Link href={radiusHref(view.state, holder)}>Show blast radius</Link>
            <Link href={exploreHref(`organization:${holder}`)}>Open in Explore</Link>
          </p>
          <Paged
            key={JSON.stringify(variables)}
            first={copies}
            load={async (after) =>
              (await client.query({ query: SharedCopiesDocument, variables: { ...variables, after } })).data?.copies ?? null
            }
          >
            {(list) => (
              <>
                <ul className={classes.facts}>
                  {list.rows.map(({ id, artifact, form, transfer }) => (
                    <li key={id} className={classes.fact}>
                      <ArtifactMark type={artifact.type} />
                      <span className={classes.rowName}>
                        <Link href={exploreHref(`artifact:${artifact.id}`)}>{artifact.name}</Link>
                        <small>
                          {artifact.owner.name} · {COPY_FORM_WORDS[form]}
                          {transfer === null ? '' : ` · ${transfer.sentAt === null ? 'unknown date' : formatDay(transfer.sentAt)}`}
                        </small>
                      </span>
                      <span className={classes.end}>{transfer === null ? 'owned' : <SourceNote provenance={transfer.provenance} />}</span>
                    </li>
                  ))}
                </ul>
                <MoreRowsLine list={list} noun="copies" />
              </>
            )}
          </Paged>
        </section>
      )}
    </AnswerFrame>
  );
}
