/** Models as React Flow's nodes and edges: one object a node, made anew only when what it is or where it stands changed. */
import { formatCount } from "@/lib/build/format";
import { type Point, portsOf, type Size, TOP_PORT } from "@/lib/graph/layout";
import styles from "./canvas.module.css";
import type { FlowEdge, FlowNode } from "./flow-types";
import type { ArgsModel, BundleModel, CanvasModels, CardModel, ImageModel } from "./models";
import { type Box, Boxes } from "./sight/boxes";
import { LARGE } from "./sight/outline";

type NodeModel = CardModel | ImageModel | ArgsModel;
type Places = Readonly<Record<string, Point>>;
const NOWHERE: Point = { x: 0, y: 0 };
/** What else is drawn of a node or an edge is looked up by its id. */
const IN_LARGE = { large: true };
const IN_SMALL = { large: false };

export const isLarge = ({ cards, images }: CanvasModels) => cards.length + images.length > LARGE;

/** Keeps what it made last, so that the same input gives the same objects. One a canvas. */
export class FlowParts {
  private nodes: FlowNode[] = [];
  private nodeById = new Map<string, { kind: Kind; moving: boolean; box: Box; node: FlowNode }>();
  private boxes = new Boxes();
  private edges: FlowEdge[] = [];
  private edgeById = new Map<string, FlowEdge>();

  /** A node without a place is drawn unseen, to be measured; `sizes` is what was, `whole` the cards drawn whole. */
  nodesOf(
    models: CanvasModels,
    positions: Places,
    moving: Places | null,
    sizes: ReadonlyMap<string, Size>,
    whole: ReadonlySet<string>,
  ) {
    const data = isLarge(models) ? IN_LARGE : IN_SMALL;
    const before = this.nodeById;
    const after: typeof before = new Map();
    const nodes = [...(models.args ? [models.args] : []), ...models.cards, ...models.images].map(
      (model: NodeModel) => {
        const { id } = model;
        const kind = kindOf(model);
        const known = before.get(id);
        const moves = moving?.[id] !== undefined;
        const place = moving?.[id] ?? positions[id];
        const card = data.large && "rows" in model ? model : null;
        const box = this.boxes.of(id, card, whole.has(id), sizes.get(id));
        const same =
          known !== undefined &&
          known.kind.type === kind.type &&
          known.kind.ariaLabel === kind.ariaLabel &&
          known.moving === moves &&
          known.box === box &&
          known.node.data === data &&
          known.node.position.x === (place ?? NOWHERE).x &&
          known.node.position.y === (place ?? NOWHERE).y &&
          (known.node.className === undefined) === (place !== undefined);
        const entry = same
          ? known
          : { kind, moving: moves, box, node: { ...nodeOf(id, kind, place, box, moves), data } };
        after.set(id, entry);
        return entry.node;
      },
    );
    this.nodeById = after;
    if (after.size < before.size) this.boxes.keep(new Set(after.keys()));
    if (nodes.length !== this.nodes.length || nodes.some((node, i) => node !== this.nodes[i]))
      this.nodes = nodes;
    return this.nodes;
  }

  edgesOf(models: CanvasModels): FlowEdge[] {
    const collapsedCards = new Set(models.cards.filter((card) => card.collapsed).map(({ id }) => id));
    const before = this.edgeById;
    const after: typeof before = new Map();
    const data = isLarge(models) ? IN_LARGE : IN_SMALL;
    const edges = models.bundles.map((bundle) => {
      const known = before.get(bundle.id);
      const next = { ...edgeOf(bundle, collapsedCards.has(bundle.target)), data };
      const edge = known && sameEnds(known, next) ? known : next;
      after.set(bundle.id, edge);
      return edge;
    });
    this.edgeById = after;
    if (edges.length !== this.edges.length || edges.some((edge, i) => edge !== this.edges[i]))
      this.edges = edges;
    return this.edges;
  }
}

/** What a node is, whatever it shows. */
interface Kind {
  type: "args" | "image" | "stage";
  ariaLabel: string;
}

const kinds = new WeakMap<NodeModel, Kind>();

function kindOf(model: NodeModel): Kind {
  const kind = kinds.get(model) ?? describe(model);
  kinds.set(model, kind);
  return kind;
}

function describe(model: NodeModel): Kind {
  if ("args" in model) {
    const names = model.args.map(({ name }) => name).join(", ");
    return { type: "args", ariaLabel: `Global ARGs: ${names}` };
  }
  if ("ref" in model) return { type: "image", ariaLabel: `Image ${model.ref}` };
  const { index, label, baseText, rows } = model;
  const count = formatCount(rows.length, "instruction");
  return { type: "stage", ariaLabel: `Stage ${index}, ${label}, FROM ${baseText}, ${count}` };
}

function nodeOf(
  id: string,
  kind: Kind,
  place: Point | undefined,
  box: Box,
  moving: boolean,
): Omit<FlowNode, "data"> {
  return {
    id,
    ...kind,
    position: place ?? NOWHERE,
    ...box,
    ...(!place && { className: styles.unplaced, draggable: false }),
    ...(moving && { zIndex: 10 }),
  };
}

function edgeOf(bundle: BundleModel, collapsed: boolean): Omit<FlowEdge, "data"> {
  const { sourcePort, targetPort } = portsOf(bundle.members[0]!);
  return {
    id: bundle.id,
    type: "bundle",
    source: bundle.source,
    sourceHandle: sourcePort,
    target: bundle.target,
    targetHandle: collapsed ? TOP_PORT : targetPort,
  };
}

const sameEnds = (a: FlowEdge, b: FlowEdge): boolean =>
  a.data === b.data &&
  a.source === b.source &&
  a.target === b.target &&
  a.sourceHandle === b.sourceHandle &&
  a.targetHandle === b.targetHandle;
