/** What React Flow is given. Its own types stop in this folder. */
import type { Edge, Node } from "@xyflow/react";
import type { ArgsModel, BundleModel, CardModel, ImageModel } from "./models";

export type StageFlowNode = Node<{ card: CardModel }, "stage">;
export type ImageFlowNode = Node<{ image: ImageModel }, "image">;
export type ArgsFlowNode = Node<{ args: ArgsModel }, "args">;
export type FlowNode = StageFlowNode | ImageFlowNode | ArgsFlowNode;
export type FlowEdge = Edge<{ bundle: BundleModel }, "bundle">;
