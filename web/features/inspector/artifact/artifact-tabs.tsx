import type { NewFact } from '../../../shared/facts/fact-tools.tsx';
import { formatCount } from '../../../shared/format/count.ts';
import { showHidden } from '../../../shared/format/hidden-characters.ts';
import { formatShare } from '../../../shared/format/share.ts';
import type { InspectArtifactQuery } from '../../../shared/generated/operations.ts';
import { CopyDetail } from '../copy-detail.tsx';
import classes from '../inspector.module.css';
import { Cut, Line, Section } from '../inspector-panel.tsx';
import { ArtifactMark, RoleMark } from '../marks.tsx';
import { AddFactLine, FactSource, SourceDocument } from '../source-line.tsx';

type InspectedArtifact = NonNullable<InspectArtifactQuery['artifact']>;

interface ArtifactTabProps {
  readonly artifact: InspectedArtifact;
  readonly onSelect: (key: string) => void;
}

export function OverviewLines({ artifact, onSelect }: ArtifactTabProps) {
  return (
    <>
      <Section title="Owner">
        <ul>
          <Line
            mark={<RoleMark roles={artifact.owner.roles} />}
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

export function CopyLines({ artifact, onSelect }: ArtifactTabProps) {
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
            mark={<RoleMark roles={node.holder.roles} />}
            words={node.holder.name}
            detail={<CopyDetail copy={node} of={`copy at ${node.holder.name}`} />}
            onSelect={() => onSelect(`organization:${node.holder.id}`)}
          />
        ))}
      </ul>
    </Section>
  );
}

export function SourceLines({ artifact }: Pick<ArtifactTabProps, 'artifact'>) {
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
          <dd>{artifact.provenance.assertedBy}</dd>
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
