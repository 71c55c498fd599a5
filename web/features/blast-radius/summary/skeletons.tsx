import { Skeleton } from '@mantine/core';
import classes from '../blast-radius-view.module.css';

/** The summary while the first answer loads. */
export function BandSkeleton() {
  return (
    <div className={classes.bandSkeleton}>
      <h1 className="visually-hidden">Loading the blast radius</h1>
      <Skeleton height={44} width={230} />
      {['exposed', 'possible', 'contained', 'labs', 'worst', 'weighted'].map((figure) => (
        <Skeleton key={figure} height={44} width={110} />
      ))}
    </div>
  );
}

/** The canvas while the first answer loads. */
export function PictureSkeleton() {
  return (
    <div className={classes.pictureSkeleton} aria-hidden="true">
      <Skeleton height={52} width={52} radius={10} />
      <div>
        <Skeleton height={150} width="100%" mb="sm" />
        <Skeleton height={120} width="100%" mb="sm" />
        <Skeleton height={100} width="100%" />
      </div>
    </div>
  );
}

export function ListSkeleton() {
  return (
    <div className={classes.listSkeleton} aria-hidden="true">
      {Array.from({ length: 9 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <Skeleton key={index} height={14} width={`${90 - (index % 3) * 12}%`} />
      ))}
    </div>
  );
}
