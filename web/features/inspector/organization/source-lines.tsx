import { capitalize, rolesInWords } from '../../../shared/format/words.ts';
import { wordsOf } from '../fact-words.ts';
import type { OrganizationTabProps } from '../inspect-props.ts';
import classes from '../inspector.module.css';
import { Line, Section } from '../inspector-panel.tsx';
import { SourceDocument, SourceLine } from '../source-line.tsx';

/** The organization's record and its control evidence, each with its source. */
export function SourceLines({ organization }: Pick<OrganizationTabProps, 'organization'>) {
  const { provenance, website, country, contactEmail, attributes, controls, id, roles } = organization;
  return (
    <>
      <Section title="This record">
        <dl className={classes.facts}>
          <dt>ID</dt>
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
          <dt>Stated by</dt>
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
