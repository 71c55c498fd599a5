import type { NewFact } from '../../../shared/facts/fact-tools.tsx';
import { showHidden } from '../../../shared/format/hidden-characters.ts';
import { capitalize, rolesInWords } from '../../../shared/format/words.ts';
import { wordsOf } from '../fact-words.ts';
import type { OrganizationTabProps } from '../inspect-props.ts';
import classes from '../inspector.module.css';
import { Line, Section } from '../inspector-panel.tsx';
import { AddFactLine, FactSource, SourceDocument } from '../source-line.tsx';

/** The organization's record and its control evidence, each with its source. */
export function SourceLines({ organization }: Pick<OrganizationTabProps, 'organization'>) {
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
          <dd>{provenance.assertedBy}</dd>
        </dl>
      </Section>
      <EngagementSources organization={organization} />
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
                    <FactSource
                      provenance={node.provenance}
                      fact={{ kind: 'CONTROL', organization: id, control: node.control }}
                      of={wordsOf(node.control)}
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
