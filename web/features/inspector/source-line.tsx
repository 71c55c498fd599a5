import { formatDay } from '../../shared/format/instant.ts';
import type { InspectSourceFragment } from '../../shared/generated/operations.ts';
import { IconFileText } from '../../shared/ui/icons.tsx';
import { Link } from '../../shared/ui/link.tsx';
import classes from './inspector.module.css';

/** The source of a fact: its file and line, or who entered it, and the date. Links to its import. */
export function SourceLine({ provenance, hasIcon = false }: { readonly provenance: InspectSourceFragment; readonly hasIcon?: boolean }) {
  const { file, line, assertedBy } = provenance;
  // The date is that of the import which file and line come from. The fact's own date may be another source's.
  const at = provenance.import?.assertedAt ?? provenance.import?.committedAt ?? null;
  const where = `${file === null ? `entered by ${assertedBy}` : line === null ? file : `${file}, line ${line}`}${at === null ? '' : ` · ${formatDay(at)}`}`;
  const query = line === null ? '' : `?${new URLSearchParams({ line: String(line) })}`;
  return (
    <span className={classes.source}>
      {hasIcon && <IconFileText size={16} stroke={1.6} aria-hidden="true" />}
      {provenance.import === null ? where : <Link href={`/import/${encodeURIComponent(provenance.import.id)}${query}`}>{where}</Link>}
    </span>
  );
}

/** The document that supports a fact. A web address becomes a link; any other text stays text. */
export function SourceDocument({ source }: { readonly source: string | null }) {
  if (source === null) return null;
  if (!/^https?:\/\//.test(source)) return <span className={classes.document}>{source}</span>;
  return (
    <a className={classes.document} href={source} target="_blank" rel="noreferrer noopener">
      {source}
    </a>
  );
}
