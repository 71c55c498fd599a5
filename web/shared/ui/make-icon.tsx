import type { ReactElement, SVGProps } from 'react';

/** Icons are decoration: the button or text beside an icon names it for a screen reader. */
interface IconProps extends Omit<SVGProps<SVGSVGElement>, 'stroke'> {
  /** Width and height in pixels. Default 24. */
  readonly size?: number;
  /** Default 2. */
  readonly stroke?: number;
}

export type Icon = (props: IconProps) => ReactElement;

/** @param paths the icon's outlines, drawn in the current text color */
export function makeIcon(paths: readonly string[]): Icon {
  return ({ size = 24, stroke = 2, ...rest }) => (
    <svg
      width={size}
      height={size}
      aria-hidden="true"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={stroke}
      strokeLinecap="round"
      strokeLinejoin="round"
      {...rest}
    >
      {paths.map((d) => (
        <path key={d} d={d} />
      ))}
    </svg>
  );
}
