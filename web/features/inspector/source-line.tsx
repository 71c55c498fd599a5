import { IconFileText } from '@tabler/icons-react';
import { formatDay } from '../../shared/format/instant.ts';
import type { InspectSourceFragment } from '../../shared/generated/operations.ts';
import { Link } from '../../shared/ui/link.tsx';
import classes from './inspector.module.css';

/** Where a fact comes from: file and line, or the person, and since when; leads to the import that brought it. */
export function SourceLine({ provenance, hasIcon = false }: { readonly provenance: InspectSourceFragment; readonly hasIcon?: boolean }) {
  const { file, line, assertedBy, assertedAt } = provenance;
  const where = `${file === null ? `entered by ${assertedBy}` : line === null ? file : `${file}, line ${line}`} · ${formatDay(assertedAt)}`;
  const query = line === null ? '' : `?${new URLSearchParams({ line: String(line) })}`;
  return (
    <span className={classes.source}>
      {hasIcon && <IconFileText size={16} stroke={1.6} aria-hidden="true" />}
      {provenance.import === null ? where : <Link href={`/import/${encodeURIComponent(provenance.import.id)}${query}`}>{where}</Link>}
    </span>
  );
}

/** A source as a document: an address becomes a link, all else stays text. */
export function SourceDocument({ source }: { readonly source: string | null }) {
  if (source === null) return null;
  if (!/^https?:\/\//.test(source)) return <span className={classes.document}>{source}</span>;
  return (
    <a className={classes.document} href={source} target="_blank" rel="noreferrer noopener">
      {source}
    </a>
  );
}
