const initialNodes = 1 << 12;
/** Nodes between two pauses of `link`. */
const nodesAtOnce = 4096;

/**
 * Finds all of many terms in one pass over a text (Aho and Corasick, 1975). Terms and texts are sequences of 16-bit units.
 *
 * A node stands for the beginning of a term; node 0, the root, for the empty one. `marks` holds a caller's bits for each node: 0 where no term
 * ends. Terms are added first and linked once; then texts are read.
 *
 * Complexity: a term costs its length. A step over a text costs O(1), counted over the whole text, however many terms there are.
 */
export class TermAutomaton {
  nodeCount = 1;
  marks = new Uint8Array(initialNodes);
  #parent = new Int32Array(initialNodes);
  #unit = new Uint16Array(initialNodes);
  #depth = new Int32Array(initialNodes);
  /** Nodes by a hash of their parent and unit. 0: free, because nothing leads to the root. */
  #table = new Int32Array(4 * initialNodes);
  /** The node of the longest proper suffix. */
  #suffix = new Int32Array(1);
  /** The node of the longest proper suffix that is a term. 0: none. */
  #shorterTerm = new Int32Array(1);

  /** The node of a term. Adds what is missing. */
  add(units: Uint16Array, length: number): number {
    let node = 0;
    for (let i = 0; i < length; i++) node = this.#find(node, units[i] as number) || this.#addNode(node, units[i] as number);
    return node;
  }

  /** The length of the term that ends at a node. */
  lengthOf(node: number): number {
    return this.#depth[node] as number;
  }

  /** Prepares the automaton for texts. */
  *link(): Generator<undefined, void> {
    this.#suffix = new Int32Array(this.nodeCount);
    this.#shorterTerm = new Int32Array(this.nodeCount);
    let left = nodesAtOnce;
    for (const node of this.#byDepth()) {
      if (left-- === 0) {
        left = nodesAtOnce;
        yield;
      }
      const parent = this.#parent[node] as number;
      if (node === 0) continue;
      const suffix = parent === 0 ? 0 : this.step(this.#suffix[parent] as number, this.#unit[node] as number);
      this.#suffix[node] = suffix;
      this.#shorterTerm[node] = this.marks[suffix] === 0 ? (this.#shorterTerm[suffix] as number) : suffix;
    }
  }

  /** The node of the longest end of the text that begins a term, after one more unit of the text. */
  step(from: number, unit: number): number {
    for (let node = from; ; node = this.#suffix[node] as number) {
      const next = this.#find(node, unit);
      if (next !== 0 || node === 0) return next;
    }
  }

  /** The next shorter term that ends where a node does. 0: none. */
  shorterTerm(node: number): number {
    return this.#shorterTerm[node] as number;
  }

  #find(parent: number, unit: number): number {
    const mask = this.#table.length - 1;
    for (let slot = hash(parent, unit) & mask; ; slot = (slot + 1) & mask) {
      const node = this.#table[slot] as number;
      if (node === 0 || (this.#parent[node] === parent && this.#unit[node] === unit)) return node;
    }
  }

  #addNode(parent: number, unit: number): number {
    if (this.nodeCount === this.#parent.length) this.#grow();
    const node = this.nodeCount++;
    this.#parent[node] = parent;
    this.#unit[node] = unit;
    this.#depth[node] = (this.#depth[parent] as number) + 1;
    this.#place(node);
    return node;
  }

  #place(node: number): void {
    const mask = this.#table.length - 1;
    let slot = hash(this.#parent[node] as number, this.#unit[node] as number) & mask;
    while (this.#table[slot] !== 0) slot = (slot + 1) & mask;
    this.#table[slot] = node;
  }

  #grow(): void {
    const size = this.#parent.length * 2;
    this.marks = copyOf(this.marks, new Uint8Array(size));
    this.#parent = copyOf(this.#parent, new Int32Array(size));
    this.#unit = copyOf(this.#unit, new Uint16Array(size));
    this.#depth = copyOf(this.#depth, new Int32Array(size));
    this.#table = new Int32Array(4 * size);
    for (let node = 1; node < this.nodeCount; node++) this.#place(node);
  }

  /** All nodes, each after those of smaller depth. */
  #byDepth(): Uint32Array {
    const depths = this.#depth.subarray(0, this.nodeCount);
    const starts = new Uint32Array(depths.reduce((most, depth) => Math.max(most, depth), 0) + 2);
    for (const depth of depths) starts[depth + 1] = (starts[depth + 1] as number) + 1;
    for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] as number) + (starts[i - 1] as number);
    const order = new Uint32Array(this.nodeCount);
    for (const [node, depth] of depths.entries()) {
      order[starts[depth] as number] = node;
      starts[depth] = (starts[depth] as number) + 1;
    }
    return order;
  }
}

function hash(parent: number, unit: number): number {
  const mixed = Math.imul(parent, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

function copyOf<T extends Uint8Array | Uint16Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
