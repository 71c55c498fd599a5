import { useMemo } from 'react';
import { ArtifactMark, OrganizationMark } from '../../canvas/cytoscape/kind-mark.tsx';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { formatShare } from '../../shared/format/share.ts';
import { ARTIFACT_TYPE_WORDS, capitalize, TIER_WORDS } from '../../shared/format/words.ts';
import type { ArtifactExposuresQuery } from '../../shared/generated/operations.ts';
import { ArtifactExposuresDocument, WhoCouldExposeDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import type { Column } from '../../shared/lists/data-table.tsx';
import { MoreRowsLine, Paged } from '../../shared/lists/more-rows.tsx';
import { TierDisc } from '../../shared/marks/tier-disc.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { exploreHref } from '../../shared/url/explore-url.ts';
import { radiusHref } from '../../shared/url/rankings-url.ts';
import { RankingTab } from './ranking-tab.tsx';
import classes from './rankings.module.css';
import type { RankingsView } from './rankings-frame.tsx';
import { Meter, RowName } from './row-name.tsx';

type Row = NonNullable<ArtifactExposuresQuery['artifactExposures']>['edges'][number]['node'];

const VALUES = {
  name: (row: Row) => row.artifact.name,
  lab: (row: Row) => row.artifact.owner.name,
  sensitivity: (row: Row) => row.artifact.sensitivity,
  value: (row: Row) => row.artifact.valueHighUsd,
  count: (row: Row) => row.count,
};

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'name',
    title: 'Artifact',
    isName: true,
    cell: ({ artifact: { name, type } }) => (
      <RowName mark={<ArtifactMark type={type} size={24} />} name={name} detail={capitalize(ARTIFACT_TYPE_WORDS[type])} />
    ),
  },
  { key: 'lab', title: 'Lab', isExtra: true, cell: (row) => row.artifact.owner.name },
  { key: 'sensitivity', title: 'Sensitivity', isNumber: true, isExtra: true, cell: (row) => row.artifact.sensitivity },
  {
    key: 'value',
    title: 'High value',
    isNumber: true,
    cell: (row) =>
      row.artifact.valueHighUsd === null ? <span className={classes.faint}>unknown</span> : formatMoney(row.artifact.valueHighUsd),
  },
  {
    key: 'count',
    title: 'In the radius of',
    isNumber: true,
    cell: (row) => (
      <span className={classes.measure}>
        <strong>{formatCount(row.count)}</strong>
        <Meter share={row.share} label={`${formatShare(row.share)} of all other organizations`} />
      </span>
    ),
  },
];

const listOf = ({ artifactExposures }: ArtifactExposuresQuery) => artifactExposures;

/** Every artifact by the number of organizations whose compromise alone would put it in the radius. */
export function ArtifactsTab({ view }: { readonly view: RankingsView }) {
  const { state, settings } = view;
  const variables = { ...settings, owners: state.labs.length === 0 ? null : [...state.labs] };
  return (
    <RankingTab
      view={view}
      document={ArtifactExposuresDocument}
      variables={variables}
      listOf={listOf}
      waiting="Counting who could expose each artifact"
      none="No artifact is recorded yet."
      label="Artifacts by exposure"
      noun="artifacts"
      columns={COLUMNS}
      keyOf={(row) => row.artifact.id}
      values={VALUES}
      first={{ key: 'count', isDescending: true }}
      file={{
        name: 'artifact-exposure',
        header: ['id', 'name', 'owner', 'sensitivity', 'value_high_usd', 'count', 'share'],
        valuesOf: ({ artifact, count, share }) => [
          artifact.id,
          artifact.name,
          artifact.owner.id,
          artifact.sensitivity,
          artifact.valueHighUsd,
          count,
          share,
        ],
      }}
      panelLabel="Who could expose the selected artifact"
      panel={() => <WhoCouldExpose artifact={state.selection} view={view} />}
    />
  );
}

/** The organizations of an exposure count. Each links to its blast radius with the artifact's row open. */
function WhoCouldExpose({ artifact, view }: { readonly artifact: string | null; readonly view: RankingsView }) {
  const { state, settings } = view;
  const settingsKey = JSON.stringify(settings);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the settings.
  const variables = useMemo(() => (artifact === null ? null : { artifact, ...settings }), [artifact, settingsKey]);
  const asked = useQuestion(WhoCouldExposeDocument, variables);
  if (artifact === null || variables === null) {
    return (
      <section className={classes.block}>
        <h2>Who could expose it</h2>
        <p className={classes.note}>Select an artifact to list the organizations whose compromise alone would put it in the radius.</p>
      </section>
    );
  }
  return (
    <AnswerFrame asked={asked} waiting="Looking for organizations">
      {(data) => {
        const found = data.artifact;
        if (found?.exposure == null) return <p className={classes.none}>This artifact no longer exists.</p>;
        const { exposure } = found;
        return (
          <section className={classes.block}>
            <h2>{found.name}</h2>
            <p className={classes.note}>
              {countOf(exposure.count, 'organization', 'organizations')}, {formatShare(exposure.share)} of all others: the compromise of one
              alone puts it in the radius. Artifact of {found.owner.name}.
            </p>
            <p className={classes.links}>
              <Link href={exploreHref(`artifact:${found.id}`)}>Open in Explore</Link>
            </p>
            <Paged
              key={JSON.stringify(variables)}
              first={exposure.organizations}
              load={async (after) =>
                (await client.query({ query: WhoCouldExposeDocument, variables: { ...variables, after } })).data?.artifact?.exposure
                  ?.organizations ?? null
              }
            >
              {(list) => (
                <>
                  <ul className={classes.facts}>
                    {list.rows.map(({ organization, tier, likelihood }) => (
                      <li key={organization.id} className={classes.fact}>
                        <OrganizationMark roles={organization.roles} />
                        <Link href={radiusHref(state, organization.id, 'affected', `artifact:${found.id}`)}>{organization.name}</Link>
                        <span className={`${classes.end} ${classes.measure}`}>
                          <TierDisc tier={tier} size={12} />
                          {TIER_WORDS[tier].word}
                          {tier !== 'CONTAINED' && `, ${formatShare(likelihood)} likely`}
                        </span>
                      </li>
                    ))}
                  </ul>
                  <MoreRowsLine list={list} noun="organizations" />
                </>
              )}
            </Paged>
          </section>
        );
      }}
    </AnswerFrame>
  );
}
