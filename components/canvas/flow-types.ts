/**
 * What React Flow is given: what a node or an edge is and where it stands. What is drawn of it is looked up by its id
 * (./live-models), so that React Flow has nothing to do while one types. Its own types stop in this folder.
 */
import type { Edge, Node } from "@xyflow/react";

/** In a large graph a card is drawn whole where it is in sight, and an edge has its label there. */
type About = { large: boolean };

export type StageFlowNode = Node<About, "stage">;
export type ImageFlowNode = Node<About, "image">;
export type ArgsFlowNode = Node<About, "args">;
export type FlowNode = StageFlowNode | ImageFlowNode | ArgsFlowNode;
export type FlowEdge = Edge<About, "bundle">;
