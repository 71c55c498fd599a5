import type { ReactNode } from 'react';
import { Link } from '../../shared/ui/link.tsx';
import { parseBlastState } from '../../shared/url/blast-radius-url.ts';
import { overlayHref } from '../../shared/url/explore-url.ts';
import { useLocation } from '../../shared/url/location.ts';

interface ExploreLinkProps {
  /** A node key: `artifact:ID` or `organization:ID`. */
  readonly node: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A link to a node in Explore, with the radius of this address over the graph. */
export function ExploreLink({ node, className, children }: ExploreLinkProps) {
  const { params } = useLocation();
  return (
    <Link className={className} href={overlayHref(parseBlastState(params), [node], node)}>
      {children}
    </Link>
  );
}
