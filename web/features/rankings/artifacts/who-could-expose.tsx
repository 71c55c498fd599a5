import { useMemo } from 'react';
import { formatCount } from '../../../shared/format/count.ts';
import { formatShare } from '../../../shared/format/share.ts';
import { WhoCouldExposeDocument } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../../shared/lists/answer-frame.tsx';
import { MoreRowsLine } from '../../../shared/lists/more-rows.tsx';
import { Paged } from '../../../shared/lists/paged.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import { TIER_WORDS } from '../../../shared/ui/tier.ts';
import { TierDisc } from '../../../shared/ui/tier-disc.tsx';
import { exploreHref } from '../../../shared/url/explore-url.ts';
import { radiusHref } from '../../../shared/url/rankings-url.ts';
import classes from '../rankings.module.css';
import { OrganizationMark } from '../row-name.tsx';
import type { RankingsView } from '../use-rankings.ts';

/** The organizations of an exposure count. Each links to its blast radius with the artifact's row open. */
export function WhoCouldExpose({ artifact, view }: { readonly artifact: string | null; readonly view: RankingsView }) {
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
              {formatCount(exposure.count)} organizations, {formatShare(exposure.share)} of all others, could expose it alone. Artifact of{' '}
              {found.owner.name}.
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
                        <OrganizationMark roles={organization.roles} size={20} />
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
