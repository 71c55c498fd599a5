import { countOf, formatCount } from '../../../shared/format/count.ts';
import { formatLastDay } from '../../../shared/format/instant.ts';
import { formatMoney } from '../../../shared/format/money.ts';
import { IconAlertTriangle, IconCircleCheck } from '../../../shared/ui/icons.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import { mergeHref } from '../../../shared/url/merge-url.ts';
import { canWrite } from '../../../shared/viewer/viewer.ts';
import { copyDetail } from '../copy-words.ts';
import { wordsOf } from '../fact-words.ts';
import type { OrganizationTabProps } from '../inspect-props.ts';
import classes from '../inspector.module.css';
import { Line, Section } from '../inspector-panel.tsx';
import { ArtifactMark, RoleMark } from '../marks.tsx';
import { FactSource } from '../source-line.tsx';
import { AccessSection } from './access-lines.tsx';

const mostValuable = 5;

export function OverviewLines({ organization, onSelect }: OrganizationTabProps) {
  const { copies, artifacts, controls, accessHeld, accessGranted, clients, providers, aliases } = organization;
  const seen = new Set<string>();
  const valuable = copies.edges
    .map(({ node }) => node)
    .sort((a, b) => (b.artifact.valueHighUsd ?? 0) - (a.artifact.valueHighUsd ?? 0) || (a.id < b.id ? -1 : 1))
    .filter(({ artifact }) => !seen.has(artifact.id) && seen.add(artifact.id))
    .slice(0, mostValuable);
  const owned = artifacts.edges
    .map(({ node }) => node)
    .sort((a, b) => (b.valueHighUsd ?? 0) - (a.valueHighUsd ?? 0) || (a.id < b.id ? -1 : 1));
  return (
    <>
      {owned.length > 0 && (
        <Section title={`Owns ${countOf(artifacts.totalCount, 'artifact', 'artifacts')}${ofFirst(artifacts)}`}>
          <ul>
            {owned.slice(0, mostValuable).map((artifact) => (
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
        <Section title={`Most valuable copies${ofFirst(copies)}`}>
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
      {controls.edges.length > 0 && (
        <Section title="Controls">
          <ul>
            {controls.edges.map(({ node }) => {
              const isGood = isEvidenceCurrent(node);
              const until =
                node.expiresAt === null
                  ? 'in date'
                  : isGood
                    ? `until ${formatLastDay(node.expiresAt)}`
                    : `expired ${formatLastDay(node.expiresAt)}`;
              return (
                <Line
                  key={node.control}
                  mark={
                    isGood ? (
                      <IconCircleCheck className={classes.ok} size={16} stroke={1.8} aria-hidden="true" />
                    ) : (
                      <IconAlertTriangle className={classes.warn} size={16} stroke={1.8} aria-hidden="true" />
                    )
                  }
                  words={wordsOf(node.control)}
                  detail={wordsOf(node.evidenceType)}
                  end={<span className={isGood ? undefined : classes.warn}>{until}</span>}
                />
              );
            })}
          </ul>
        </Section>
      )}
      <AccessSection
        title="Access"
        lines={[...accessHeld.edges, ...accessGranted.edges].slice(0, 4)}
        own={organization.id}
        onSelect={onSelect}
      />
      {(clients.edges.length > 0 || providers.edges.length > 0) && (
        <Section title="Engagements">
          <ul>
            {clients.edges.map(({ node }) => (
              <Line
                key={node.id}
                mark={<RoleMark roles={node.client.roles} />}
                words={`Works for ${node.client.name}`}
                detail={node.service ?? undefined}
                end={termOf(node)}
                onSelect={() => onSelect(`organization:${node.client.id}`)}
              />
            ))}
            {providers.edges.map(({ node }) => (
              <Line
                key={node.id}
                mark={<RoleMark roles={node.provider.roles} />}
                words={`Engages ${node.provider.name}`}
                detail={node.service ?? undefined}
                end={termOf(node)}
                onSelect={() => onSelect(`organization:${node.provider.id}`)}
              />
            ))}
          </ul>
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
  const { edges, totalCount } = organization.copies;
  if (edges.length === 0) return <p>No copies are recorded at {organization.name}.</p>;
  return (
    <Section
      title={
        edges.length < totalCount
          ? `The first ${formatCount(edges.length)} of ${formatCount(totalCount)}`
          : countOf(totalCount, 'recorded copy', 'recorded copies')
      }
    >
      <ul>
        {edges.map(({ node }) => (
          <Line
            key={node.id}
            mark={<ArtifactMark type={node.artifact.type} />}
            words={node.artifact.name}
            detail={
              <>
                {copyDetail(node)}
                {node.transfer !== null && (
                  <>
                    <br />
                    <FactSource
                      provenance={node.transfer.provenance}
                      fact={{ kind: 'TRANSFER', id: node.transfer.id }}
                      of={`copy of ${node.artifact.name}`}
                    />
                  </>
                )}
              </>
            }
            end={node.artifact.owner.name}
            onSelect={() => onSelect(`artifact:${node.artifact.id}`)}
          />
        ))}
      </ul>
    </Section>
  );
}

/** " · of the first 100" if only the first part of the list is loaded, because its most valuable rows may be among the rest. */
function ofFirst({ edges, totalCount }: { readonly edges: readonly unknown[]; readonly totalCount: number }): string {
  return edges.length < totalCount ? ` · of the first ${formatCount(edges.length)}` : '';
}

function termOf({ endsAt }: { readonly endsAt: string | null }): string {
  if (endsAt === null) return 'current';
  return Date.parse(endsAt) <= Date.now() ? `ended ${formatLastDay(endsAt)}` : `until ${formatLastDay(endsAt)}`;
}

interface Dated {
  readonly issuedAt: string | null;
  readonly expiresAt: string | null;
}

/** Whether control evidence is current: issued, and not expired. An unknown expiry never expires (semantics §9). */
export function isEvidenceCurrent({ issuedAt, expiresAt }: Dated, now = Date.now()): boolean {
  return (issuedAt === null || Date.parse(issuedAt) <= now) && (expiresAt === null || Date.parse(expiresAt) > now);
}
