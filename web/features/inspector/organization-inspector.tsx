import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { OrganizationMark } from '../../canvas/cytoscape/kind-mark.tsx';
import { FactHistory } from '../../shared/changes/fact-history.tsx';
import { ControlList } from '../../shared/controls/control-list.tsx';
import type { StateCounts } from '../../shared/controls/control-states.ts';
import { controlWords, countStates, gapStates, requiredCount, unmetWords } from '../../shared/controls/control-states.ts';
import { type NewFact, useFactTools } from '../../shared/facts/fact-tools.tsx';
import { authorOf } from '../../shared/format/author.ts';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { showHidden } from '../../shared/format/hidden-characters.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { capitalize, rolesInWords, valueInWords } from '../../shared/format/words.ts';
import { InspectOrganizationDocument, InspectWorstCaseDocument } from '../../shared/generated/operations.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { FailedLine } from '../../shared/lists/answer-frame.tsx';
import { IconRadar2 } from '../../shared/ui/icons.tsx';
import { blastHref } from '../../shared/url/blast-radius-url.ts';
import { newIncidentHref } from '../../shared/url/incidents-url.ts';
import { navigate } from '../../shared/url/location.ts';
import { canWrite, seesSoftware } from '../../shared/viewer/viewer.ts';
import { watchRadius } from '../../shared/watches/watchable.ts';
import type { InspectProps, OrganizationTabProps } from './inspect-state.tsx';
import { InspectState } from './inspect-state.tsx';
import classes from './inspector.module.css';
import { Figure, InspectorPanel, Line, Section } from './inspector-panel.tsx';
import { InspectorTabs } from './inspector-tabs.tsx';
import { AccessLines, CopyLines, OverviewLines } from './organization-tabs.tsx';
import { AddFactLine, FactSource, SourceDocument, SourceLine } from './source-line.tsx';

/** The details of an organization: copies held, labs served, access, controls, and the loss if it is compromised. */
export function OrganizationInspector({ id, onSelect, onClose, menu, onExpand, inRadius }: InspectProps & { readonly id: string }) {
  const variables = useMemo(() => ({ id }), [id]);
  const asked = useQuestion(InspectOrganizationDocument, variables);
  const worst = useQuestion(InspectWorstCaseDocument, variables);
  const Software = useFactTools()?.Software;
  const organization = asked.data?.organization;
  if (organization === undefined || organization === null) return <InspectState asked={asked} what="organization" onClose={onClose} />;
  const { custody, controls, controlGap, copies, accessHeld, accessGranted } = organization;
  const states = controlGap === null ? null : countStates(gapStates(controlGap));
  const summary = worst.data?.blastRadius?.summary;
  const isUnanswered = summary === undefined && worst.question.phase === 'failed';
  const subtitle = [capitalize(rolesInWords(organization.roles)), organization.country, organization.status.toLowerCase()].filter(
    (part) => part !== null,
  );
  return (
    <InspectorPanel
      recordKey={`organization:${organization.id}`}
      name={organization.name}
      subtitle={subtitle.join(' · ')}
      mark={<OrganizationMark roles={organization.roles} size={32} />}
      primary={
        <Button
          className={classes.grow}
          leftSection={<IconRadar2 size={16} stroke={1.8} aria-hidden="true" />}
          onClick={() => navigate(blastHref([id]))}
        >
          Show blast radius
        </Button>
      }
      also={
        canWrite() && (
          <Button variant="default" className={classes.compromised} onClick={() => navigate(newIncidentHref([id]))}>
            Mark as compromised
          </Button>
        )
      }
      watchable={[
        ...(organization.roles.includes('LAB')
          ? [{ title: `What ${organization.name} could lose`, asks: { kind: 'LAB' as const, lab: organization.id } }]
          : []),
        watchRadius({ origins: [organization.id] }, organization.name),
      ]}
      onExpand={onExpand}
      menu={menu}
      onClose={onClose}
      footer={<SourceLine provenance={organization.provenance} hasIcon />}
    >
      {inRadius}
      <dl className={classes.figures} data-below={inRadius !== null || undefined}>
        <Figure
          label="Copies held now"
          figure={formatCount(custody.copyCount)}
          {...(copies.totalCount === custody.copyCount ? {} : { of: `of ${formatCount(copies.totalCount)} recorded` })}
          note={`${formatCount(custody.readableCount)} readable`}
        />
        <Figure label="Labs served" figure={formatCount(custody.labCount)} note={`${formatMoney(custody.meanValueUsd)} in custody`} />
        <Figure
          label="If compromised"
          figure={summary !== undefined ? formatMoney(summary.worstCaseLossUsd) : isUnanswered ? 'Unknown' : '…'}
          note={
            isUnanswered
              ? 'see below'
              : summary === undefined
                ? 'worst case'
                : `worst case, ${countOf(summary.exposedCount + summary.possibleCount, 'artifact', 'artifacts')}`
          }
        />
        <Figure label="Controls" {...controlFigure(states)} />
      </dl>
      <FailedLine asked={worst} missing="The loss if it is compromised may be missing here." />
      <InspectorTabs
        notesOn={{ organization: id }}
        tabs={[
          { value: 'overview', title: 'Overview', content: <OverviewLines organization={organization} onSelect={onSelect} /> },
          {
            value: 'copies',
            title: 'Copies',
            count: copies.totalCount,
            content: <CopyLines organization={organization} onSelect={onSelect} />,
          },
          {
            value: 'access',
            title: 'Access',
            count: accessHeld.totalCount + accessGranted.totalCount,
            content: <AccessLines organization={organization} onSelect={onSelect} />,
          },
          ...(controlGap === null || states === null
            ? []
            : [
                {
                  value: 'controls',
                  title: 'Controls',
                  count:
                    requiredCount(states) === 0
                      ? controls.edges.length
                      : `${formatCount(states.MET)}/${formatCount(requiredCount(states))}`,
                  content: <ControlList gap={controlGap} recorded={controls} />,
                },
              ]),
          ...(Software === undefined || !seesSoftware()
            ? []
            : [{ value: 'software', title: 'Software', content: <Software organization={organization.id} /> }]),
          { value: 'sources', title: 'Sources', content: <SourceLines organization={organization} /> },
          { value: 'history', title: 'History', content: <FactHistory fact={{ kind: 'ORGANIZATION', id: organization.id }} /> },
        ]}
      />
    </InspectorPanel>
  );
}

