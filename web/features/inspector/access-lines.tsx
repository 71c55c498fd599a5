import { OrganizationMark } from '../../canvas/cytoscape/kind-mark.tsx';
import { formatShare } from '../../shared/format/share.ts';
import type { InspectAccessFragment } from '../../shared/generated/operations.ts';
import { accessWords, validity } from './fact-words.ts';
import type { OrganizationTabProps } from './inspect-props.ts';
import { Cut, Line, Section } from './inspector-panel.tsx';
import { FactSource } from './source-line.tsx';

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

export function AccessSection({ title, list, own, onSelect, hasSource = false }: AccessSectionProps) {
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
