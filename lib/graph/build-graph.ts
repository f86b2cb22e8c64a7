/** The picture of one build: what its target is made from, and from what. */
import type { Dockerfile, NamedContext, ResolvedBuild, ResolvedSource } from "../dockerfile";
import { formatPlatform } from "../dockerfile/platform";
import type { StageReference } from "../dockerfile/types";
import type { GraphEdge, ImageNode, StageGraph, StageNode } from "./types";

/**
 * Of a text's graph, the stages that a build needs, standing on and taking from what they do in this build: build
 * arguments and the platform put in, named contexts in the place of stages and images. A replaced stage has no rows; what
 * replaces it is an image node of the context's name.
 */
export function graphOfBuild(tree: Dockerfile, graph: StageGraph, build: ResolvedBuild): StageGraph {
  return new BuildGraph(tree, graph, build).result();
}

/** A source in a word: an image, a context as it was given, or the stage's label. */
export function sourceWord(source: ResolvedSource, labels: readonly string[]): string {
  if (source.kind === "stage") return labels[source.index] ?? `stage-${source.index}`;
  if (source.kind === "context") return source.context.ref ?? contextWord(source.context);
  return source.kind === "image" ? source.ref : source.kind;
}

/** Files that were sent are named by the digest of what is in them, which says nothing to a person. */
const contextWord = ({ name, source }: NamedContext) =>
  /^attached:[0-9a-f]{64}$/.test(source) ? `${name} (attached)` : source;

class BuildGraph {
  readonly #images = new Map<string, ImageNode>();
  readonly #edges: GraphEdge[] = [];
  readonly #equals = new Map<string, number>();
  readonly #labels: readonly string[];

  constructor(
    readonly tree: Dockerfile,
    readonly graph: StageGraph,
    readonly build: ResolvedBuild,
  ) {
    this.#labels = graph.stages.map(({ label }) => label);
  }

  result(): StageGraph {
    const stages = this.graph.stages.filter(({ index }) => this.build.stages[index]?.needed === true);
    const nodes = stages.map((node) => this.#stage(node));
    return { stages: nodes, images: [...this.#images.values()], edges: this.#edges, stale: this.graph.stale };
  }

  #stage(node: StageNode): StageNode {
    const stage = this.tree.stages[node.index];
    const resolved = this.build.stages[node.index];
    if (stage === undefined || resolved === undefined) return node;
    const { base, copies, mounts, replacedBy } = resolved;
    const final = node.index === this.build.target;
    const platform = node.platform === null ? null : formatPlatform(resolved.platform);
    if (replacedBy !== null) {
      const source: ResolvedSource = { kind: "context", context: replacedBy, ref: node.label };
      this.#connect(node, stage.base, source, 0);
      return { ...node, final, platform, baseText: sourceWord(source, this.#labels), rows: [] };
    }
    this.#connect(node, stage.base, base, 0);
    for (const [at, copy] of stage.copies.entries()) this.#connect(node, copy, copies[at], 0);
    const nth = new Map<StageReference["instruction"], number>();
    for (const [at, mount] of stage.mounts.entries()) {
      const n = nth.get(mount.instruction) ?? 0;
      nth.set(mount.instruction, n + 1);
      this.#connect(node, mount, mounts[at], n);
    }
    return { ...node, final, platform, baseText: sourceWord(base, this.#labels) };
  }

  #connect(
    node: StageNode,
    { kind, instruction, sources, destination }: StageReference,
    source: ResolvedSource | undefined,
    nth: number,
  ): void {
    if (source === undefined || source.kind === "invalid") return;
    const from = source.kind === "stage" ? this.graph.stages[source.index]?.id : this.#image(source, kind);
    if (from === undefined) return;
    const key = `${kind}:${from}>${node.id}`;
    const equals = this.#equals.get(key) ?? 0;
    this.#equals.set(key, equals + 1);
    this.#edges.push({
      id: `${key}:${equals}`,
      kind,
      source: from,
      target: node.id,
      instruction: instruction.indexInStage,
      reference: nth,
      sources: sources ?? [],
      destination: destination ?? null,
      lineInStage: instruction.startLine - node.startLine,
    });
  }

  #image(source: ResolvedSource, kind: GraphEdge["kind"]): string {
    const ref = sourceWord(source, this.#labels);
    const id = `image:${ref}`;
    const known = this.#images.get(ref);
    if (known === undefined) this.#images.set(ref, { kind: "image", id, ref, uses: [kind] });
    else if (!known.uses.includes(kind)) known.uses.push(kind);
    return id;
  }
}
