import { ArtifactMark, OrganizationMark } from '../../canvas/cytoscape/kind-mark.tsx';
import { countOf } from '../../shared/format/count.ts';
import { formatLastDay } from '../../shared/format/instant.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { formatShare } from '../../shared/format/share.ts';
import { type InspectAccessFragment, MoreHeldCopiesDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { MoreRowsLine } from '../../shared/lists/more-rows.tsx';
import { useMoreRows } from '../../shared/lists/use-more-rows.ts';
import { Link } from '../../shared/ui/link.tsx';
import { mergeHref } from '../../shared/url/quality-url.ts';
import { canWrite } from '../../shared/viewer/viewer.ts';
import { CopyDetail } from './artifact-inspector.tsx';
import { accessWords, validity } from './fact-words.ts';
import type { OrganizationTabProps } from './inspect-state.tsx';
import { Cut, Line, Section } from './inspector-panel.tsx';
import { FactSource } from './source-line.tsx';

const mostValuable = 5;
const mostAccess = 4;

export function OverviewLines({ organization, onSelect }: OrganizationTabProps) {
  const { copies, artifacts, accessHeld, accessGranted, clients, providers, aliases } = organization;
  const seen = new Set<string>();
  const valuable = copies.edges
    .map(({ node }) => node)
    .filter(({ artifact }) => !seen.has(artifact.id) && seen.add(artifact.id))
    .slice(0, mostValuable);
  const owned = artifacts.edges.map(({ node }) => node);
  return (
    <>
      {owned.length > 0 && (
        <Section title={ownedTitle(artifacts.totalCount)}>
          <ul>
            {owned.map((artifact) => (
              <Line
                key={artifact.id}
                mark={<ArtifactMark type={artifact.type} />}
                words={artifact.name}
                end={artifact.valueHighUsd === null ? '' : formatMoney(artifact.valueHighUsd)}
                onSelect={() => onSelect(`artifact:${artifact.id}`)}
              />
            ))}
          </ul>
        </Section>
      )}
      {valuable.length > 0 && (
        <Section title="Most valuable copies">
          <ul>
            {valuable.map(({ id, artifact }) => (
              <Line
                key={id}
                mark={<ArtifactMark type={artifact.type} />}
                words={artifact.name}
                end={artifact.owner.name}
                onSelect={() => onSelect(`artifact:${artifact.id}`)}
              />
            ))}
          </ul>
        </Section>
      )}
      {owned.length === 0 && valuable.length === 0 && (
        <Section title="Copies">
          <p>No copies are recorded at {organization.name}.</p>
        </Section>
      )}
      <AccessSection
        title="Access"
        list={{
          edges: [...accessHeld.edges, ...accessGranted.edges].slice(0, mostAccess),
          totalCount: accessHeld.totalCount + accessGranted.totalCount,
        }}
        own={organization.id}
        onSelect={onSelect}
      />
      {(clients.edges.length > 0 || providers.edges.length > 0) && (
        <Section title="Engagements">
          <ul>
            {clients.edges.map(({ node }) => (
              <Line
                key={node.id}
                mark={<OrganizationMark roles={node.client.roles} />}
                words={`Works for ${node.client.name}`}
                detail={node.service ?? undefined}
                end={termOf(node)}
                onSelect={() => onSelect(`organization:${node.client.id}`)}
              />
            ))}
            {providers.edges.map(({ node }) => (
              <Line
                key={node.id}
                mark={<OrganizationMark roles={node.provider.roles} />}
                words={`Engages ${node.provider.name}`}
                detail={node.service ?? undefined}
                end={termOf(node)}
                onSelect={() => onSelect(`organization:${node.provider.id}`)}
              />
            ))}
          </ul>
          <Cut shown={clients.edges.length + providers.edges.length} total={clients.totalCount + providers.totalCount} />
        </Section>
      )}
      <Section title="Also known as">
        <p>
          {aliases.length === 0 ? 'No other name is recorded.' : aliases.join(', ')}{' '}
          {canWrite() && <Link href={mergeHref([organization.id], true)}>Merge or unmerge</Link>}
        </p>
      </Section>
    </>
  );
}

export function CopyLines({ organization, onSelect }: OrganizationTabProps) {
  const { totalCount } = organization.copies;
  const list = useMoreRows(organization.copies, async (after) => {
    const { data } = await client.query({ query: MoreHeldCopiesDocument, variables: { id: organization.id, after } });
    return data?.organization?.copies ?? null;
  });
  if (totalCount === 0) return <p>No copies are recorded at {organization.name}.</p>;
  return (
    <Section title={`${countOf(totalCount, 'recorded copy', 'recorded copies')}, the most valuable first`}>
      <ul>
        {list.rows.map((node) => (
          <Line
            key={node.id}
            mark={<ArtifactMark type={node.artifact.type} />}
            words={node.artifact.name}
            detail={<CopyDetail copy={node} of={`copy of ${node.artifact.name}`} />}
            end={node.artifact.owner.name}
            onSelect={() => onSelect(`artifact:${node.artifact.id}`)}
          />
        ))}
      </ul>
      <MoreRowsLine list={list} noun="copies" />
    </Section>
  );
}

function ownedTitle(count: number): string {
  const owned = `Owns ${countOf(count, 'artifact', 'artifacts')}`;
  return count > mostValuable ? `${owned}, the most valuable first` : owned;
}

function termOf({ endsAt }: { readonly endsAt: string | null }): string {
  if (endsAt === null) return 'current';
  return Date.parse(endsAt) <= Date.now() ? `ended ${formatLastDay(endsAt)}` : `until ${formatLastDay(endsAt)}`;
}

export function AccessLines({ organization, onSelect }: OrganizationTabProps) {
  const { accessHeld, accessGranted, id, name } = organization;
  if (accessHeld.totalCount + accessGranted.totalCount === 0) return <p>No access is recorded at {name}.</p>;
  return (
    <>
      <AccessSection title="Can act in the systems of" list={accessHeld} own={id} onSelect={onSelect} hasSource />
      <AccessSection title="Can act in its systems" list={accessGranted} own={id} onSelect={onSelect} hasSource />
    </>
  );
}

interface AccessSectionProps {
  readonly title: string;
  readonly list: { readonly edges: readonly { readonly node: InspectAccessFragment }[]; readonly totalCount: number };
  readonly own: string;
  readonly onSelect: (key: string) => void;
  readonly hasSource?: boolean;
}

function AccessSection({ title, list, own, onSelect, hasSource = false }: AccessSectionProps) {
  const { edges: lines, totalCount } = list;
  if (lines.length === 0) return null;
  return (
    <Section title={title}>
      <ul>
        {lines.map(({ node }) => {
          const isHeld = node.grantee.id === own;
          const other = isHeld ? node.grantor : node.grantee;
          return (
            <Line
              key={node.id}
              mark={<OrganizationMark roles={other.roles} />}
              words={accessWords(node.kind, isHeld, other.name)}
              detail={
                <>
                  {validity(node)}
                  {node.software !== null && ` · ${node.software}`}
                  {hasSource && (
                    <>
                      <br />
                      <FactSource
                        provenance={node.provenance}
                        fact={{ kind: 'ACCESS', id: node.id }}
                        of={accessWords(node.kind, isHeld, other.name)}
                      />
                    </>
                  )}
                </>
              }
              end={formatShare(node.likelihood)}
              onSelect={() => onSelect(`organization:${other.id}`)}
            />
          );
        })}
      </ul>
      <Cut shown={lines.length} total={totalCount} />
    </Section>
  );
}
