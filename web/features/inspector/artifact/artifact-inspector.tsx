import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { KindMark } from '../../../canvas/cytoscape/kind-mark.tsx';
import { artifactIcons, kindLooks } from '../../../canvas/cytoscape/kinds.ts';
import { countOf, formatCount } from '../../../shared/format/count.ts';
import { formatMoneyRange } from '../../../shared/format/money.ts';
import { formatShare } from '../../../shared/format/share.ts';
import { ARTIFACT_TYPE_WORDS, capitalize } from '../../../shared/format/words.ts';
import { InspectArtifactDocument } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { IconRadar2 } from '../../../shared/ui/icons.tsx';
import { navigate } from '../../../shared/url/location.ts';
import { rankingsHref } from '../../../shared/url/rankings-url.ts';
import type { InspectProps } from '../inspect-props.ts';
import { InspectState } from '../inspect-state.tsx';
import classes from '../inspector.module.css';
import { Figure, InspectorPanel } from '../inspector-panel.tsx';
import { InspectorTabs } from '../inspector-tabs.tsx';
import { SourceLine } from '../source-line.tsx';
import { CopyLines, OverviewLines, SourceLines } from './artifact-tabs.tsx';

const sensitivityWords: Readonly<Record<number, string>> = { 1: 'intended to be public', 5: 'reveals the whole method' };

/** The details of an artifact: owner, value, copies, and what it reveals. */
export function ArtifactInspector({ id, onSelect, onClose, menu, onExpand }: InspectProps & { readonly id: string }) {
  const variables = useMemo(() => ({ id }), [id]);
  const asked = useQuestion(InspectArtifactDocument, variables);
  const artifact = asked.data?.artifact;
  if (artifact === undefined || artifact === null) return <InspectState asked={asked} what="artifact" onClose={onClose} />;
  const { edges, totalCount } = artifact.copies;
  // The owner's copies come first, so that all of them are loaded.
  const outside = edges.filter(({ node }) => node.kind !== 'OWNED');
  const outsideCount = totalCount - (edges.length - outside.length);
  const holders = edges.length < totalCount ? null : new Set(outside.map(({ node }) => node.holder.id)).size;
  return (
    <InspectorPanel
      recordKey={`artifact:${artifact.id}`}
      name={artifact.name}
      subtitle={`${capitalize(ARTIFACT_TYPE_WORDS[artifact.type])} of ${artifact.owner.name}`}
      mark={<KindMark look={kindLooks.ARTIFACT} icon={artifactIcons[artifact.type]} size={32} />}
      primary={
        <Button
          className={classes.grow}
          leftSection={<IconRadar2 size={16} stroke={1.8} aria-hidden="true" />}
          onClick={() => navigate(rankingsHref({ tab: 'artifacts', selection: id }))}
        >
          Who could expose it
        </Button>
      }
      onExpand={onExpand}
      menu={menu}
      onClose={onClose}
      footer={<SourceLine provenance={artifact.provenance} hasIcon />}
    >
      <dl className={classes.figures}>
        <Figure
          label="Outside copies"
          figure={formatCount(outsideCount)}
          note={holders === null ? 'not at the owner' : `at ${countOf(holders, 'organization', 'organizations')}`}
        />
        <Figure label="Value" figure={formatMoneyRange(artifact.valueLowUsd, artifact.valueHighUsd)} note="5th to 95th percentile" />
        <Figure
          label="Sensitivity"
          figure={String(artifact.sensitivity)}
          of="of 5"
          note={sensitivityWords[artifact.sensitivity] ?? '1 is intended to be public'}
        />
        <Figure
          label="Usable from"
          figure={artifact.usefulPortion === 0 ? 'any piece' : formatShare(artifact.usefulPortion)}
          note={artifact.fragmentCount === null ? 'not split into pieces' : `of ${artifact.fragmentCount} pieces`}
        />
      </dl>
      <InspectorTabs
        notesOn={{ artifact: artifact.id }}
        tabs={[
          { value: 'overview', title: 'Overview', content: <OverviewLines artifact={artifact} onSelect={onSelect} /> },
          {
            value: 'copies',
            title: 'Copies',
            count: artifact.copies.totalCount,
            content: <CopyLines artifact={artifact} onSelect={onSelect} />,
          },
          { value: 'sources', title: 'Sources', content: <SourceLines artifact={artifact} /> },
        ]}
      />
    </InspectorPanel>
  );
}
