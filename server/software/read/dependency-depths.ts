import type { SoftwareComponent } from '../software-facts.ts';

type Depth = SoftwareComponent['depth'];

/**
 * How deep each component stands below the subject, by the dependencies that a list states: what the subject names is DIRECT, what is
 * reached from there TRANSITIVE, the rest UNKNOWN (semantics §13.1). Circles end where they began. O(components + dependencies).
 */
export class DependencyDepths {
  readonly #indexOf = new Map<string, number>();
  #nodeCount = 0;
  /** By dependency: the node that needs, and the one that is needed. Columns, because most nodes need a few. */
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  readonly #roots: number[] = [];
  /** References to what the list does not hold. */
  readonly broken: string[] = [];

  /** Adds a node, in the order of the components. @param ref what dependencies call it; the last node of a name has it */
  add(ref: string | null): number {
    const index = this.#nodeCount++;
    if (ref !== null) this.#indexOf.set(ref, index);
    return index;
  }

  root(index: number): void {
    this.#roots.push(index);
  }

  has(ref: string): boolean {
    return this.#indexOf.has(ref);
  }

  indexOf(ref: string): number | undefined {
    return this.#indexOf.get(ref);
  }

  /** The node that a dependency begins at. Undefined, and broken: the list does not hold it. */
  needing(ref: string): number | undefined {
    const index = this.#indexOf.get(ref);
    if (index === undefined) this.broken.push(ref);
    return index;
  }

  /** States that one node needs another. */
  depend(from: number, to: string): void {
    const found = this.#indexOf.get(to);
    if (found === undefined) {
      this.broken.push(to);
    } else {
      this.#from.push(from);
      this.#to.push(found);
    }
  }

  /** The depth of each node, by its index. Roots are UNKNOWN: nothing stands above them. */
  depths(): Depth[] {
    const depths = new Array<Depth>(this.#nodeCount).fill('UNKNOWN');
    const { starts, needed } = this.#byNode();
    const isRoot = new Set(this.#roots);
    const queue = new Uint32Array(this.#nodeCount);
    let end = 0;
    const reach = (from: number, depth: Depth) => {
      for (let at = starts[from] as number; at < (starts[from + 1] as number); at++) {
        const to = needed[at] as number;
        if (depths[to] !== 'UNKNOWN' || isRoot.has(to)) continue;
        depths[to] = depth;
        queue[end++] = to;
      }
    };
    for (const root of this.#roots) reach(root, 'DIRECT');
    for (let at = 0; at < end; at++) reach(queue[at] as number, 'TRANSITIVE');
    return depths;
  }

  /** The nodes that each node needs: `needed[starts[node]]` up to `starts[node + 1]`. */
  #byNode(): { readonly starts: Uint32Array; readonly needed: Uint32Array } {
    const starts = new Uint32Array(this.#nodeCount + 2);
    // Counted two places on, so that each start is where the next item goes until all are placed.
    for (const from of this.#from) starts[from + 2] = (starts[from + 2] as number) + 1;
    for (let node = 2; node < starts.length; node++) starts[node] = (starts[node] as number) + (starts[node - 1] as number);
    const needed = new Uint32Array(this.#to.length);
    for (let at = 0; at < needed.length; at++) {
      const next = (this.#from[at] as number) + 1;
      needed[starts[next] as number] = this.#to[at] as number;
      starts[next] = (starts[next] as number) + 1;
    }
    return { starts, needed };
  }
}
