/**
 * What React Flow is given: what a node or an edge is and where it stands. What is drawn of it is looked up by its id
 * (./live-models), so that React Flow has nothing to do while one types. Its own types stop in this folder.
 */
import type { Edge, Node } from "@xyflow/react";

type Nothing = Record<string, never>;

export type StageFlowNode = Node<Nothing, "stage">;
export type ImageFlowNode = Node<Nothing, "image">;
export type ArgsFlowNode = Node<Nothing, "args">;
export type FlowNode = StageFlowNode | ImageFlowNode | ArgsFlowNode;
export type FlowEdge = Edge<Nothing, "bundle">;
