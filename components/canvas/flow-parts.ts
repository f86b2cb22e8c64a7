/** Models as React Flow's nodes and edges: one object a node, made anew only when something in it changed. */
import { formatCount } from "@/lib/build/format";
import { type Point, portsOf, type Size, TOP_PORT } from "@/lib/graph/layout";
import styles from "./canvas.module.css";
import type { FlowEdge, FlowNode } from "./flow-types";
import type { ArgsModel, BundleModel, CanvasModels, CardModel, ImageModel } from "./models";

type NodeModel = CardModel | ImageModel | ArgsModel;
type Places = Readonly<Record<string, Point>>;
const NOWHERE: Point = { x: 0, y: 0 };

/** Keeps what it made last, so that the same input gives the same objects. One a canvas. */
export class FlowParts {
  private nodes: FlowNode[] = [];
  private nodeById = new Map<string, { model: NodeModel; moving: boolean; node: FlowNode }>();
  private edges: FlowEdge[] = [];
  private edgeById = new Map<string, { bundle: BundleModel; collapsed: boolean; edge: FlowEdge }>();

  /** A node without a place is drawn unseen, to be measured. */
  nodesOf(models: CanvasModels, positions: Places, moving: Places | null, sizes: ReadonlyMap<string, Size>) {
    const before = this.nodeById;
    const after: typeof before = new Map();
    const nodes = [...(models.args ? [models.args] : []), ...models.cards, ...models.images].map(
      (model: NodeModel) => {
        const known = before.get(model.id);
        const moves = moving?.[model.id] !== undefined;
        const place = moving?.[model.id] ?? positions[model.id];
        const size = sizes.get(model.id);
        const same =
          known !== undefined &&
          known.model === model &&
          known.moving === moves &&
          known.node.measured === size &&
          known.node.position.x === (place ?? NOWHERE).x &&
          known.node.position.y === (place ?? NOWHERE).y &&
          (known.node.className === undefined) === (place !== undefined);
        const entry = same ? known : { model, moving: moves, node: nodeOf(model, place, size, moves) };
        after.set(model.id, entry);
        return entry.node;
      },
    );
    this.nodeById = after;
    if (nodes.length !== this.nodes.length || nodes.some((node, i) => node !== this.nodes[i]))
      this.nodes = nodes;
    return this.nodes;
  }

  edgesOf(models: CanvasModels): FlowEdge[] {
    const collapsedCards = new Set(models.cards.filter((card) => card.collapsed).map(({ id }) => id));
    const before = this.edgeById;
    const after: typeof before = new Map();
    const edges = models.bundles.map((bundle) => {
      const known = before.get(bundle.id);
      const collapsed = collapsedCards.has(bundle.target);
      const same = known !== undefined && known.bundle === bundle && known.collapsed === collapsed;
      const entry = same ? known : { bundle, collapsed, edge: edgeOf(bundle, collapsed) };
      after.set(bundle.id, entry);
      return entry.edge;
    });
    this.edgeById = after;
    if (edges.length !== this.edges.length || edges.some((edge, i) => edge !== this.edges[i]))
      this.edges = edges;
    return this.edges;
  }
}

function nodeOf(
  model: NodeModel,
  place: Point | undefined,
  measured: Size | undefined,
  moving: boolean,
): FlowNode {
  const common = {
    id: model.id,
    position: place ?? NOWHERE,
    ...(measured && { measured }),
    ...(!place && { className: styles.unplaced, draggable: false }),
    ...(moving && { zIndex: 10 }),
  };
  if ("args" in model) {
    const names = model.args.map(({ name }) => name).join(", ");
    return { ...common, type: "args", data: { args: model }, ariaLabel: `Global ARGs: ${names}` };
  }
  if ("ref" in model) {
    return { ...common, type: "image", data: { image: model }, ariaLabel: `Image ${model.ref}` };
  }
  return {
    ...common,
    type: "stage",
    data: { card: model },
    ariaLabel: `Stage ${model.index}, ${model.label}, FROM ${model.baseText}, ${formatCount(model.rows.length, "instruction")}`,
  };
}

function edgeOf(bundle: BundleModel, collapsed: boolean): FlowEdge {
  const { sourcePort, targetPort } = portsOf(bundle.members[0]!);
  return {
    id: bundle.id,
    type: "bundle",
    source: bundle.source,
    sourceHandle: sourcePort,
    target: bundle.target,
    targetHandle: collapsed ? TOP_PORT : targetPort,
    data: { bundle },
  };
}
