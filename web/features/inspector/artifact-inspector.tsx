import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { ArtifactMark, OrganizationMark } from '../../canvas/cytoscape/kind-mark.tsx';
import { FactHistory } from '../../shared/changes/fact-history.tsx';
import type { NewFact } from '../../shared/facts/fact-tools.tsx';
import { authorOf } from '../../shared/format/author.ts';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { showHidden } from '../../shared/format/hidden-characters.ts';
import { formatDay } from '../../shared/format/instant.ts';
import { formatMoneyRange } from '../../shared/format/money.ts';
import { formatShare } from '../../shared/format/share.ts';
import { ARTIFACT_TYPE_WORDS, COPY_FORM_WORDS, capitalize } from '../../shared/format/words.ts';
import type { DeletionState, InspectArtifactQuery, InspectCopyFragment } from '../../shared/generated/operations.ts';
import { InspectArtifactDocument } from '../../shared/generated/operations.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { IconRadar2 } from '../../shared/ui/icons.tsx';
import { navigate } from '../../shared/url/location.ts';
import { rankingsHref } from '../../shared/url/rankings-url.ts';
import type { InspectProps } from './inspect-state.tsx';
import { InspectState } from './inspect-state.tsx';
import classes from './inspector.module.css';
import { Cut, Figure, InspectorPanel, Line, Section } from './inspector-panel.tsx';
import { InspectorTabs } from './inspector-tabs.tsx';
import { AddFactLine, FactSource, SourceDocument, SourceLine } from './source-line.tsx';

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
      mark={<ArtifactMark type={artifact.type} size={32} />}
      primary={
        <Button
          className={classes.grow}
          leftSection={<IconRadar2 size={16} stroke={1.8} aria-hidden="true" />}
          onClick={() => navigate(rankingsHref({ tab: 'artifacts', selection: id }))}
        >
          Who could expose it
        </Button>
      }
      watchable={[{ title: `Who could expose ${artifact.name}`, asks: { kind: 'ARTIFACT', artifact: artifact.id } }]}
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
          { value: 'history', title: 'History', content: <FactHistory fact={{ kind: 'ARTIFACT', id: artifact.id }} /> },
        ]}
      />
    </InspectorPanel>
  );
}

type InspectedArtifact = NonNullable<InspectArtifactQuery['artifact']>;

interface ArtifactTabProps {
  readonly artifact: InspectedArtifact;
  readonly onSelect: (key: string) => void;
}

function OverviewLines({ artifact, onSelect }: ArtifactTabProps) {
  return (
    <>
      <Section title="Owner">
        <ul>
          <Line
            mark={<OrganizationMark roles={artifact.owner.roles} />}
            words={artifact.owner.name}
            onSelect={() => onSelect(`organization:${artifact.owner.id}`)}
          />
        </ul>
      </Section>
      <RevealLines artifact={artifact} onSelect={onSelect} />
      {artifact.reveals.totalCount + artifact.revealedBy.totalCount === 0 && (
        <Section title="Reveals">
          <p>No record says that it reveals another artifact.</p>
        </Section>
      )}
    </>
  );
}

function CopyLines({ artifact, onSelect }: ArtifactTabProps) {
  const { edges, totalCount } = artifact.copies;
  return (
    <Section
      title={
        edges.length < totalCount
          ? `The first ${formatCount(edges.length)} of ${formatCount(totalCount)}, by rank`
          : 'By rank: owner, third parties, fourth parties'
      }
    >
      <ul>
        {edges.map(({ node }) => (
          <Line
            key={node.id}
            mark={<OrganizationMark roles={node.holder.roles} />}
            words={node.holder.name}
            detail={<CopyDetail copy={node} of={`copy at ${node.holder.name}`} />}
            onSelect={() => onSelect(`organization:${node.holder.id}`)}
          />
        ))}
      </ul>
    </Section>
  );
}