/** "6 of 11", and what is not met; the controls that what it holds or can reach requires. */
function controlFigure(states: StateCounts | null) {
  if (states === null) return { figure: 'Unknown', note: 'required controls' };
  const required = requiredCount(states);
  if (required === 0) return { figure: 'None', note: 'required' };
  return {
    figure: formatCount(states.MET),
    of: `of ${formatCount(required)}`,
    note: states.MET === required ? 'required controls met' : `met; ${unmetWords(states)}`,
  };
}

/** The organization's record and its control evidence, each with its source. */
function SourceLines({ organization }: Pick<OrganizationTabProps, 'organization'>) {
  const { provenance, website, country, contactEmail, attributes, controls, id, roles } = organization;
  return (
    <>
      <Section title="This record">
        <dl className={classes.facts}>
          <dt>ID</dt>
          <dd>{showHidden(id)}</dd>
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
            <FactSource provenance={provenance} fact={{ kind: 'ORGANIZATION', id }} of={organization.name} />
            <SourceDocument source={provenance.source} />
          </dd>
          <dt>Stated by</dt>
          <dd>{authorOf(provenance.assertedBy)}</dd>
        </dl>
      </Section>
      <EngagementSources organization={organization} />
      {controls.edges.length > 0 && (
        <Section title="Evidence">
          <ul>
            {controls.edges.map(({ node }) => (
              <Line
                key={node.control}
                words={controlWords(node.control)}
                detail={
                  <>
                    {node.issuer === null ? valueInWords(node.evidenceType) : `${valueInWords(node.evidenceType)} by ${node.issuer.name}`}
                    <br />
                    <FactSource
                      provenance={node.provenance}
                      fact={{ kind: 'CONTROL', organization: id, control: node.control }}
                      of={controlWords(node.control)}
                    />
                  </>
                }
              />
            ))}
          </ul>
        </Section>
      )}
      <AddFactLine choices={addChoices(organization)} />
    </>
  );
}

function EngagementSources({ organization: { clients, providers } }: Pick<OrganizationTabProps, 'organization'>) {
  const lines = [
    ...clients.edges.map(({ node }) => ({ ...node, words: `Works for ${node.client.name}` })),
    ...providers.edges.map(({ node }) => ({ ...node, words: `Engages ${node.provider.name}` })),
  ];
  if (lines.length === 0) return null;
  return (
    <Section title="Engagements">
      <ul>
        {lines.map(({ id, words, provenance }) => (
          <Line key={id} words={words} detail={<FactSource provenance={provenance} fact={{ kind: 'ENGAGEMENT', id }} of={words} />} />
        ))}
      </ul>
    </Section>
  );
}

function addChoices({ id, name, roles }: OrganizationTabProps['organization']): readonly NewFact[] {
  const here = { id, name };
  const isLab = roles.includes('LAB');
  return [
    { kind: 'TRANSFER', known: isLab ? { sender: here } : { recipient: here } },
    { kind: 'ACCESS', known: { grantor: here } },
    { kind: 'ENGAGEMENT', known: isLab ? { client: here } : { provider: here } },
    { kind: 'CONTROL', known: { organization: here } },
    ...(isLab ? [{ kind: 'ARTIFACT' as const, known: { owner: here } }] : []),
    { kind: 'ORGANIZATION', known: {} },
  ];
}

function FactPair({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
