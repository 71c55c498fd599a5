import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { KindMark } from '../../canvas/kind-mark.tsx';
import { artifactIcons, kindLooks } from '../../canvas/kinds.ts';
import { countOf } from '../../shared/format/count.ts';
import { formatDay } from '../../shared/format/instant.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { formatShare } from '../../shared/format/share.ts';
import { capitalize, mainRole, rolesInWords } from '../../shared/format/words.ts';
import type { ArtifactType, InspectAccessFragment, OrganizationRole } from '../../shared/generated/operations.ts';
import { areControlsInDate } from './control-dates.ts';
import { copyDetail } from './copy-words.ts';
import type { InspectedOrganization } from './inspect-props.ts';
import classes from './inspector.module.css';
import { Line, Section } from './inspector-panel.tsx';
import { SourceDocument, SourceLine } from './source-line.tsx';

interface TabProps {
  readonly organization: InspectedOrganization;
  readonly onSelect: (key: string) => void;
}

const mostValuable = 5;

export function ArtifactMark({ type }: { readonly type: ArtifactType }) {
  return <KindMark look={kindLooks.ARTIFACT} icon={artifactIcons[type]} />;
}

export function RoleMark({ roles }: { readonly roles: readonly OrganizationRole[] }) {
  return <KindMark look={kindLooks[mainRole(roles)]} />;
}

export function OverviewLines({ organization, onSelect }: TabProps) {
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
        <Section title={`Owns ${countOf(artifacts.totalCount, 'artifact', 'artifacts')}`}>
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
      {controls.edges.length > 0 && (
        <Section title="Controls">
          <ul>
            {controls.edges.map(({ node }) => {
              const isGood = areControlsInDate(node);
              const until =
                node.expiresAt === null
                  ? 'in date'
                  : isGood
                    ? `until ${formatDay(node.expiresAt)}`
                    : `ran out ${formatDay(node.expiresAt)}`;
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
                words={`For ${node.client.name}`}
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
      {aliases.length > 0 && (
        <Section title="Also known as">
          <p>{aliases.join(', ')}</p>
        </Section>
      )}
    </>
  );
}

export function CopyLines({ organization, onSelect }: TabProps) {
  const { edges, totalCount } = organization.copies;
  if (edges.length === 0) return <p>No copies are recorded at {organization.name}.</p>;
  return (
    <Section title={edges.length < totalCount ? `The first ${edges.length} of ${totalCount}` : countOf(totalCount, 'copy', 'copies')}>
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
                    <SourceLine provenance={node.transfer.provenance} />
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

export function AccessLines({ organization, onSelect }: TabProps) {
  const { accessHeld, accessGranted, id, name } = organization;
  if (accessHeld.totalCount + accessGranted.totalCount === 0) return <p>No access is recorded at {name}.</p>;
  return (
    <>
      <AccessSection title="Can act in the systems of" lines={accessHeld.edges} own={id} onSelect={onSelect} hasSource />
      <AccessSection title="Can act here" lines={accessGranted.edges} own={id} onSelect={onSelect} hasSource />
    </>
  );
}

interface AccessSectionProps {
  readonly title: string;
  readonly lines: readonly { readonly node: InspectAccessFragment }[];
  readonly own: string;
  readonly onSelect: (key: string) => void;
  readonly hasSource?: boolean;
}

function AccessSection({ title, lines, own, onSelect, hasSource = false }: AccessSectionProps) {
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
              mark={<RoleMark roles={other.roles} />}
              words={accessWords(node.kind, isHeld, other.name)}
              detail={
                <>
                  {validity(node)}
                  {hasSource && (
                    <>
                      <br />
                      <SourceLine provenance={node.provenance} />
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
    </Section>
  );
}

/** Everything that is said of the organization, each with its source. */
export function SourceLines({ organization }: { readonly organization: InspectedOrganization }) {
  const { provenance, website, country, contactEmail, attributes, controls, id, roles } = organization;
  return (
    <>
      <Section title="This record">
        <dl className={classes.facts}>
          <dt>Id</dt>
          <dd>{id}</dd>
          <dt>Roles</dt>
          <dd>{capitalize(rolesInWords(roles))}</dd>
          {website !== null && (
            <>
              <dt>Website</dt>
              <dd>{website}</dd>
            </>
          )}
          {country !== null && (
            <>
              <dt>Country</dt>
              <dd>{country}</dd>
            </>
          )}
          {contactEmail !== null && (
            <>
              <dt>Contact</dt>
              <dd>{contactEmail}</dd>
            </>
          )}
          {attributes.map(({ name, value }) => (
            <FactPair key={name} name={name} value={value} />
          ))}
          <dt>Source</dt>
          <dd>
            <SourceLine provenance={provenance} />
            <SourceDocument source={provenance.source} />
          </dd>
          <dt>Asserted by</dt>
          <dd>{provenance.assertedBy}</dd>
        </dl>
      </Section>
      {controls.edges.length > 0 && (
        <Section title="Evidence">
          <ul>
            {controls.edges.map(({ node }) => (
              <Line
                key={node.control}
                words={wordsOf(node.control)}
                detail={
                  <>
                    {node.issuer === null ? wordsOf(node.evidenceType) : `${wordsOf(node.evidenceType)} by ${node.issuer.name}`}
                    <br />
                    <SourceLine provenance={node.provenance} />
                  </>
                }
              />
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function FactPair({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

export function wordsOf(name: string): string {
  const known: Readonly<Record<string, string>> = { MFA: 'MFA' };
  return known[name] ?? capitalize(name.replaceAll('_', ' ').toLowerCase());
}

export function accessWords(kind: InspectAccessFragment['kind'], isHeld: boolean, name: string): string {
  switch (kind) {
    case 'CREDENTIALS':
      return isHeld ? `Has accounts at ${name}` : `${name} has accounts`;
    case 'SOFTWARE':
      return isHeld ? `${name} runs its software` : `Runs ${name}`;
    case 'NETWORK':
      return isHeld ? `Works inside ${name}` : `${name} works inside`;
    case 'OTHER':
      return isHeld ? `Has access to ${name}` : `${name} has access`;
  }
}

export function validity({ validFrom, validUntil }: { readonly validFrom: string | null; readonly validUntil: string | null }): string {
  if (validFrom === null && validUntil === null) return 'no known end';
  const from = validFrom === null ? '' : `from ${formatDay(validFrom)}`;
  return `${from}${validUntil === null ? ' on' : ` until ${formatDay(validUntil)}`}`.trim();
}

function termOf({ endsAt }: { readonly endsAt: string | null }): string {
  if (endsAt === null) return 'current';
  return Date.parse(endsAt) <= Date.now() ? `ended ${formatDay(endsAt)}` : `until ${formatDay(endsAt)}`;
}