function SourceLines({ artifact }: Pick<ArtifactTabProps, 'artifact'>) {
  return (
    <>
      <Section title="This record">
        <dl className={classes.facts}>
          <dt>ID</dt>
          <dd>{showHidden(artifact.id)}</dd>
          {artifact.modelFamily !== null && (
            <>
              <dt>Model family</dt>
              <dd>{artifact.modelFamily}</dd>
            </>
          )}
          {artifact.version !== null && (
            <>
              <dt>Version</dt>
              <dd>{artifact.version}</dd>
            </>
          )}
          <dt>Source</dt>
          <dd>
            <FactSource provenance={artifact.provenance} fact={{ kind: 'ARTIFACT', id: artifact.id }} of={artifact.name} />
            <SourceDocument source={artifact.provenance.source} />
          </dd>
          <dt>Stated by</dt>
          <dd>{authorOf(artifact.provenance.assertedBy)}</dd>
        </dl>
      </Section>
      <AddFactLine choices={addChoices(artifact)} />
    </>
  );
}

function addChoices({ id, name, owner }: InspectedArtifact): readonly NewFact[] {
  const artifact = { id, name };
  return [
    { kind: 'TRANSFER', known: { artifact, sender: owner } },
    { kind: 'REVEALS', known: { artifact } },
  ];
}

function RevealLines({ artifact, onSelect }: ArtifactTabProps) {
  const own = artifact.id;
  const lists = [
    {
      title: 'Reveals part of',
      isForward: true,
      total: artifact.reveals.totalCount,
      lines: artifact.reveals.edges.map(({ node }) => ({ ...node, other: node.reveals })),
    },
    {
      title: 'Revealed in part by',
      isForward: false,
      total: artifact.revealedBy.totalCount,
      lines: artifact.revealedBy.edges.map(({ node }) => ({ ...node, other: node.artifact })),
    },
  ];
  return lists.map(
    ({ title, isForward, lines, total }) =>
      lines.length > 0 && (
        <Section key={title} title={title}>
          <ul>
            {lines.map(({ other, degree, basis, provenance }) => (
              <Line
                key={other.id}
                mark={<ArtifactMark type={other.type} />}
                words={other.name}
                detail={
                  <>
                    {basis !== null && (
                      <>
                        {basis}
                        <br />
                      </>
                    )}
                    <FactSource
                      provenance={provenance}
                      fact={
                        isForward
                          ? { kind: 'REVEALS', artifact: own, reveals: other.id }
                          : { kind: 'REVEALS', artifact: other.id, reveals: own }
                      }
                      of={`reveals, ${other.name}`}
                    />
                  </>
                }
                end={formatShare(degree)}
                onSelect={() => onSelect(`artifact:${other.id}`)}
              />
            ))}
          </ul>
          <Cut shown={lines.length} total={total} />
        </Section>
      ),
  );
}

export const deletionWords: Readonly<Record<DeletionState, string | null>> = {
  NONE: null,
  REQUESTED: 'deletion requested',
  ATTESTED: 'deletion attested, no evidence',
  VERIFIED: 'deletion verified',
};

/** A copy in one line, and below it the source of the transfer that brought it. */
export function CopyDetail({ copy, of }: { readonly copy: InspectCopyFragment; readonly of: string }) {
  const { transfer } = copy;
  return (
    <>
      {inOneLine(copy)}
      {transfer !== null && (
        <>
          <br />
          <FactSource provenance={transfer.provenance} fact={{ kind: 'TRANSFER', id: transfer.id }} of={of} />
        </>
      )}
    </>
  );
}

/** Sender and date, rank, portion, form, deletion. */
function inOneLine(copy: InspectCopyFragment): string {
  const { transfer, kind } = copy;
  const came =
    kind === 'TRANSFERRED' && transfer !== null
      ? `from ${transfer.sender.name}, ${transfer.sentAt === null ? 'unknown date' : formatDay(transfer.sentAt)}`
      : kind === 'PRODUCED'
        ? 'produced here'
        : kind === 'CUSTODY_GAP'
          ? 'no recorded transfer'
          : "owner's copy";
  const parts = [
    came,
    copy.rank === null ? 'no custody chain' : copy.rank > 0 ? `rank\u00a0${copy.rank}` : null,
    copy.portion < 1 ? formatShare(copy.portion) : null,
    COPY_FORM_WORDS[copy.form],
    deletionWords[copy.deletionState],
  ];
  return parts.filter((part) => part !== null).join(' · ');
}
