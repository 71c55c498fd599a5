import { type IconName, iconPaths } from './icon-paths.ts';
import type { KindLook } from './kinds.ts';

const outlines = {
  hexagon: <polygon points="6,1.5 18,1.5 23,12 18,22.5 6,22.5 1,12" />,
  'round-rectangle': <rect x="2" y="2" width="20" height="20" rx="5" />,
  diamond: <polygon points="12,0.5 23.5,12 12,23.5 0.5,12" />,
  pentagon: <polygon points="12,1 23,9.2 18.8,22.5 5.2,22.5 1,9.2" />,
  ellipse: <circle cx="12" cy="12" r="11" />,
} as const;

interface ShapeMarkProps {
  readonly shape: KindLook['shape'];
  /** The middle. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly className?: string | undefined;
}

/** Corners in units of half the width and height. */
const corners = {
  hexagon: '-1,0 -.5,-1 .5,-1 1,0 .5,1 -.5,1',
  diamond: '0,-1 1,0 0,1 -1,0',
  pentagon: '0,-1 1,-.236 .618,1 -.618,1 -1,-.236',
} as const;

/** The shape of a kind at a place of a drawing. */
export function ShapeMark({ shape, x, y, width, height, className }: ShapeMarkProps) {
  if (shape === 'ellipse') return <ellipse cx={x} cy={y} rx={width / 2} ry={height / 2} className={className} />;
  if (shape === 'round-rectangle') {
    return <rect x={x - width / 2} y={y - height / 2} width={width} height={height} rx={width / 5.4} className={className} />;
  }
  const points = corners[shape].split(' ').map((corner) => {
    const [right = 0, down = 0] = corner.split(',').map(Number);
    return `${x + (right * width) / 2},${y + (down * height) / 2}`;
  });
  return <polygon points={points.join(' ')} className={className} />;
}

interface IconMarkProps {
  readonly icon: IconName;
  /** The middle. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly className?: string | undefined;
}

/** An icon at a place of a drawing. */
export function IconMark({ icon, x, y, size, className }: IconMarkProps) {
  return <path d={iconPaths[icon]} transform={`translate(${x - size / 2} ${y - size / 2}) scale(${size / 24})`} className={className} />;
}

/** The mark of a kind, as on the canvas but small. */
export function KindMark({
  look,
  size = 20,
  icon = look.icon,
}: {
  readonly look: KindLook;
  readonly size?: number;
  readonly icon?: KindLook['icon'];
}) {
  return (
    <svg width={size} height={size} viewBox="-1 -1 26 26" aria-hidden="true" style={{ flex: 'none', display: 'block' }}>
      <g fill={`var(--${look.fill})`} stroke={`var(--${look.border})`} strokeWidth="1.6">
        {outlines[look.shape]}
      </g>
      <g
        transform="translate(6 6) scale(0.5)"
        fill="none"
        stroke={`var(--${look.ink})`}
        strokeWidth="2.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path d={iconPaths[icon]} />
      </g>
    </svg>
  );
}
